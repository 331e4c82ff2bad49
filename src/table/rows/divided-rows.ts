import { HoldOut } from "../../random/hold-out.js";
import { type Columns, inputWidth, outputWidth } from "../schema.js";
import type { Phase, TableReader } from "../source/table-reader.js";
import { TableError } from "../table-error.js";
import { type EncodedRows, Encoder } from "./encoder.js";

/** Rows to train on, and rows that are held back. */
export interface Divided {
  readonly training: EncodedRows;
  readonly held: EncodedRows;
}

/** The rows of a file of which the target is known, and which of them are held back: the same ones at every reading. */
export class DividedRows {
  readonly #file: TableReader;
  readonly #columns: Columns;
  readonly #seed: number;
  #notes: readonly string[] = [];

  /** @param rows of which the target is known; held: how many of them are held back */
  constructor(
    file: TableReader,
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

  /** What was done about missing cells, known from the first reading on. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** @throws what the source throws where the file is no such table, or changes */
  async *read(phase?: Phase): AsyncGenerator<Divided, void> {
    const encoder = new Encoder(this.#columns, true);
    let rows = 0;
    const holdOut = new HoldOut(this.rows, this.held, this.#seed);
    for await (const chunk of this.#file.rows(encoder.options, phase)) {
      const targets = encoder.targets(chunk);
      const [training, held] = encoder.encode(chunk, targets, placesOf(targets, holdOut), 2) as [
        EncodedRows,
        EncodedRows,
      ];
      rows += training.rows + held.rows;
      if (rows > this.rows) throw changed();
      yield { training, held };
    }
    if (rows < this.rows) throw changed();
    this.#notes = encoder.notes(false);
  }
}

function changed(): TableError {
  return new TableError("the table has changed while it was read: each reading has to give the same rows");
}

/** For each row 1 where it is held back, 0 where it is trained on, -1 where its target is missing. */
function placesOf(targets: Float32Array, holdOut: HoldOut): Int8Array {
  const places = new Int8Array(targets.length);
  for (let row = 0; row < targets.length; row++)
    places[row] = Number.isNaN(targets[row]) ? -1 : Number(holdOut.next());
  return places;
}
