import type { Block } from "../core/contract/core.js";
import { activeCore } from "../core/select.js";
import { OwnedTensor } from "../tensor.js";

/** Numbers of a module that are saved with it and not trained. */
export class StateBuffer extends OwnedTensor {
  /** How often the library has changed the numbers. @internal */
  version = 0;
  /** @internal */
  readonly block: Block;
  #disposed = false;

  /**
   * @param check throws for numbers that the module cannot work with
   * @internal
   */
  constructor(
    values: Float32Array,
    readonly check: (name: string, values: Float32Array) => void,
  ) {
    const core = activeCore();
    const block = core.allocate(values.length, false);
    super([values.length], block);
    this.block = block;
    block.view.set(values);
  }

  /** @internal */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    activeCore().free(this.block);
  }
}
