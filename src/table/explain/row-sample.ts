import type { EncodedRows } from "../rows/encoder.js";
import { Draws } from "./draws.js";

interface Row {
  /** Its place among all that came. */
  readonly place: number;
  readonly x: Float32Array;
  readonly y: number;
}

/** Some of the rows that come, every choice as likely as any other: algorithm R (Vitter 1985, section 2). */
export class RowSample {
  readonly #width: number;
  readonly #most: number;
  readonly #draws: Draws;
  readonly #rows: Row[] = [];
  /** How many rows came. */
  seen = 0;

  /** @param width columns of x; most: so many rows are kept */
  constructor(width: number, most: number, seed: number) {
    this.#width = width;
    this.#most = most;
    this.#draws = new Draws(seed);
  }

  add({ rows, x, y }: EncodedRows): void {
    for (let row = 0; row < rows; row++) {
      const place = this.seen++;
      const to = place < this.#most ? place : this.#draws.below(place + 1);
      if (to >= this.#most) continue;
      const at = row * this.#width;
      this.#rows[to] = { place, x: x.slice(at, at + this.#width), y: y[row] as number };
    }
  }

  /** The rows in the order in which they came. */
  get all(): EncodedRows {
    const sorted = [...this.#rows].sort((a, b) => a.place - b.place);
    const x = new Float32Array(sorted.length * this.#width);
    sorted.forEach((row, i) => {
      x.set(row.x, i * this.#width);
    });
    return { rows: sorted.length, x, y: Float32Array.from(sorted, (row) => row.y) };
  }
}
