import { headerCell } from "../ui/header-cell.js";
import { number } from "../ui/number.js";
import { DECADES } from "./messages.js";

/** A table of how many weights have a step size in each power of ten. */
export class StepSizes {
  readonly #rows: { count: HTMLTableCellElement; bar: HTMLElement }[];

  constructor(body: HTMLTableSectionElement) {
    this.#rows = DECADES.map((decade, i) => {
      const row = body.insertRow();
      const name = i === 0 ? `below ${number(10 ** (decade + 1))}` : number(10 ** decade);
      row.append(headerCell("row", name));
      const count = row.insertCell();
      const bar = document.createElement("div");
      bar.className = "bar";
      row.insertCell().append(bar);
      return { count, bar };
    });
    this.show(DECADES.map(() => 0));
  }

  show(counts: readonly number[]): void {
    const all = Math.max(
      1,
      counts.reduce((a, b) => a + b),
    );
    this.#rows.forEach(({ count, bar }, i) => {
      const weights = counts[i] as number;
      count.textContent = String(weights);
      bar.style.width = `${(100 * weights) / all}%`;
    });
  }
}
