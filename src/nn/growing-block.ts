import type { Block, Core } from "../core/contract/core.js";
import { copyValues, snapshot, type Values } from "../values.js";

/** A block for what an owner computes with: it grows to the largest length asked for and is kept from then on. */
export class GrowingBlock {
  #block: Block | null = null;
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Whether atLeast would leave the memory as it is. */
  fits(length: number): boolean {
    return this.#block !== null && this.#block.length >= length;
  }

  /** At least length elements; what an earlier, shorter block held is lost. */
  atLeast(length: number): Block {
    if (this.fits(length)) return this.#block as Block;
    const larger = this.#core.allocate(Math.max(1, length));
    this.release();
    this.#block = larger;
    return larger;
  }

  /** As atLeast, with a copy of size values. They may be a view of the memory that this call makes grow. */
  holding(values: Values, size: number): Block {
    const given = this.fits(size) ? values : snapshot(values, size);
    const block = this.atLeast(size);
    copyValues(given, block.view);
    return block;
  }

  release(): void {
    if (this.#block !== null) this.#core.free(this.#block);
    this.#block = null;
  }
}
