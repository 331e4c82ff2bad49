import { Generator } from "../../index.js";

const DRAWN = 512;

/** Whole numbers by the project's own Generator: the same for a seed in every engine, whatever the core. */
export class Draws {
  readonly #generator: Generator;
  #drawn: ArrayLike<number> = [];
  #at = 0;

  constructor(seed: number) {
    this.#generator = new Generator(seed);
  }

  /** A number from 0 to below count, each as likely: of two draws of 24 bits, so that counts of millions are even too. */
  below(count: number): number {
    if (this.#at === this.#drawn.length) {
      this.#drawn = this.#generator.rand(DRAWN).data;
      this.#at = 0;
    }
    const [high, low] = [this.#drawn[this.#at++] as number, this.#drawn[this.#at++] as number];
    return Math.floor((high + low * 2 ** -24) * count);
  }

  /** The numbers from 0 to below count in an order of their own: Fisher & Yates (1938) in the form of Durstenfeld (1964). */
  shuffled(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const other = this.below(i + 1);
      const value = order[i] as number;
      order[i] = order[other] as number;
      order[other] = value;
    }
    return order;
  }
}
