import type { RpropVariant } from "rprop";
import { hiddenUnits, type TableDescription, type Task } from "rprop/table";
import { element } from "../ui/element.js";
import { count } from "../ui/number.js";
import { textList } from "../ui/text-list.js";
import { ColumnList } from "./column-list.js";
import type { ReadingChoices, TrainingChoices } from "./messages.js";

/** The form in which the person decides what is trained, and how. Its defaults are those of the command. */
export class Planner {
  readonly form = element("data-plan", HTMLFormElement);
  readonly #name = element("data-name", HTMLSpanElement);
  readonly #about = element("data-about", HTMLParagraphElement);
  readonly #notes = element("data-file-notes", HTMLUListElement);
  readonly #target = element("data-target", HTMLSelectElement);
  readonly #task = element("data-task", HTMLSelectElement);
  readonly #columns = new ColumnList(element("data-columns", HTMLDivElement).querySelector("table")!);
  #description: TableDescription | null = null;

  /** @param readAgain is called when the person changes how the file is read */
  constructor(readAgain: () => void) {
    this.#target.addEventListener("change", () => this.#targetChanged());
    const hidden = element("data-hidden", HTMLInputElement);
    hidden.addEventListener("input", () => {
      const isWrong = hiddenUnits(hidden.value) === null;
      hidden.setCustomValidity(isWrong ? "Units of each hidden layer, such as 16 or 32,16; or none" : "");
    });
    for (const id of ["data-header", "data-decimal"])
      element(id, HTMLSelectElement).addEventListener("change", readAgain);
    for (const id of ["data-categories", "data-row-numbers"])
      element(id, HTMLInputElement).addEventListener("change", ({ target }) => {
        if ((target as HTMLInputElement).reportValidity()) readAgain();
      });
  }

  /** Another file is found out about by itself. */
  reset(): void {
    for (const id of ["data-header", "data-decimal"]) element(id, HTMLSelectElement).value = "detect";
  }

  /** The name of the column that is predicted. */
  get target(): string {
    return this.#target.value;
  }

  /** @param wanted the name of the target, where it is known; else it is the one that is proposed */
  show(description: TableDescription, name: string, wanted: string | undefined): void {
    this.#description = description;
    const { rows, columns, notes } = description;
    this.#name.textContent = name;
    this.#about.textContent = `${count(rows, "row")} and ${count(columns.length, "column")}.`;
    textList(this.#notes, notes);
    const targets = columns.filter(({ tasks }) => tasks.length > 0).map(({ name }) => name);
    const target = targets.find((name) => name === wanted) ?? description.target ?? targets.at(-1) ?? "";
    this.#target.replaceChildren(...targets.map((name) => new Option(name)));
    this.#target.value = target;
    this.#columns.show(columns, target);
    this.#targetChanged();
    this.form.hidden = false;
  }

  /** How the file is to be read. */
  get reading(): ReadingChoices {
    const header = { detect: undefined, yes: true, no: false }[
      element("data-header", HTMLSelectElement).value
    ];
    const decimal = element("data-decimal", HTMLSelectElement).value;
    return {
      csv: {
        ...(header !== undefined && { header }),
        ...((decimal === "." || decimal === ",") && { decimal }),
      },
      categories: numberOf("data-categories"),
      keepRowNumbers: element("data-row-numbers", HTMLInputElement).checked,
    };
  }

  /** What is to be trained. */
  get training(): TrainingChoices {
    const hidden = hiddenUnits(element("data-hidden", HTMLInputElement).value) ?? [];
    return {
      target: this.target,
      task: (this.#task.value || undefined) as Task | undefined,
      log: element("data-log", HTMLInputElement).checked && this.#task.value !== "classify",
      ignore: this.#columns.unchecked,
      hidden,
      activation: element("data-activation", HTMLSelectElement).value as TrainingChoices["activation"],
      variant: element("data-variant", HTMLSelectElement).value as RpropVariant,
      epochs: numberOf("data-epochs"),
      patience: numberOf("data-patience"),
      validation: numberOf("data-validation") / 100,
      networks: hidden.length > 0 ? numberOf("data-networks") : undefined,
      folds: numberOf("data-folds"),
      seed: numberOf("data-seed"),
    };
  }

  /** What the column is predicted as is found out, unless the person says it. */
  #targetChanged(): void {
    const { target } = this;
    const tasks = this.#description?.columns.find(({ name }) => name === target)?.tasks ?? [];
    for (const option of this.#task.options) {
      const task = option.value as Task | "";
      if (task === "") option.text = `detect: ${TASKS[tasks[0] ?? "regress"]}`;
      else option.disabled = !tasks.includes(task);
    }
    this.#task.value = "";
    this.#columns.target = target;
  }
}

const TASKS: Record<Task, string> = { regress: "number", classify: "category" };

function numberOf(id: string): number {
  return element(id, HTMLInputElement).valueAsNumber;
}
