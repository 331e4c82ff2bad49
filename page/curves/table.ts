import { sample } from "../race/choice.js";
import { METHODS, type MethodName } from "../race/methods.js";
import type { Frame } from "../race/run.js";
import { headerCell } from "../ui/header-cell.js";
import { number, signOf } from "../ui/number.js";
import { type Curve, type CurvePair, isAlike } from "./pair.js";

/** One method's rows, for the flat and the steep curve. */
interface Rows {
  readonly body: HTMLTableSectionElement;
  readonly names: HTMLTableCellElement[];
  readonly cells: HTMLTableCellElement[][];
  readonly verdict: HTMLTableCellElement;
}

/** Classes of the cells: x, value, sign, step size, flips. */
const COLUMNS = ["long", "long", "", "long", ""];

/** The numbers of every method on both curves, its two rows below each other. */
export class CurvesTable {
  readonly #rows = new Map<MethodName, Rows>();

  constructor(table: HTMLTableElement) {
    (table.parentElement as HTMLElement).tabIndex = 0; // it scrolls, by keyboard too
    for (const method of METHODS) {
      const body = table.createTBody();
      const names: HTMLTableCellElement[] = [];
      const cells: HTMLTableCellElement[][] = [];
      const title = headerCell("rowgroup", sample(method), method.label);
      title.rowSpan = 2;
      const verdict = document.createElement("td");
      verdict.rowSpan = 2;
      verdict.className = "both";
      for (const side of [0, 1]) {
        const row = body.insertRow();
        const name = headerCell("row");
        row.append(...(side === 0 ? [title] : []), name);
        names.push(name);
        cells.push(COLUMNS.map((className) => Object.assign(row.insertCell(), { className })));
        if (side === 0) row.append(verdict);
      }
      this.#rows.set(method.name, { body, names, cells, verdict });
    }
  }

  show(pairs: readonly CurvePair[], curves: readonly [Curve, Curve], step: number): void {
    for (const [name, { body, names, cells, verdict }] of this.#rows) {
      const pair = pairs.find(({ method }) => method.name === name);
      body.hidden = pair === undefined;
      if (pair === undefined) continue;
      [pair.flat, pair.steep].forEach((frames, side) => {
        (names[side] as HTMLTableCellElement).textContent = (curves[side] as Curve).name;
        texts(frames[step] as Frame).forEach((text, column) => {
          (cells[side]?.[column] as HTMLTableCellElement).textContent = text;
        });
      });
      const alike = isAlike(pair, step);
      verdict.textContent = alike ? "= the same" : "≠ different";
      body.classList.toggle("alike", alike);
    }
  }
}

function texts({ x, value, slopes, sizes, flips }: Frame): string[] {
  const first = (values: readonly number[]) => values[0] as number;
  return [
    number(first(x), 5),
    number(value),
    signOf(first(slopes)),
    number(first(sizes)),
    String(first(flips)),
  ];
}
