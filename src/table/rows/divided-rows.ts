import { ValidationSampler } from "../../random/validation-rows.js";
import { type Columns, inputWidth, outputWidth } from "../schema.js";
import type { Phase, TableReader } from "../source/table-reader.js";
import { TableError } from "../table-error.js";
import { type EncodedRows, Encoder } from "./encoder.js";

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
    const encoder = new Encoder(this.#columns, true);
    let rows = 0;
    const sampler = new ValidationSampler(this.rows, this.validation, this.#seed);
    for await (const chunk of this.#file.rows(encoder.options, phase)) {
      const targets = encoder.targets(chunk);
      const [training, validation] = encoder.encode(chunk, targets, placesOf(targets, sampler), 2) as [
        EncodedRows,
        EncodedRows,
      ];
      rows += training.rows + validation.rows;
      if (rows > this.rows) throw changed();
      yield { training, validation };
    }
    if (rows < this.rows) throw changed();
    this.#notes = encoder.notes(false);
  }
}

function changed(): TableError {
  return new TableError("the table has changed while it was read: each reading has to give the same rows");
}

/** For each row 1 where it is for validation, 0 where it is trained on, -1 where its target is missing. */
function placesOf(targets: Float32Array, sampler: ValidationSampler): Int8Array {
  const places = new Int8Array(targets.length);
  for (let row = 0; row < targets.length; row++)
    places[row] = Number.isNaN(targets[row]) ? -1 : Number(sampler.next());
  return places;
}
