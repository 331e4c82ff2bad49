import type { NetworkProgress } from "rprop/table";
import { LossChart } from "../ui/chart.js";
import { element } from "../ui/element.js";
import { count, number } from "../ui/number.js";
import { textList } from "../ui/text-list.js";
import type { DataEvent, DataProgress, DataResult, TrainingChoices } from "./messages.js";
import { Outcome } from "./outcome.js";

/** A training under way, and what came of it. */
export class Running {
  readonly #place = element("data-run", HTMLDivElement);
  readonly #status = element("data-status", HTMLOutputElement);
  readonly #pace = element("data-pace", HTMLSpanElement);
  readonly #notes = element("data-notes", HTMLUListElement);
  readonly #train = element("data-train", HTMLButtonElement);
  readonly #stop = element("data-stop", HTMLButtonElement);
  readonly #outcome = new Outcome();
  #chart: LossChart | null = null;
  #choices: TrainingChoices | null = null;
  #hasValidation = false;
  #networks = 1;
  #noted: string[] = [];

  constructor(stop: () => void) {
    this.#stop.addEventListener("click", stop);
  }

  /** Nothing has been trained. */
  clear(): void {
    this.#place.hidden = true;
    this.#underway = false;
  }

  begin(choices: TrainingChoices): void {
    this.#choices = choices;
    this.#place.hidden = false;
    this.#chart ??= new LossChart(element("data-losses", HTMLDivElement), "Loss of the model", 340);
    this.#chart.clear();
    this.#outcome.clear();
    this.#status.value = "";
    this.#pace.textContent = "";
    this.#noted = [];
    textList(this.#notes, []);
    this.#underway = true;
  }

  /** @param note what was found or decided about the file */
  noted(note: string): void {
    this.#noted.push(note);
    textList(this.#notes, this.#noted);
  }

  begun({ widths, networks, rows: { training, validation } }: Extract<DataEvent, { event: "begun" }>): void {
    this.#hasValidation = validation > 0;
    this.#networks = networks;
    const others = validation > 0 ? `, with ${count(validation, "validation row")}` : "";
    const what = `${networks > 1 ? `${networks} networks` : "a network"} of ${widths.join(" → ")}`;
    this.#status.value = `Training ${what} on ${count(training, "row")}${others}.`;
  }

  /** Behind the first network, whose epochs are shown, come the others, and those that score the model. */
  network({ trained, total, ofModel }: NetworkProgress): void {
    if (trained === total) return;
    const what = trained < ofModel ? "training" : "cross-validating";
    this.#pace.textContent = `${what}: network ${trained + 1} of ${total}`;
  }

  progress({ completed, losses, validationLosses, epochsPerSecond, comparison }: DataProgress): void {
    const finite = losses.findIndex((loss) => !Number.isFinite(loss));
    const end = finite === -1 ? losses.length : finite;
    this.#chart?.add(losses.subarray(0, end), validationLosses.subarray(0, end));
    this.#pace.textContent =
      `Epoch ${completed.toLocaleString("en")} of ${this.#choices?.epochs.toLocaleString("en")}, ` +
      `${number(epochsPerSecond)} epochs a second`;
    if (comparison !== null) this.#outcome.show(comparison);
  }

  trained(result: DataResult): void {
    const { bestEpoch, milliseconds, comparison } = result;
    const kept =
      bestEpoch === 0
        ? "No epoch improved the first weights, which are kept."
        : `The weights of epoch ${bestEpoch.toLocaleString("en")} are kept, the best.`;
    const first = this.#networks > 1 ? "The first network: " : "";
    this.#pace.textContent = `${first}${this.#ending(result)} ${kept} Training it took ${(milliseconds / 1000).toFixed(2)} s.`;
    this.#outcome.show(comparison);
    this.#outcome.score(result);
    this.#underway = false;
  }

  #ending({ completed, stopReason }: DataResult): string {
    const epoch = completed.toLocaleString("en");
    const loss = this.#hasValidation ? "validation loss" : "training loss";
    switch (stopReason) {
      case "patience":
        return `Early stopping at epoch ${epoch}: the ${loss} has not improved for ${count(this.#choices?.patience ?? 0, "epoch")}.`;
      case "stopped":
        return `Stopped at epoch ${epoch}.`;
      case "converged":
        return `Converged at epoch ${epoch}: nothing changes any more.`;
      case "diverged":
        return `Diverged at epoch ${epoch}: the loss is no longer finite.`;
      default:
        return `All ${count(completed, "epoch")} are done.`;
    }
  }

  set #underway(is: boolean) {
    this.#train.disabled = is;
    this.#stop.disabled = !is;
  }
}
