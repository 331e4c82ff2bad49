import type { RpropVariant } from "rprop";
import { element } from "../ui/element.js";
import { ColumnList } from "./column-list.js";
import type { ColumnSummary, Plan, Summary, TargetKind } from "./plan.js";

const DELIMITERS: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

/** The form in which the person decides what is trained, and how. */
export class Planner {
  readonly form = element("data-plan", HTMLFormElement);
  readonly #name = element("data-name", HTMLSpanElement);
  readonly #about = element("data-about", HTMLParagraphElement);
  readonly #target = element("data-target", HTMLSelectElement);
  readonly #kind = element("data-kind", HTMLSelectElement);
  readonly #columns: ColumnList;
  #summary: Summary | null = null;

  constructor() {
    this.#columns = new ColumnList(element("data-columns", HTMLDivElement).querySelector("table")!);
    this.#target.addEventListener("change", () => this.#targetChanged());
  }

  /** @param wanted the name of the target, where it is known; else it is the one that the summary proposes */
  show(summary: Summary, name: string, wanted?: string): void {
    this.#summary = summary;
    const { rows, delimiter, columns } = summary;
    const known = columns.findIndex(({ name }) => name === wanted);
    const target = known === -1 ? summary.target : known;
    this.#name.textContent = name;
    const separated = DELIMITERS[delimiter] ?? "invisible separators";
    this.#about.textContent =
      `${rows.toLocaleString("en")} rows and ${columns.length} columns, separated by ${separated}.` +
      leftOut(columns);
    this.#target.replaceChildren(
      ...columns.flatMap(({ name, targets }, i) =>
        targets.length === 0 ? [] : [new Option(name, String(i))],
      ),
    );
    this.#target.value = String(target);
    this.#columns.show(columns, target);
    this.#targetChanged();
    this.form.hidden = false;
  }

  /** What the form says. */
  get plan(): Plan {
    const numberOf = (id: string) => element(id, HTMLInputElement).valueAsNumber;
    return {
      target: Number(this.#target.value),
      kind: this.#kind.value as TargetKind,
      inputs: this.#columns.inputs,
      hiddenLayers: numberOf("data-layers"),
      width: numberOf("data-width"),
      variant: element("data-variant", HTMLSelectElement).value as RpropVariant,
      epochs: numberOf("data-epochs"),
      validation: numberOf("data-validation") / 100,
      seed: numberOf("data-seed"),
    };
  }

  #targetChanged(): void {
    const target = Number(this.#target.value);
    const { targets } = this.#summary!.columns[target]!;
    for (const option of this.#kind.options) option.disabled = !targets.includes(option.value as TargetKind);
    this.#kind.value = targets[0]!;
    this.#columns.target = target;
  }
}

/** Which columns can be no inputs, and why. */
function leftOut(columns: readonly ColumnSummary[]): string {
  const others = columns.filter(({ notInput }) => notInput !== null);
  if (others.length === 0) return "";
  return ` No inputs can be ${others.map(({ name, notInput }) => `“${name}” (${notInput})`).join(", ")}.`;
}
