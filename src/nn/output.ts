import type { Block } from "../core/contract/core.js";
import { pluralize, stale, Verbatim, wrongType, wrongValue } from "../errors.js";
import { OwnedTensor, type Storage } from "../tensor.js";
import { countRows, type Values } from "../values.js";
import type { Layer } from "./layer.js";

/**
 * The output of a module: rows × features. It belongs to the module and lives until the module's next
 * forward; toArray() and toRows() copy.
 *
 * @example
 * import { Linear } from "rprop";
 * const linear = new Linear(2, 1);
 * const y = linear.forward([[1, 2], [3, 4]]);
 * y.backward([1, 1]); // of a loss that is the sum of the outputs
 * console.log(y.shape, linear.weight.grad.toArray()); // [ 2, 1 ] [ 4, 6 ]
 */
export class Output extends OwnedTensor {
  /** @internal */
  readonly layer: Layer;
  /** What the layer read: its own copy, or the block of source. @internal */
  readonly input: Block;
  /** Columns of input. @internal */
  readonly inputColumns: number;
  /** The output of another module that the layer read, which backward goes on to. @internal */
  readonly source: Output | null;
  /** The layer's weightSteps when it ran. @internal */
  readonly weightVersion: number;
  /** @internal */
  declare readonly storage: OutputStorage;

  /** @internal */
  constructor(
    layer: Layer,
    shape: readonly [rows: number, columns: number],
    block: Block,
    input: Block,
    inputColumns: number,
    source: Output | null,
  ) {
    const storage = new OutputStorage(layer, block, shape[0] * shape[1]);
    super(shape, storage);
    this.layer = layer;
    this.input = input;
    this.inputColumns = inputColumns;
    this.source = source;
    this.weightVersion = layer.weightVersion();
  }

  /** @internal */
  get rows(): number {
    return this.shape[0] as number;
  }

  /** Row-major, at the start of the block. @internal */
  get block(): Block {
    return this.storage.block;
  }

  /** @internal */
  override checkAlive(): void {
    this.storage.checkAlive();
  }

  /**
   * Adds gradients to the `grad` of every parameter that this output came from, for a loss of one's own. Losses of
   * several parts may go backward one after the other: their gradients add up.
   *
   * @param gradient ∂loss/∂output, rows × features; may be left out for an output of one value, where it is 1
   * @throws TypeError when it is left out for more values, or for what is not numbers; RangeError for another shape;
   * Error for a stale output, or when an optimizer has since changed weights that the way back needs (those written
   * by hand are not noticed). Nothing is changed then.
   */
  backward(gradient?: Values): void {
    this.checkAlive();
    if (gradient === undefined && this.size !== 1) {
      throw wrongType("gradient", `one number for each of the ${this.size} outputs`, gradient);
    }
    const [rows, columns] = this.shape as [number, number];
    const given = gradient === undefined ? [1] : gradient;
    const got = countRows("gradient", given, columns, "output");
    if (got !== rows)
      throw wrongValue("gradient", pluralize(rows, "row"), new Verbatim(pluralize(got, "row")));
    propagate(this, this.layer.givenGradient.holding(given, this.size), 1);
  }
}

/**
 * The backward pass from one output down to the first: everything is checked and allocated first, so that a refused
 * pass changes nothing. gradient is ∂loss/∂output up to scale, which each sum over rows is multiplied by at its end.
 */
export function propagate(output: Output, gradient: Block, scale: number): void {
  for (let o: Output | null = output; o !== null; o = o.source) {
    o.checkAlive();
    o.layer.prepareBackward(o);
  }
  let dy = gradient;
  for (let o: Output | null = output; o !== null; o = o.source) dy = o.layer.backward(o, dy, scale);
}

class OutputStorage implements Storage {
  readonly #forwards: number;

  constructor(
    readonly layer: Layer,
    readonly block: Block,
    readonly length: number,
  ) {
    this.#forwards = layer.forwards;
  }

  get view(): Float32Array {
    this.checkAlive();
    return this.block.view.subarray(0, this.length);
  }

  expose(): Float32Array {
    this.checkAlive();
    return this.block.expose().subarray(0, this.length);
  }

  checkAlive(): void {
    this.layer.checkAlive();
    if (this.layer.forwards !== this.#forwards) {
      const advice = "Use an output before the next forward (toArray() copies it), and one module per place";
      throw stale("output", this.layer.describe(), advice);
    }
  }
}
