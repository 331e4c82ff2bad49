import { HoldOut } from "../../train/hold-out.js";
import { Failure } from "../shell/failure.js";
import type { CsvFile } from "./csv-file.js";
import { type EncodedRows, Encoder, selected } from "./encoder.js";
import { type Columns, inputWidth, outputWidth } from "./schema.js";

/** Rows to train on, and rows that are held back. */
export interface Divided {
  readonly training: EncodedRows;
  readonly held: EncodedRows;
}

/** The rows of a file of which the target is known, and which of them are held back: the same ones at every reading. */
export class DividedRows {
  readonly #file: CsvFile;
  readonly #columns: Columns;
  readonly #seed: number;

  /** @param rows of which the target is known; held: how many of them are held back */
  constructor(
    file: CsvFile,
    columns: Columns,
    readonly rows: number,
    readonly held: number,
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
    return this.rows - this.held;
  }

  /** The same with fewer rows held back. */
  holding(held: number): DividedRows {
    return new DividedRows(this.#file, this.#columns, this.rows, held, this.#seed);
  }

  /** @throws Failure where the file is no such table, or another than before */
  async *read(what?: string): AsyncGenerator<Divided, void> {
    const encoder = new Encoder(this.#columns, true);
    const holdOut = new HoldOut(this.rows, this.held, this.#seed);
    let rows = 0;
    for await (const chunk of this.#file.rows(encoder.options, what)) {
      const encoded = encoder.encode(chunk);
      const places = Int8Array.from(encoded.y, (value) =>
        Number.isNaN(value) ? -1 : holdOut.next() ? 1 : 0,
      );
      const training = selected(encoded, (row) => places[row] === 0);
      const held = selected(encoded, (row) => places[row] === 1);
      rows += training.rows + held.rows;
      if (rows > this.rows) break;
      yield { training, held };
    }
    if (rows !== this.rows) throw new Failure(`${this.#file.path}: changed while it was read`);
  }
}
