import type { Block, Core } from "../core/core.js";
import { GrowingBlock } from "../core/ownership.js";
import { activeCore } from "../core/select.js";
import {
  checkChoice,
  checkFinite,
  checkOptions,
  counted,
  disposed,
  ofShape,
  Phrase,
  stale,
  wrongType,
  wrongValue,
} from "../errors.js";
import { Tensor } from "../tensor.js";
import { copyValues, countRows, shapeOf, snapshot, type Values } from "../values.js";
import { Output, propagate } from "./output.js";

export interface LossOptions {
  /** `"mean"` over all elements, or their `"sum"`. Default `"mean"`. */
  reduction?: "mean" | "sum";
}

/** The value of a loss: a scalar that can be taken backward, once. Its value never goes stale. */
export class Loss extends Tensor {
  readonly #backward: (factor: number) => void;
  #done = false;

  /** @internal */
  constructor(value: number, backward: (factor: number) => void) {
    const data = Float32Array.of(value);
    super([], { view: data, expose: () => data });
    this.#backward = backward;
  }

  /**
   * Adds the loss's gradients to the `grad` of every parameter that the prediction came from.
   *
   * @param factor what they are multiplied by; finite
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

/** What losses have in common: reading prediction and target, and the way back. */
abstract class Criterion {
  readonly reduction: "mean" | "sum";
  /** In messages; not constructor.name, which bundlers shorten. @internal */
  protected abstract readonly name: string;
  /** @internal */
  protected readonly core: Core = activeCore();
  readonly #prediction = new GrowingBlock(this, this.core);
  readonly #target = new GrowingBlock(this, this.core);
  readonly #derivative = new GrowingBlock(this, this.core);
  #forwards = 0;
  #disposed = false;

  constructor(options: LossOptions = {}) {
    checkOptions("options", options, this.optionNames);
    const { reduction = "mean" } = options;
    checkChoice("reduction", ["mean", "sum"], reduction);
    this.reduction = reduction;
  }

  /** Of the prototype, so that the constructor above can ask. @internal */
  protected get optionNames(): readonly string[] {
    return ["reduction"];
  }

