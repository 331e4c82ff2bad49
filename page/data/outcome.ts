import type { Scores } from "rprop/table";
import { element } from "../ui/element.js";
import { headerCell } from "../ui/header-cell.js";
import { brief, count, number, percent } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
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

  show(comparison: Comparison, hasValidation: boolean): void {
    this.#comparison = comparison;
    this.#points.hidden = comparison.kind !== "number";
    this.#confusion.hidden = comparison.kind !== "category" || comparison.confusion.length === 0;
    if (comparison.kind === "number") {
      this.#picture.redraw();
      const rows = count(comparison.validation.length + comparison.training.length, "row");
      this.#picture.canvas.setAttribute("aria-label", `Predicted over actual values of ${rows}`);
    } else {
      const rows = hasValidation ? "validation rows" : "training rows";
      this.#confusion.querySelector("figcaption")!.textContent =
        `Confusion matrix, ${rows}: actual class (rows), predicted class (columns)`;
      fillConfusion(this.#confusion.querySelector("table")!, comparison.categories, comparison.confusion);
    }
  }

  score({ validation, training, baseline }: DataResult): void {
    const table = this.#scores.querySelector("table")!;
    const judged = validation ?? training;
    element("data-scores-note", HTMLParagraphElement).hidden = judged.kind !== "number";
    table.caption!.textContent = baselineText(judged, baseline);
    const columns: [name: string, values: string[]][] = [
      [`Validation (${count(judged.rows, "row")})`, valuesOf(judged)],
      ["Baseline", baselineValues(judged)],
      [`Training (${count(training.rows, "row")})`, valuesOf(training)],
    ];
    if (validation === null) columns.shift();
    const head = table.tHead!.rows[0]!;
    head.replaceChildren(head.cells[0]!, ...columns.map(([name]) => headerCell("col", name)));
    table.tBodies[0]?.remove();
    const body = table.createTBody();
    MEASURES[judged.kind].forEach((name, i) => {
      const row = body.insertRow();
      row.append(headerCell("row", name));
      for (const [, values] of columns) row.insertCell().textContent = values[i]!;
    });
    this.#scores.hidden = false;
  }
}

const MEASURES = {
  number: ["RMSE", "MAE", "R²"],
  category: ["Accuracy"],
} satisfies Record<Scores["kind"], string[]>;

function valuesOf(scores: Scores): string[] {
  if (scores.kind === "category") return [percent(scores.accuracy)];
  const { rmse, mae, r2 } = scores;
  return [number(rmse), number(mae), r2 === null ? "–" : number(r2)];
}

function baselineValues(scores: Scores): string[] {
  if (scores.kind === "category") return [percent(scores.baselineAccuracy)];
  return [number(scores.baselineRmse), "–", "–"];
}

/** What the baseline is, and whether the model is better. */
function baselineText(scores: Scores, baseline: number | string): string {
  if (scores.kind === "category") {
    const { accuracy, baselineAccuracy } = scores;
    const better = accuracy > baselineAccuracy ? "better" : "no better";
    return `Baseline: always predict “${brief(String(baseline))}”, the most frequent category in training. The model is ${better}.`;
  }
  const share = 1 - scores.rmse / scores.baselineRmse;
  const better = share > 0 ? `${percent(share)} better` : "no better";
  return `Baseline: always predict the training mean, ${number(Number(baseline))}. The model’s RMSE is ${better}.`;
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
      cell.textContent = count.toLocaleString("en");
      const tint = predicted === actual ? "low" : "high";
      const share = all === 0 ? 0 : count / all;
      cell.style.backgroundColor = `color-mix(in srgb, var(--${tint}) ${Math.round(35 * share)}%, transparent)`;
      if (predicted === actual) cell.className = "right";
    });
  });
}
