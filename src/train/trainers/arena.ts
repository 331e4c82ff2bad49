import type { Block, Core, Totals } from "../../core/contract/core.js";
import { activeCore, newCore } from "../../core/select.js";
import { releasedError } from "../../errors.js";

/** From here on a run has a memory of its own, which ends with it: WebAssembly memory never shrinks. */
export const OWN_MEMORY_BYTES = 16 * 2 ** 20;

/** The core memory of one run: everything in it is freed together. */
export class Arena {
  readonly core: Core;
  readonly #blocks: (Block | Totals)[] = [];
  #disposed = false;

  /** @param bytes about how much there will be in it */
  constructor(bytes: number) {
    this.core = bytes > OWN_MEMORY_BYTES ? newCore() : activeCore();
  }

  floats(length: number): Block {
    return this.#own(() => this.core.allocate(length));
  }

  /** A block of the same numbers. */
  copyOf(block: Block): Block {
    const copy = this.floats(block.length);
    copy.view.set(block.view);
    return copy;
  }

  totals(length: number): Totals {
    return this.#own(() => this.core.allocateTotals(length));
  }

  panels(inFeatures: number, outFeatures: number): Block {
    return this.#own(() => this.core.allocatePanels(inFeatures, outFeatures));
  }

  /** @throws Error after dispose(): a source that has to be waited for may not know that its run has ended */
  #own<B extends Block | Totals>(make: () => B): B {
    if (this.#disposed) throw releasedError();
    const block = make();
    this.#blocks.push(block);
    return block;
  }

  dispose(): void {
    this.#disposed = true;
    for (const block of this.#blocks.splice(0)) this.core.free(block);
  }
}