  /** Writes the derivative without its constant factor and returns the sum over all elements, in float64. @internal */
  protected abstract measure(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number;
  /** The constant factor of the derivative. @internal */
  protected abstract readonly derivativeFactor: number;

  /**
   * @param prediction rows × outputs: a module's output, or any values when only the loss's value is wanted
   * @param target the same shape; [rows] fits [rows, 1]; flat values are cut into rows
   * @returns a scalar with item() and backward()
   * @throws TypeError or RangeError for shapes that do not fit, no rows, or what is not numbers; Error for a stale
   * prediction or after dispose()
   */
  forward(prediction: Values, target: Values): Loss {
    if (this.#disposed) throw disposed(`this ${this.name}`);
    const shape = shapeOf("prediction", prediction);
    const [rows = 0, outputs = 1] = shape;
    if (shape.length === 0 || shape.length > 2) {
      throw wrongValue("prediction", "rows × outputs", ofShape(shape));
    }
    const size = rows * outputs;
    if (size === 0) throw wrongValue("prediction", "at least one row and output", ofShape(shape));
    const targetRows = countRows("target", target, outputs, "output");
    if (targetRows !== rows) {
      throw wrongValue(
        "target",
        `${counted(rows, "row")}, as the prediction has`,
        new Phrase(`${targetRows}`),
      );
    }
    const forward = ++this.#forwards; // before blocks are replaced
    // A module's output is read where it is.
    const output = prediction instanceof Output ? prediction : null;
    const blocks = [this.#target, this.#derivative, ...(output === null ? [this.#prediction] : [])];
    const grows = !blocks.every((block) => block.fits(size));
    const given = grows && output === null ? snapshot(prediction, size) : prediction;
    const aim = grows ? snapshot(target, size) : target;
    const predicted = output === null ? this.#prediction.atLeast(size) : output.block;
    const wanted = this.#target.atLeast(size);
    const derivative = this.#derivative.atLeast(size);
    if (output === null) copyValues(given, predicted.view);
    copyValues(aim, wanted.view);
    const sum = this.measure(predicted, wanted, derivative, rows, outputs);
    const average = this.reduction === "mean" ? 1 / size : 1;
    return new Loss(Math.fround(sum * average), (factor) => {
      this.#checkBackward(output, forward);
      const scale = this.derivativeFactor * average * factor;
      if (!Number.isFinite(scale)) throw wrongValue("factor", "a factor that does not overflow", factor);
      propagate(output as Output, derivative, scale);
    });
  }

  #checkBackward(output: Output | null, forward: number): void {
    const { name } = this;
    if (this.#disposed) throw disposed(`this ${name}`);
    if (output === null) {
      throw new Error(
        `this loss cannot go backward: its prediction is not the output of a module of this library`,
      );
    }
    if (forward !== this.#forwards) {
      throw stale("loss", name, `Use one ${name} per place`);
    }
  }

  /** Frees what the loss owns; using it afterwards throws. Not needed in ordinary use. */
  dispose(): void {
    this.#disposed = true;
    for (const block of [this.#prediction, this.#target, this.#derivative]) block.release();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/**
 * Mean squared error: Σ (prediction − target)² / N over all N elements, or the sum with `{ reduction: "sum" }`. The
 * value is summed in float64 and rounded to float32 once.
 *
 * Deviation from PyTorch, which sums in float32: the last digit may differ.
 *
 * @example
 * import { Linear, MSELoss } from "rprop";
 * const linear = new Linear(1, 1);
 * const loss = new MSELoss().forward(linear.forward([1, 2, 3]), [2, 4, 6]);
 * loss.backward();
 * console.log(loss.item(), linear.weight.grad.item());
 */
export class MSELoss extends Criterion {
  /** @internal */
  protected override readonly name = "MSELoss";
  /** @internal */
  protected override readonly derivativeFactor = 2;

  /** @internal */
  protected override measure(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number {
    return this.core.squaredError(prediction, target, derivative, rows, outputs);
  }
}

/**
 * Mean absolute error: Σ |prediction − target| / N, or the sum. Its gradient is the sign of the difference, 0 where they
 * are equal. As torch.nn.L1Loss.
 *
 * @example
 * import { L1Loss } from "rprop";
 * console.log(new L1Loss().forward([1, 2, 6], [1, 1, 1]).item()); // 2
 */
export class L1Loss extends Criterion {
  /** @internal */
  protected override readonly name = "L1Loss";
  /** @internal */
  protected override readonly derivativeFactor = 1;

  /** @internal */
  protected override measure(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number {
    return this.core.absoluteError(prediction, target, derivative, rows, outputs);
  }
}

export interface HuberLossOptions extends LossOptions {
  /** Where the square becomes a line; finite, above 0. Default 1. */
  delta?: number;
}

/**
 * Huber's loss (1964): ½ d² for a difference of at most delta, delta · (|d| − ½ delta) beyond: as smooth as a square
 * near the target, and no steeper than delta far from it. As torch.nn.HuberLoss.
 *
 * @example
 * import { HuberLoss } from "rprop";
 * console.log(new HuberLoss({ delta: 1, reduction: "sum" }).forward([1, 3], [0, 0]).item()); // 3
 */
export class HuberLoss extends Criterion {
  /** @internal */
  protected override readonly name = "HuberLoss";
  /** @internal */
  protected override readonly derivativeFactor = 1;
  readonly delta: number;

  /** @internal */
  protected override get optionNames(): readonly string[] {
    return ["reduction", "delta"];
  }

  /** @throws TypeError or RangeError for unknown options, or a delta that is not finite and above 0 in float32 */
  constructor(options: HuberLossOptions = {}) {
    super(options);
    const { delta = 1 } = options;
    const expected = "a finite number above 0";
    if (typeof delta !== "number") throw wrongType("delta", expected, delta);
    this.delta = Math.fround(delta);
    if (!(this.delta > 0 && this.delta < Infinity)) throw wrongValue("delta", expected, delta);
  }

  /** @internal */
  protected override measure(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number {
    return this.core.huberError(prediction, target, derivative, rows, outputs, this.delta);
  }
}
