import { newArray } from "../array.js";
import { MersenneTwister } from "./mersenne.js";
import { fillUniform } from "./uniform.js";

/**
 * Says of count rows, one after another, which are held back: wanted of them. Every choice of so many rows is as likely as
 * any other: selection sampling (Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S), on the
 * numbers that `new Generator(seed).rand(count)` has.
 */
export class HoldOut {
  readonly #engine: MersenneTwister;
  readonly #drawn = new Float32Array(256);
  #at = this.#drawn.length;
  /** Rows that are still to come. */
  #rows: number;
  /** Rows that are still to be held back. */
  #left: number;

  constructor(count: number, wanted: number, seed: number) {
    this.#engine = new MersenneTwister(seed);
    this.#rows = count;
    this.#left = wanted;
  }

  /** Whether the next row is held back. */
  next(): boolean {
    if (this.#at === this.#drawn.length) {
      fillUniform(this.#engine, this.#drawn);
      this.#at = 0;
    }
    const held = (this.#drawn[this.#at++] as number) * this.#rows-- < this.#left;
    if (held) this.#left--;
    return held;
  }
}

/** Which of count rows are held back: 1 for each of them, 0 for the others. */
export function heldBack(count: number, wanted: number, seed: number): Uint8Array {
  const holdOut = new HoldOut(count, wanted, seed);
  const held = newArray(Uint8Array, count);
  for (let row = 0; row < count; row++) held[row] = holdOut.next() ? 1 : 0;
  return held;
}

/** How many of count rows, at least two, a share is: rounded, but neither none nor all. */
export function heldCount(share: number, count: number): number {
  return Math.min(count - 1, Math.max(1, Math.round(share * count)));
}
