import { element } from "../ui/element.js";
import { headerCell } from "../ui/header-cell.js";
import { count, number, percent } from "../ui/number.js";
import { Picture } from "../ui/picture.js";
import type { Scores, View } from "./messages.js";
import { drawScatter } from "./scatter.js";
import type { Confusion } from "./scores.js";

/** Predictions beside the truth, and what they are worth. */
export class Outcome {
  readonly #points = element("data-points", HTMLElement);
  readonly #confusion = element("data-confusion", HTMLElement);
  readonly #scores = element("data-scores", HTMLElement);
  readonly #picture: Picture;
  #view: View | null = null;

  constructor() {
    // Wide tables are scrolled by the keyboard too.
    for (const place of [this.#scores, this.#confusion.querySelector("section")!]) place.tabIndex = 0;
    const canvas = this.#points.querySelector("canvas")!;
    this.#picture = new Picture(
      canvas,
      0.62,
      drawScatter(() => this.#view),
    );
  }

  clear(): void {
    this.#scores.hidden = true;
    this.#points.hidden = true;
    this.#confusion.hidden = true;
  }

  /** @param held whether rows were held out */
  show(view: View, held: boolean): void {
    this.#view = view;
    this.#points.hidden = view.kind !== "number";
    this.#confusion.hidden = view.kind !== "classes";
    if (view.kind === "number") {
      this.#picture.redraw();
      const rows = count(view.held.truth.length + view.training.truth.length, "row");
      this.#picture.canvas.setAttribute("aria-label", `Predictions over truth of ${rows}`);
    } else {
      const rows = held ? "rows held out" : "rows trained on";
      this.#confusion.querySelector("figcaption")!.textContent =
        `What the ${rows} are (down) and are taken for (across)`;
      fillConfusion(this.#confusion.querySelector("table")!, view.classes, view.confusion);
    }
  }

  score(scores: Scores, held: boolean): void {
    const table = this.#scores.querySelector("table")!;
    const rows = `${count(scores.rows, "row")} ${held ? "held out" : "trained on"}`;
    const guess = scores.kind === "number" ? "the mean," : "the most frequent class,";
    table.caption!.textContent = `On ${rows}, beside ${guess} ${scores.guess}, as a guess for all`;
    table.tBodies[0]?.remove();
    const body = table.createTBody();
    for (const [name, ...values] of linesOf(scores)) {
      const row = body.insertRow();
      row.append(headerCell("row", name!));
      for (const value of values) row.insertCell().textContent = value;
    }
    this.#scores.hidden = false;
  }
}

function linesOf(scores: Scores): string[][] {
  if (scores.kind === "classes") {
    return [["Right", ...[scores.held, scores.baseline, scores.training].map(percent)]];
  }
  const names = {
    rmse: "Root mean squared error",
    mae: "Mean absolute error",
    r2: "R², share explained",
  } as const;
  return (Object.keys(names) as (keyof typeof names)[]).map((key) => {
    const each = [scores.held, scores.baseline, scores.training].map((errors) => errors[key]);
    return [names[key], ...each.map((value) => (Number.isNaN(value) ? "–" : number(value)))];
  });
}

function fillConfusion(table: HTMLTableElement, classes: readonly string[], confusion: Confusion): void {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  head.append(headerCell("col", "is"), ...classes.map((name) => headerCell("col", name)));
  const body = table.createTBody();
  confusion.forEach((counts, truth) => {
    const row = body.insertRow();
    row.append(headerCell("row", classes[truth]!));
    const all = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, guess) => {
      const cell = row.insertCell();
      cell.textContent = count.toLocaleString("en");
      const tint = guess === truth ? "low" : "high";
      const share = all === 0 ? 0 : count / all;
      cell.style.backgroundColor = `color-mix(in srgb, var(--${tint}) ${Math.round(35 * share)}%, transparent)`;
      if (guess === truth) cell.className = "right";
    });
  });
}
