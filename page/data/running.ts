import { LossChart } from "../ui/chart.js";
import { element } from "../ui/element.js";
import { count, number } from "../ui/number.js";
import type { Progress, Report, Trained } from "./messages.js";
import { Outcome } from "./outcome.js";
import { type Plan, patienceOf } from "./plan.js";

/** A training under way, and what came of it. */
export class Running {
  readonly #place = element("data-run", HTMLDivElement);
  readonly #status = element("data-status", HTMLOutputElement);
  readonly #pace = element("data-pace", HTMLSpanElement);
  readonly #omissions = element("data-omissions", HTMLUListElement);
  readonly #train = element("data-train", HTMLButtonElement);
  readonly #stop = element("data-stop", HTMLButtonElement);
  readonly #outcome = new Outcome();
  #chart: LossChart | null = null;
  #epochs = 0;
  #held = false;

  constructor(stop: () => void) {
    this.#stop.addEventListener("click", stop);
  }

  /** Nothing has been trained. */
  clear(): void {
    this.#place.hidden = true;
    this.#underway = false;
  }

  begin({ epochs }: Plan): void {
    this.#epochs = epochs;
    this.#place.hidden = false;
    this.#chart ??= new LossChart(element("data-losses", HTMLDivElement), "Loss of the model", 340);
    this.#chart.clear();
    this.#outcome.clear();
    this.#status.value = "";
    this.#pace.textContent = "";
    this.#omissions.replaceChildren();
    this.#underway = true;
  }

  begun({ training, held, omitted, omissions }: Extract<Report, { report: "begun" }>): void {
    this.#held = held > 0;
    const rows = (number: number) => count(number, "row");
    const others = held > 0 ? `, ${rows(held)} held out to judge by` : "";
    const left = omitted > 0 ? `; ${rows(omitted)} left out, because` : ".";
    this.#status.value = `${rows(training)} to train on${others}${left}`;
    this.#omissions.replaceChildren(
      ...omissions.map((omission) => {
        const item = document.createElement("li");
        item.textContent = omission;
        return item;
      }),
    );
  }

  progress({ completed, losses, validationLosses, epochsPerSecond, view }: Progress): void {
    const finite = losses.findIndex((loss) => !Number.isFinite(loss));
    const end = finite === -1 ? losses.length : finite;
    this.#chart?.add(losses.subarray(0, end), validationLosses.subarray(0, end));
    this.#pace.textContent =
      `Epoch ${completed.toLocaleString("en")} of ${this.#epochs.toLocaleString("en")}, ` +
      `${number(epochsPerSecond)} epochs a second`;
    if (view !== null) this.#outcome.show(view, this.#held);
  }

  trained({ completed, bestEpoch, stopReason, milliseconds, scores, view }: Trained): void {
    const why = {
      limit: "all are done",
      patience: `none better in the last ${patienceOf(this.#epochs).toLocaleString("en")}`,
      stopped: "stopped",
      converged: "nothing changes any more",
      diverged: "the loss is no number any more",
      target: "",
    }[stopReason];
    this.#pace.textContent =
      `${count(completed, "epoch")} in ${(milliseconds / 1000).toFixed(2)} s: ${why}. ` +
      `The model is that of epoch ${bestEpoch.toLocaleString("en")}, the best.`;
    this.#outcome.show(view, this.#held);
    this.#outcome.score(scores, this.#held);
    this.#underway = false;
  }

  set #underway(is: boolean) {
    this.#train.disabled = is;
    this.#stop.disabled = !is;
  }
}
