import type { Block } from "./core/contract/core.js";
import { activeCore } from "./core/select.js";
import { tensor } from "./create.js";
import { wrongValue } from "./errors.js";
import { OwnedTensor, sizeOf, type Tensor } from "./tensor.js";
import type { Values } from "./values.js";

/** Who may call a constructor that is not for users. @internal */
export const INTERNAL = Symbol("internal");

/**
 * A tensor that an optimizer may change, with the gradient that it follows. Modules make theirs; {@link parameter}
 * makes others.
 *
 * @example
 * import { Linear } from "rprop";
 * const { weight } = new Linear(3, 2);
 * console.log(weight.shape, weight.grad.toRows()); // [ 2, 3 ] [ [ 0, 0, 0 ], [ 0, 0, 0 ] ]
 */
export class Parameter extends OwnedTensor {
  /** Whether a gradient has ever arrived. @internal */
  hasGradient = false;
  /** How often the library has changed the numbers. @internal */
  version = 0;
  /** @internal */
  readonly block: Block;
  /** @internal */
  readonly gradBlock: Block;
  readonly #grad: Tensor;
  #disposed = false;

  /** Zeros of this shape. @internal */
  constructor(shape: readonly number[], by?: typeof INTERNAL) {
    if (by !== INTERNAL) {
      throw new TypeError(`"Parameter": expected to be made by parameter(values), got new Parameter()`);
    }
    const allocate = () => activeCore().allocate(sizeOf(shape), false);
    const block = allocate();
    super(shape, block);
    this.block = block;
    this.gradBlock = allocate();
    this.#grad = new OwnedTensor(this.shape, this.gradBlock);
  }

  /** Shaped as the parameter; gradients add up here until zeroGrad(). Write to its data; it cannot be replaced. */
  get grad(): Tensor {
    return this.#grad;
  }

  /** @internal */
  get disposed(): boolean {
    return this.#disposed;
  }

  /** Frees the numbers and the gradient; using either afterwards throws. Not needed in ordinary use. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    activeCore().free(this.block);
    activeCore().free(this.gradBlock);
  }

  /** Calls dispose(): what `using` does at the end of its block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/**
 * Makes a parameter of one's own, for functions that are no module: write its gradient to `grad.data`, then
 * let an optimizer step. The values are copied and rounded to float32.
 *
 * @param values any shape, at least one value
 * @param shape whole numbers whose product is the number of values. Default: the shape of the values
 * @returns a parameter that has no gradient yet
 * @throws TypeError for what is not numbers; RangeError for no values, ragged rows, or a shape of another size
 * @example
 * import { parameter, Rprop } from "rprop";
 * const x = parameter([1, 1]);
 * const optimizer = new Rprop([x]);
 * for (let i = 0; i < 100; i++) {
 *   const slopes = x.toArray().map((value, i) => (i === 0 ? 0.02 : 200) * value); // of 0.01 a² + 100 b²
 *   x.grad.data.set(slopes);
 *   optimizer.step();
 * }
 * console.log(x.toArray().every((value) => Math.abs(value) < 1e-4)); // true
 */
export function parameter(values: Values, shape?: readonly number[]): Parameter {
  const initial = tensor(values, shape);
  if (initial.size === 0) throw wrongValue("values", "at least one value", initial.size);
  const made = new Parameter(initial.shape, INTERNAL);
  made.block.view.set(initial.data);
  return made;
}
