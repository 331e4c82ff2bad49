import { element } from "../ui/element.js";
import { headerCell } from "../ui/header-cell.js";
import { count } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
import { textList } from "../ui/text-list.js";
import type { Comparison, DataResult } from "./messages.js";
import { drawScatter } from "./scatter.js";

/** Predictions beside actual values, and scores. */
export class Outcome {
  readonly #points = element("data-points", HTMLElement);
  readonly #confusion = element("data-confusion", HTMLElement);
  readonly #scores = element("data-scores", HTMLElement);
  readonly #picture: Picture;
  #comparison: Comparison | null = null;

  constructor() {
    // Wide tables are scrolled by the keyboard too.
    for (const place of [this.#scores, this.#confusion.querySelector("section")!]) place.tabIndex = 0;
    const canvas = this.#points.querySelector("canvas")!;
    this.#picture = new Picture(
      canvas,
      0.62,
      drawScatter(() => this.#comparison),
    );
  }

  clear(): void {
    this.#scores.hidden = true;
    this.#points.hidden = true;
    this.#confusion.hidden = true;
  }

  show(comparison: Comparison): void {
    this.#comparison = comparison;
    this.#points.hidden = comparison.kind !== "number";
    this.#confusion.hidden = comparison.kind !== "category" || comparison.confusion.length === 0;
    if (comparison.kind === "number") {
      this.#points.querySelector("figcaption")!.replaceChildren(...captionOf(comparison));
      this.#picture.redraw();
      const rows = count(comparison.unseen.length + comparison.training.length, "row");
      this.#picture.canvas.setAttribute("aria-label", `Predicted over actual values of ${rows}`);
    } else {
      this.#confusion.querySelector("figcaption")!.textContent =
        `Confusion matrix, ${ROWS[comparison.by]}: actual class (rows), predicted class (columns)`;
      fillConfusion(this.#confusion.querySelector("table")!, comparison.categories, comparison.confusion);
    }
  }

  score({ scores, training, warnings }: DataResult): void {
    const table = this.#scores.querySelector("table")!;
    const [baseline, ...others] = [...scores.lines].reverse();
    const lines = others.reverse();
    table.caption!.textContent = `Baseline: ${baseline?.[2]}.`;
    textList(element("data-scores-warnings", HTMLUListElement), warnings);
    const columns = scores.title === training.title ? [training] : [scores, training];
    const head = table.tHead!.rows[0]!;
    head.replaceChildren(
      head.cells[0]!,
      ...columns.map(({ title }) => headerCell("col", title)),
      headerCell("col", "Baseline"),
    );
    table.tBodies[0]?.remove();
    const body = table.createTBody();
    lines.forEach(([name, , meaning], i) => {
      const row = body.insertRow();
      const cell = headerCell("row", name);
      cell.title = meaning;
      row.append(cell);
      for (const column of columns)
        row.insertCell().textContent = column.lines.find(([other]) => other === name)?.[1] ?? "–";
      row.insertCell().textContent = i === 0 ? (baseline?.[1] ?? "–") : "–";
    });
    this.#scores.hidden = false;
  }
}

const ROWS = { folds: "rows of all folds", validation: "validation rows", training: "training rows" };

/** Which rows the points are of, beside what stands for them in the picture. */
function captionOf({ unseen, by, training }: Extract<Comparison, { kind: "number" }>): (string | Node)[] {
  const key = (className: string, rows: string) => {
    const span = document.createElement("span");
    span.className = className;
    span.textContent = rows;
    return span;
  };
  const keys = [
    ...(unseen.length > 0 ? [key("validation", ROWS[by])] : []),
    ...(training.length > 0 ? [key("trained", ROWS.training)] : []),
  ];
  const rows = keys.flatMap((each, i) => (i === 0 ? [each] : [" and ", each]));
  return ["Predicted over actual values of ", ...rows, "; equal on the dashed line"];
}

function fillConfusion(
  table: HTMLTableElement,
  categories: readonly string[],
  confusion: readonly (readonly number[])[],
): void {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  head.append(headerCell("col", "actual"), ...categories.map((name) => headerCell("col", name)));
  const body = table.createTBody();
  confusion.forEach((counts, actual) => {
    const row = body.insertRow();
    row.append(headerCell("row", categories[actual]!));
    const all = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, predicted) => {
      const cell = row.insertCell();
      cell.textContent = count.toLocaleString("en", { maximumFractionDigits: 1 });
      const tint = predicted === actual ? "low" : "high";
      const share = all === 0 ? 0 : count / all;
      cell.style.backgroundColor = `color-mix(in srgb, var(--${tint}) ${Math.round(35 * share)}%, transparent)`;
      if (predicted === actual) cell.className = "right";
    });
  });
}
