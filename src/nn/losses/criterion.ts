import type { Block, Core } from "../../core/contract/core.js";
import { activeCore } from "../../core/select.js";
import {
  checkChoice,
  checkFinite,
  disposed,
  notOurs,
  pluralize,
  shapeText,
  stale,
  Verbatim,
  wrongValue,
} from "../../errors.js";
import { Opaque } from "../../opaque.js";
import { checkOptions } from "../../options.js";
import { Tensor } from "../../tensor.js";
import { rowsIn, shapeOf, snapshot, type Values } from "../../values.js";
import { GrowingBlock } from "../growing-block.js";
import { Output, propagate } from "../output.js";

/** The options of every loss. */
export interface LossOptions {
  /** `"mean"` over all elements, or their `"sum"`. Default `"mean"`. */
  reduction?: "mean" | "sum";
}

/**
 * The value of a loss: a scalar that can be taken backward, once. Its value never goes stale.
 *
 * @example
 * import { Linear, MSELoss } from "rprop";
 * const linear = new Linear(1, 1);
 * linear.loadStateDict({ weight: [[1]], bias: [0] });
 * const loss = new MSELoss().forward(linear.forward([1, 2, 3]), [2, 4, 6]);
 * loss.backward();
 * console.log(loss.item().toFixed(4), linear.bias?.grad.item()); // 4.6667 -4
 */
export class Loss extends Tensor {
  readonly #backward: (factor: number) => void;
  #done = false;

  /** @internal */
  constructor(value: number, backward: (factor: number) => void) {
    super([], Float32Array.of(value));
    this.#backward = backward;
  }

  /**
   * Adds the loss's gradients to the `grad` of every parameter that the prediction came from.
   *
   * @param factor what they are multiplied by; finite. Default 1
   * @throws Error at a second time, for a stale prediction, for one that no module made, or when an optimizer has since
   * changed weights that the way back needs (those written by hand are not noticed); TypeError or
   * RangeError for a factor that is not a finite number. Nothing is changed then.
   */
  backward(factor = 1): void {
    checkFinite("factor", factor);
    if (this.#done)
      throw new Error("this loss has been taken backward before: compute it again with forward");
    this.#backward(factor);
    this.#done = true;
  }
}

/**
 * Writes the derivative without its constant factor, which may be where the prediction is unless the loss is CrossEntropyLoss,
 * and returns the sum over all elements, in float64.
 */
export type LossKernel = (prediction: Block, target: Block, derivative: Block, rows: number) => number;

/**
 * A loss: it measures predictions against targets, and knows the way back.
 *
 * @example
 * import { type Criterion, L1Loss, MSELoss } from "rprop";
 * const losses: Criterion[] = [new MSELoss(), new L1Loss({ reduction: "sum" })];
 * console.log(losses.map((loss) => loss.forward([1, 2], [1, 4]).item())); // [ 2, 2 ]
 */
export abstract class Criterion extends Opaque {
  /** Whether the value is the mean over all elements or their sum. */
  readonly reduction: "mean" | "sum";
  /** In messages; not constructor.name, which bundlers shorten. @internal */
  abstract readonly name: string;
  /** @internal */
  protected readonly core: Core = activeCore();
  readonly #prediction = new GrowingBlock(this.core);
  readonly #target = new GrowingBlock(this.core);
  readonly #derivative = new GrowingBlock(this.core);
  /** Of what the kernel keeps beside. */
  readonly #constants = new GrowingBlock(this.core);
  #kernel: { measure: LossKernel; outputs: number; targetColumns: number } | undefined;
  #forwards = 0;
  #disposed = false;

  /**
   * Makes a loss.
   *
   * @param options `reduction`: `"mean"` over all elements, the default, or their `"sum"`
   * @throws TypeError or RangeError for unknown options or another reduction
   */
  constructor(options: LossOptions = {}) {
    super();
    checkOptions("options", options, this.optionNames);
    const { reduction = "mean" } = options;
    checkChoice("reduction", ["mean", "sum"], reduction);
    this.reduction = reduction;
  }

  /** Of the prototype, so that the constructor above can ask. @internal */
  protected get optionNames(): readonly string[] {
    return ["reduction"];
  }

  /**
   * What computes the loss on a core, for targets of so many columns.
   *
   * @param allocate makes the one block that it may keep
   * @internal
   */
  abstract kernel(
    core: Core,
    outputs: number,
    targetColumns: number,
    allocate: (length: number) => Block,
  ): LossKernel;
  /** What the sum is multiplied by, where the mean divides by parts. @internal */
  meanFactor(_name: string, parts: number): number {
    return this.reduction === "mean" ? 1 / parts : 1;
  }

