import type { CsvRows, CsvRowsOptions } from "../../data/index.js";
import { type Columns, inputWidth, missingWords } from "./schema.js";

/** Rows as a model takes them. */
export interface EncodedRows {
  readonly rows: number;
  /** rows × the columns of x. */
  readonly x: Float32Array;
  /** The target, NaN where it is missing or none of the classes; empty where it was not read. */
  readonly y: Float32Array;
}

/** Makes a model's numbers of the cells of a table. */
export class Encoder {
  readonly width: number;
  /** What csvRows is to read. */
  readonly options: CsvRowsOptions;
  /** For each input, cells that were missing, or no known class, so far. */
  readonly #missing: number[];
  readonly #columns: Columns;
  /** Classes by number where those of the target are numbers. */
  readonly #byNumber: ReadonlyMap<number, number> | null;

  constructor(columns: Columns, withTarget: boolean) {
    const { inputs, target } = columns;
    this.#columns = columns;
    this.width = inputWidth(inputs);
    this.#missing = inputs.map(() => 0);
    const isNumbers = target.kind === "category" && target.labels === "numbers";
    this.#byNumber = isNumbers
      ? new Map(target.classes.map((text, c) => [Math.fround(Number(text)), c]))
      : null;
    const read = withTarget && !isNumbers ? [...inputs, target] : inputs;
    const classes = read.flatMap((column) =>
      column.kind === "category" ? [[column.name, column.classes] as const] : [],
    );
    this.options = {
      x: inputs.map(({ name }) => name),
      y: withTarget ? [target.name] : [],
      classes: Object.fromEntries(classes),
      missing: "keep",
      unknown: "missing",
    };
  }

  /** What was done about cells that were missing, or no known class. */
  words(): string[] {
    const cells = this.#columns.inputs.map((input, i) => ({ input, missing: this.#missing[i] as number }));
    return missingWords(cells, "missing or not known");
  }

  encode({ rows, x: cells, y: targets }: CsvRows): EncodedRows {
    const { inputs } = this.#columns;
    const x = new Float32Array(rows * this.width);
    let [from, to] = [0, 0];
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < inputs.length; i++) {
        const input = inputs[i]!;
        const value = cells.data[from++] as number;
        const isMissing = Number.isNaN(value);
        if (isMissing) this.#missing[i]!++;
        if (input.kind === "number") x[to++] = isMissing ? input.mean : value;
        else {
          if (!isMissing) x[to + value] = 1;
          to += input.classes.length;
        }
      }
    const byNumber = this.#byNumber;
    const y = byNumber === null ? targets.data : targets.data.map((value) => byNumber.get(value) ?? NaN);
    return { rows, x, y };
  }
}

/** The rows of which this holds. */
export function selected({ x, y, rows }: EncodedRows, holds: (row: number) => boolean): EncodedRows {
  const width = x.length / rows;
  const part = { x: new Float32Array(x.length), y: new Float32Array(rows) };
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!holds(row)) continue;
    part.y[count] = y[row] as number;
    for (let from = row * width, to = count * width; from < (row + 1) * width; )
      part.x[to++] = x[from++] as number;
    count++;
  }
  return { rows: count, x: part.x.subarray(0, count * width), y: part.y.subarray(0, count) };
}
