import { sample } from "../race/choice.js";
import { METHODS, type MethodName } from "../race/methods.js";
import type { Frame } from "../race/run.js";
import { headerCell } from "../ui/header-cell.js";
import { number, signOf } from "../ui/number.js";
import type { Path } from "./valley-picture.js";
import { arrival } from "./words.js";

/** Classes of the cells: x, y, height, both slopes' signs, both step sizes, both counts of flips, arrival. */
const COLUMNS = ["long", "long", "long", "", "long", "long", "", ""];

/** The numbers of every method at a step. */
export class ValleyTable {
  readonly #rows = new Map<MethodName, HTMLTableRowElement>();

  constructor(table: HTMLTableElement) {
    (table.parentElement as HTMLElement).tabIndex = 0; // it scrolls, by keyboard too
    const body = table.createTBody();
    for (const method of METHODS) {
      const row = body.insertRow();
      row.append(headerCell("row", sample(method), method.label));
      for (const className of COLUMNS) Object.assign(row.insertCell(), { className });
      this.#rows.set(method.name, row);
    }
  }

  show(paths: readonly Path[], step: number): void {
    for (const [name, row] of this.#rows) {
      const path = paths.find(({ method }) => method.name === name);
      row.hidden = path === undefined;
      if (path === undefined) continue;
      const cells = texts(path.frames[step] as Frame, arrival(path.frames));
      cells.forEach((text, column) => {
        (row.cells[column + 1] as HTMLTableCellElement).textContent = text;
      });
    }
  }
}

function texts({ x, value, slopes, sizes, flips }: Frame, arrived: number | null): string[] {
  return [
    ...x.map((coordinate) => number(coordinate)),
    number(value),
    slopes.map(signOf).join(" "),
    ...sizes.map((size) => number(size)),
    flips.join(" "),
    arrived === null ? "–" : String(arrived),
  ];
}
