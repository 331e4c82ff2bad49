import type { CsvRows, CsvRowsOptions } from "../../data/index.js";
import { oneLine } from "../../escapes.js";
import { withThousands } from "../../format-number.js";
import { type Columns, type Input, inputWidth } from "../schema.js";

/** Rows as a model takes them. */
export interface EncodedRows {
  readonly rows: number;
  /** rows × the columns of x. */
  readonly x: Float32Array;
  /** The target; NaN where it was not read. */
  readonly y: Float32Array;
}

/** Makes a model's numbers of the cells of a table. */
export class Encoder {
  readonly width: number;
  /** What csvRows is to read. */
  readonly options: CsvRowsOptions;
  /** For each input, cells of encoded rows that were missing, or no known class, so far. */
  readonly #missing: Float64Array;
  /** For each input, its classes, or 0 for a number. */
  readonly #classes: Int32Array;
  /** For each input that is a number, what stands for a missing one. */
  readonly #means: Float64Array;
  readonly #columns: Columns;
  /** Classes by number where those of the target are numbers. */
  readonly #byNumber: ReadonlyMap<number, number> | null;

  constructor(columns: Columns, withTarget: boolean) {
    const { inputs, target } = columns;
    this.#columns = columns;
    this.width = inputWidth(inputs);
    this.#missing = new Float64Array(inputs.length);
    this.#classes = Int32Array.from(inputs, (input) => (input.kind === "number" ? 0 : input.classes.length));
    this.#means = Float64Array.from(inputs, (input) => (input.kind === "number" ? input.mean : NaN));
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

  /** What was done about cells of encoded rows that say nothing, in lines for people. @param what they are where they are texts */
  words(what: string): string[] {
    const { inputs } = this.#columns;
    const line = (kind: Input["kind"], words: string) => {
      const some = Array.from(this.#missing).flatMap((count, i) => {
        const { name, kind: its } = inputs[i] as Input;
        return its === kind && count > 0 ? [`${oneLine(name)} ${withThousands(String(count))}`] : [];
      });
      return some.length === 0 ? [] : [`cells ${words}: ${some.join(", ")}`];
    };
    return [
      ...line("number", "missing, taken as the mean"),
      ...line("category", `${what}, taken as no category`),
    ];
  }

  /** The target of each row, NaN where it is missing or none of the classes. */
  targets({ y }: CsvRows): Float32Array {
    const byNumber = this.#byNumber;
    return byNumber === null ? y.data : y.data.map((value) => byNumber.get(value) ?? NaN);
  }

  /** Rows in parts: places[row] says in which a row is, and is -1 where in none. */
  encode({ x: cells }: CsvRows, targets: Float32Array, places: Int8Array, parts: number): EncodedRows[] {
    const { width } = this;
    const inputs = this.#missing.length;
    const counts = new Int32Array(parts);
    for (const place of places) if (place >= 0) counts[place]!++;
    const encoded = Array.from(counts, (rows) => ({
      rows,
      x: new Float32Array(rows * width),
      y: new Float32Array(rows),
    }));
    counts.fill(0);
    for (let row = 0; row < places.length; row++) {
      const place = places[row] as number;
      if (place < 0) continue;
      const { x, y } = encoded[place] as EncodedRows;
      const at = counts[place]!++;
      y[at] = targets[row] as number;
      this.#encodeRow(cells.data, row * inputs, x, at * width);
    }
    return encoded;
  }

  #encodeRow(cells: Float32Array, from: number, x: Float32Array, to: number): void {
    const [missing, classes, means] = [this.#missing, this.#classes, this.#means];
    for (let i = 0; i < classes.length; i++) {
      const value = cells[from + i] as number;
      const isMissing = Number.isNaN(value);
      if (isMissing) missing[i]!++;
      if (classes[i] === 0) x[to++] = isMissing ? (means[i] as number) : value;
      else {
        if (!isMissing) x[to + value] = 1;
        to += classes[i] as number;
      }
    }
  }
}
