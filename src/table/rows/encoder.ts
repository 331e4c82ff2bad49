import type { CsvRows, CsvRowsOptions, NumberFormat } from "../../data/index.js";
import { DateCells } from "../dates/date-cells.js";
import { cellNotes, type Unknown } from "../notes.js";
import { type Columns, inputWidth } from "../schema.js";
import { isLog, logarithms } from "./log-target.js";

/** Rows as a model takes them. */
export interface EncodedRows {
  readonly rows: number;
  /** rows × the columns of x. */
  readonly x: Float32Array;
  /** The target; NaN where it was not read. */
  readonly y: Float32Array;
}

/** Stands for the categories of an input that is a date. */
const DATE = -1;

/** Makes a model's numbers of the cells of a table. */
export class Encoder {
  readonly width: number;
  /** What csvRows is to read. */
  readonly options: CsvRowsOptions;
  /** For each input, cells of encoded rows that were missing, or no known category, so far. */
  readonly #missing: Float64Array;
  /** By column, cells that are no numbers, or none of the categories. */
  readonly #unknown = new Map<string, Unknown>();
  /** For each input, its categories, 0 for a number, or DATE. */
  readonly #categories: Int32Array;
  /** Columns of dates, in the order of the texts that csvRows reads of them. */
  readonly #dates: ReadonlyMap<string, DateCells>;
  /** For each input that is a number, what stands for a missing one. */
  readonly #means: Float64Array;
  readonly #columns: Columns;
  /** Categories by number where those of the target are numbers. */
  readonly #byNumber: ReadonlyMap<number, number> | null;

  constructor(columns: Columns, withTarget: boolean) {
    const { inputs, target } = columns;
    this.#columns = columns;
    this.width = inputWidth(inputs);
    this.#missing = new Float64Array(inputs.length);
    this.#categories = Int32Array.from(inputs, (each) =>
      each.kind === "category" ? each.categories.length : each.kind === "date" ? DATE : 0,
    );
    this.#means = Float64Array.from(inputs, (each) => ("mean" in each ? each.mean : NaN));
    this.#dates = new Map(
      inputs.flatMap((each) => (each.kind === "date" ? [[each.name, new DateCells(each)] as const] : [])),
    );
    const isNumbers = target.kind === "category" && target.labels === "number";
    this.#byNumber = isNumbers
      ? new Map(target.categories.map((text, c) => [Math.fround(Number(text)), c]))
      : null;
    this.options = {
      x: inputs.map(({ name }) => name),
      y: withTarget ? [target.name] : [],
      ...readingOf(columns, withTarget),
      strings: [...this.#dates.keys()],
      missing: "keep",
      unknown: "missing",
      onUnknown: (name, text, line) => {
        if (this.#dates.get(name)?.see(text)) return;
        const known = this.#unknown.get(name);
        if (known === undefined) this.#unknown.set(name, { count: 1, text, line });
        else known.count++;
      },
    };
  }

  /** What was done about cells of encoded rows that say nothing. @param isNew whether the table is not the one trained on */
  notes(isNew: boolean): string[] {
    return cellNotes(this.#columns, this.#missing, this.#unknown, isNew);
  }

  /** Cells of the target that are none of its categories, or no numbers. */
  get unknownTargets(): Unknown | null {
    return this.#unknown.get(this.#columns.target.name) ?? null;
  }

  /** The target of each row, or its logarithm; NaN where it is missing, none of the categories or has no logarithm. */
  targets({ y }: CsvRows): Float32Array {
    if (isLog(this.#columns.target)) return logarithms(y.data);
    const byNumber = this.#byNumber;
    return byNumber === null ? y.data : y.data.map((value) => byNumber.get(value) ?? NaN);
  }

  /** Rows in parts: places[row] says in which a row is, and is -1 where in none. */
  encode(
    { x: cells, strings }: CsvRows,
    targets: Float32Array,
    places: Int8Array,
    parts: number,
  ): EncodedRows[] {
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
      this.#encodeRow(cells.data, row * inputs, strings[row] ?? [], x, at * width);
    }
    for (const dates of this.#dates.values()) dates.endChunk();
    return encoded;
  }

  #encodeRow(cells: Float32Array, from: number, texts: readonly string[], x: Float32Array, to: number): void {
    const [missing, categories, means] = [this.#missing, this.#categories, this.#means];
    const dates = this.#dates.values();
    let date = 0;
    for (let i = 0; i < categories.length; i++) {
      const value = cells[from + i] as number;
      const isMissing = Number.isNaN(value);
      if (categories[i] === DATE) {
        const column = dates.next().value as DateCells;
        if (!column.write(texts[date++] as string, x, to)) missing[i]!++;
        to += column.width;
        continue;
      }
      if (isMissing) missing[i]!++;
      if (categories[i] === 0) x[to++] = isMissing ? (means[i] as number) : value;
      else {
        if (!isMissing) x[to + value] = 1;
        to += categories[i] as number;
      }
    }
  }
}

/** How csvRows is to read the columns of a schema: of dates, no text is a class, so that each comes to onUnknown. */
function readingOf({ inputs, target }: Columns, withTarget: boolean) {
  // As entries: a column may be called __proto__.
  const classes: [name: string, texts: readonly string[]][] = [];
  const booleans: string[] = [];
  const formats: [name: string, format: NumberFormat][] = [];
  for (const column of withTarget ? [...inputs, target] : inputs) {
    const isBoolean =
      column.kind === "boolean" ||
      (column.kind === "category" && "labels" in column && column.labels === "boolean");
    if (isBoolean) booleans.push(column.name);
    else if (column.kind === "date") classes.push([column.name, []]);
    else if ("format" in column) formats.push([column.name, column.format as NumberFormat]);
    else if (column.kind === "category" && (!("labels" in column) || column.labels === "text"))
      classes.push([column.name, column.categories]);
  }
  return { classes: Object.fromEntries(classes), booleans, formats: Object.fromEntries(formats) };
}
