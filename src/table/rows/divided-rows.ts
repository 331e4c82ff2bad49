import { ValidationSampler, validationMask } from "../../random/validation-rows.js";
import { type Columns, inputWidth, outputWidth } from "../schema.js";
import type { Phase, TableReader } from "../source/table-reader.js";
import { TableError } from "../table-error.js";
import { type Division, dividedBy } from "./division.js";
import { type EncodedRows, Encoder } from "./encoder.js";
import { isLog } from "./log-target.js";

/** Rows to train on, and rows for validation. */
export interface Divided {
  readonly training: EncodedRows;
  readonly validation: EncodedRows;
}

/** The rows of a file of which the target is known, and which of them are for validation: the same ones at every reading. */
export class DividedRows {
  readonly #file: TableReader;
  readonly #columns: Columns;
  readonly #seed: number;
  #notes: readonly string[] = [];

  /** @param rows of which the target is known; validation: how many of them are for validation */
  constructor(
    file: TableReader,
    columns: Columns,
    readonly rows: number,
    readonly validation: number,
    seed: number,
  ) {
    this.#file = file;
    this.#columns = columns;
    this.#seed = seed;
  }

  /** Columns of x. */
  get width(): number {
    return inputWidth(this.#columns.inputs);
  }

  /** Of classes, their number; else null. */
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
    return new DividedRows(this.#file, this.#columns, this.rows, validation, this.#seed);
  }

  /** What was done about missing cells, known from the first reading on. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** @throws what the source throws where the file is no such table, or changes */
  async *read(phase?: Phase): AsyncGenerator<Divided, void> {
    const sampler = new ValidationSampler(this.rows, this.validation, this.#seed);
    for await (const parts of this.#parts(2, () => Number(sampler.next()), phase)) {
      const [training, validation] = parts as [EncodedRows, EncodedRows];
      yield { training, validation };
    }
  }

  /** All rows, in the order of the table. @throws as read */
  async *readWhole(): AsyncGenerator<EncodedRows, void> {
    for await (const parts of this.#parts(1, () => 0)) yield parts[0] as EncodedRows;
  }

  /** Which rows are for validation. */
  division(): Division {
    const mask = validationMask(this.rows, this.validation, this.#seed);
    return dividedBy(
      Uint32Array.from({ length: this.rows }, (_, row) => row),
      (row) => mask[row] === 1,
    );
  }

  async *#parts(parts: number, place: () => number, phase?: Phase): AsyncGenerator<EncodedRows[], void> {
    const encoder = new Encoder(this.#columns, true);
    let rows = 0;
    for await (const chunk of this.#file.rows(encoder.options, phase)) {
      const targets = encoder.targets(chunk);
      const places = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : place()));
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