  /** Whether inspect has anything to say about predictions. @internal */
  readonly validatesPrediction: boolean = false;
  /** Whether predictions are logits. @internal */
  readonly takesLogits: boolean = false;
  /** The constant factor of the derivative. @internal */
  readonly derivativeFactor: number = 1;

  // What follows is for losses whose targets are not one number for each prediction, or not any number. name is what
  // messages call the target.

  /** Columns of the target, whose shape is checked here. @internal */
  targetColumns(name: string, target: Values, rows: number, outputs: number): number {
    const shape = shapeOf(name, target);
    if (shape.length === 1 && shape[0] === rows && rows > 0 && outputs > 1)
      throw wrongValue(name, `rows × ${outputs} (class indices: CrossEntropyLoss)`, shapeText(shape));
    const targetRows = rowsIn(name, shape, outputs, "output");
    if (targetRows === rows) return outputs;
    const expected = `${pluralize(rows, "row")}, as the prediction has`;
    throw wrongValue(name, expected, new Verbatim(`${targetRows}`));
  }

  /**
   * Checks the values, whose shapes fit, and returns what the mean divides by.
   *
   * @param prediction null where there is none to check
   * @param first what messages call the first row, 0 if left out
   * @internal
   */
  validate(
    _name: string,
    _prediction: Values | null,
    _target: Values,
    rows: number,
    outputs: number,
    _first?: number,
  ): number {
    return rows * outputs;
  }

  /**
   * Measures a prediction.
   *
   * @param prediction rows × outputs: a module's output, or any values when only the loss's value is wanted
   * @param target the same shape; [rows] fits [rows, 1]; flat values are cut into rows
   * @returns a scalar with item() and backward()
   * @throws TypeError or RangeError for shapes that do not fit, no rows, or what is no number that the loss takes; Error
   * for a stale prediction or after dispose()
   */
  forward(prediction: Values, target: Values): Loss {
    this.checkAlive();
    const shape = shapeOf("prediction", prediction);
    const [rows = 0, outputs = 1] = shape;
    if (shape.length === 0 || shape.length > 2) {
      throw wrongValue("prediction", "rows × outputs", shapeText(shape));
    }
    const size = rows * outputs;
    if (size === 0) throw wrongValue("prediction", "at least one row and output", shapeText(shape));
    const targetSize = rows * this.targetColumns("target", target, rows, outputs);
    const average = this.meanFactor("target", this.validate("target", prediction, target, rows, outputs));
    const forward = ++this.#forwards; // before blocks are replaced
    // A module's output is read where it is.
    const output = prediction instanceof Output ? prediction : null;
    const targetValues =
      output !== null || this.#prediction.fits(size) ? target : snapshot(target, targetSize);
    const predicted = output === null ? this.#prediction.holding(prediction, size) : output.block;
    const targetBlock = this.#target.holding(targetValues, targetSize);
    const derivative = this.#derivative.atLeast(size);
    const sum = this.#lossKernel(outputs, targetSize / rows)(predicted, targetBlock, derivative, rows);
    return new Loss(Math.fround(sum * average), (factor) => {
      this.#checkBackward(output, forward);
      const scale = this.derivativeFactor * average * factor;
      if (!Number.isFinite(scale)) throw wrongValue("factor", "a factor that does not overflow", factor);
      propagate(output as Output, derivative, scale);
    });
  }

  /** The kernel on the library's core, made again only when columns change. */
  #lossKernel(outputs: number, targetColumns: number): LossKernel {
    let kernel = this.#kernel;
    if (kernel?.outputs !== outputs || kernel.targetColumns !== targetColumns) {
      const allocate = (length: number) => this.#constants.atLeast(length);
      const measure = this.kernel(this.core, outputs, targetColumns, allocate);
      this.#kernel = kernel = { measure, outputs, targetColumns };
    }
    return kernel.measure;
  }

  #checkBackward(output: Output | null, forward: number): void {
    const { name } = this;
    this.checkAlive();
    if (output === null) {
      throw new Error(
        `this loss cannot go backward: its prediction is not the output of a module of this library`,
      );
    }
    if (forward !== this.#forwards) {
      throw stale("loss", name, `Use one ${name} per place`);
    }
  }

  /** @throws Error after dispose() @internal */
  checkAlive(): void {
    if (this.#disposed) throw disposed(`this ${this.name}`);
  }

  /** Frees what the loss owns; using it afterwards throws. Not needed in ordinary use. */
  dispose(): void {
    this.#disposed = true;
    for (const block of [this.#prediction, this.#target, this.#derivative, this.#constants]) block.release();
  }

  /** Calls dispose(): what `using` does at the end of its block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export function checkLoss(name: string, value: unknown): void {
  if (!(value instanceof Criterion))
    throw notOurs(name, "a loss of this library, such as new MSELoss()", value);
  value.checkAlive();
}
