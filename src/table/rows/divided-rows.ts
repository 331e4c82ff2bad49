import { MISSING_VALUES } from "../../data/csv-options.js";
import { type Columns, inputWidth, outputWidth } from "../schema.js";
import type { Phase, TableReader } from "../source/table-reader.js";
import { TableError } from "../table-error.js";
import { validationDraw } from "./division.js";
import { type EncodedRows, Encoder } from "./encoder.js";
import { isLog } from "./log-target.js";

/** Rows to train on, and rows for validation. */
export interface Divided {
  readonly training: EncodedRows;
  readonly validation: EncodedRows;
}

/** How rows are divided. */
interface DrawOptions {
  readonly seed: number;
  /** The column of which rows of one value stay together. */
  readonly group: string | undefined;
  readonly isOrdered: boolean;
}

/** The rows of a file of which the target is known, and which of them are for validation: the same ones at every reading. */
export class DividedRows {
  readonly #file: TableReader;
  readonly #columns: Columns;
  readonly #draw: DrawOptions;
  /** Groups by their text; those of missing cells have none, and are each one of their own. */
  readonly #groups = new Map<string, number>();
  #ungrouped = 0;
  readonly #missing: ReadonlySet<string>;
  #notes: readonly string[] = [];

  /** @param rows of which the target is known; validation: how many of them are for validation */
  constructor(
    file: TableReader,
    columns: Columns,
    readonly rows: number,
    readonly validation: number,
    draw: DrawOptions,
  ) {
    this.#file = file;
    this.#columns = columns;
    this.#draw = draw;
    this.#missing = new Set([...MISSING_VALUES, ...columns.csv.missing]);
  }

  /** Columns of x. */
  get width(): number {
    return inputWidth(this.#columns.inputs);
  }

  /** Of a target of classes, their number; else null. */
  get classes(): number | null {
    const { target } = this.#columns;
    return target.kind === "category" ? outputWidth(target) : null;
  }

  /** Whether the target is learned by its logarithm. */
  get isLog(): boolean {
    return isLog(this.#columns.target);
  }

  get training(): number {
    return this.rows - this.validation;
  }

  /** The same with fewer validation rows. */
  withValidation(validation: number): DividedRows {
    return new DividedRows(this.#file, this.#columns, this.rows, validation, this.#draw);
  }

  /** What was done about missing cells, known from the first reading on. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** @throws what the source throws where the file is no such table, or changes */
  async *read(phase?: Phase): AsyncGenerator<Divided, void> {
    const { seed, isOrdered } = this.#draw;
    const isNext = validationDraw(this.rows, this.validation, seed, isOrdered);
    for await (const parts of this.#parts(2, () => Number(isNext()), phase)) {
      const [training, validation] = parts as [EncodedRows, EncodedRows];
      yield { training, validation };
    }
  }

  /** Whether the rows stand in the order of time. */
  get isOrdered(): boolean {
    return this.#draw.isOrdered;
  }

  /** All rows, in the order of the table. @param groups is given the group of each row, where there are groups @throws as read */
  async *readWhole(groups: number[]): AsyncGenerator<EncodedRows, void> {
    for await (const parts of this.#parts(1, () => 0, undefined, groups)) yield parts[0] as EncodedRows;
  }

  #groupOf(text: string): number {
    const known = this.#groups.get(text);
    if (known !== undefined) return known;
    const next = this.#groups.size + this.#ungrouped;
    if (this.#missing.has(text)) this.#ungrouped++;
    else this.#groups.set(text, next);
    return next;
  }

  async *#parts(
    parts: number,
    place: () => number,
    phase?: Phase,
    groups: number[] = [],
  ): AsyncGenerator<EncodedRows[], void> {
    const encoder = new Encoder(this.#columns, true);
    const { group } = this.#draw;
    const { strings = [] } = encoder.options;
    const options = { ...encoder.options, ...(group !== undefined && { strings: [...strings, group] }) };
    let rows = 0;
    for await (const chunk of this.#file.rows(options, phase)) {
      const targets = encoder.targets(chunk);
      const places = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : place()));
      if (group !== undefined)
        places.forEach((where, row) => {
          if (where >= 0) groups.push(this.#groupOf(chunk.strings[row]?.at(-1) as string));
        });
      const encoded = encoder.encode(chunk, targets, places, parts);
      rows += encoded.reduce((sum, part) => sum + part.rows, 0);
      if (rows > this.rows) throw changed();
      yield encoded;
    }
    if (rows < this.rows) throw changed();
    this.#notes = encoder.notes(false);
  }
}

function changed(): TableError {
  return new TableError("the table has changed while it was read: each reading has to give the same rows");
}
