import type { Block, Core, Totals } from "../core/core.js";
import { own, release } from "../core/ownership.js";
import { activeCore, newCore } from "../core/select.js";

/** From here on a run has a memory of its own, which ends with it: WebAssembly memory never shrinks. */
export const OWN_MEMORY_BYTES = 16 * 2 ** 20;

/** The core memory of one run: everything in it is freed together. */
export class Room {
  readonly core: Core;
  readonly #blocks: (Block | Totals)[] = [];

  /** @param bytes about how much there will be in it */
  constructor(bytes: number) {
    this.core = bytes > OWN_MEMORY_BYTES ? newCore() : activeCore();
  }

  floats(length: number): Block {
    return this.#own(this.core.allocate(length));
  }

  totals(length: number): Totals {
    return this.#own(this.core.allocateTotals(length));
  }

  panels(inFeatures: number, outFeatures: number): Block {
    return this.#own(this.core.allocatePanels(inFeatures, outFeatures));
  }

  #own<B extends Block | Totals>(block: B): B {
    this.#blocks.push(own(this, this.core, block));
    return block;
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) release(this.core, block);
  }
}
