import { newArray } from "../array.js";
import { MersenneTwister } from "./mersenne.js";
import { fillUniform } from "./uniform.js";

/**
 * Chooses validation rows among count rows, one after another: wanted of them. Every choice of so many rows is as likely as
 * any other: selection sampling (Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S), on the
 * numbers that `new Generator(seed).rand(count)` has.
 */
export class ValidationSampler {
  readonly #engine: MersenneTwister;
  readonly #drawn = new Float32Array(256);
  #at = this.#drawn.length;
  /** Rows that are still to come. */
  #rows: number;
  /** Validation rows that are still to be chosen. */
  #left: number;

  constructor(count: number, wanted: number, seed: number) {
    this.#engine = new MersenneTwister(seed);
    this.#rows = count;
    this.#left = wanted;
  }

  /** Whether the next row is for validation. */
  next(): boolean {
    if (this.#at === this.#drawn.length) {
      fillUniform(this.#engine, this.#drawn);
      this.#at = 0;
    }
    const isChosen = (this.#drawn[this.#at++] as number) * this.#rows-- < this.#left;
    if (isChosen) this.#left--;
    return isChosen;
  }
}

/** The validation rows among count rows: 1 for each of them, 0 for the others. */
export function validationMask(count: number, wanted: number, seed: number): Uint8Array {
  const sampler = new ValidationSampler(count, wanted, seed);
  const mask = newArray(Uint8Array, count);
  for (let row = 0; row < count; row++) mask[row] = sampler.next() ? 1 : 0;
  return mask;
}

/** How many of count rows, at least two, a share is: rounded, but neither none nor all. */
export function validationCount(share: number, count: number): number {
  return Math.min(count - 1, Math.max(1, Math.round(share * count)));
}
