import { newArray } from "../array.js";
import type { Block, Core, KernelFamily, RpropRule, Totals } from "../core.js";
import { JsBlock } from "./block.js";
import { absoluteError, type Differences, huberError, squaredError } from "./difference-loss.js";
import { accumulate, countNonFinite } from "./gradient.js";
import { linearForward, linearGradBias, linearGradInput, linearGradWeight } from "./linear.js";
import { rprop } from "./rprop.js";
import { standardize, standardizeGradInput } from "./standardize.js";

/** The core in JavaScript, which runs where WebAssembly does not. */
export class JsCore implements Core {
  readonly name = "js";
  /** The sums of one block of rows. */
  #partial = new Float32Array(0);
  readonly #lanes = new Float64Array(8);

  allocate(length: number): Block {
    return new JsBlock(newArray(Float32Array, length));
  }

  allocateTotals(length: number): Totals {
    return new JsBlock(newArray(Float64Array, length));
  }

  reserve(inFeatures: number, outFeatures: number): void {
    const { length } = this.#partial;
    if (length < inFeatures * outFeatures) this.#partial = newArray(Float32Array, inFeatures * outFeatures);
  }

  family<Kernels>(family: KernelFamily<Kernels>): Kernels {
    return family.js;
  }

  free(block: Block | Totals): void {
    (block as JsBlock<Float32Array>).free();
  }

  linearForward(
    x: Block,
    weight: Block,
    bias: Block | null,
    y: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    linearForward(
      x.view,
      weight.view,
      bias === null ? null : bias.view,
      y.view,
      rows,
      inFeatures,
      outFeatures,
    );
  }

  linearGradWeight(
    dy: Block,
    x: Block,
    total: Totals,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    linearGradWeight(dy.view, x.view, total.view, this.#partial, rows, inFeatures, outFeatures);
  }

  linearGradBias(dy: Block, total: Totals, rows: number, outFeatures: number) {
    linearGradBias(dy.view, total.view, rows, outFeatures);
  }

  linearGradInput(
    dy: Block,
    weight: Block,
    dx: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    linearGradInput(dy.view, weight.view, dx.view, rows, inFeatures, outFeatures);
  }

  squaredError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number) {
    return squaredError(this.#differences(prediction, target, derivative), rows, outputs);
  }

  absoluteError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number) {
    return absoluteError(this.#differences(prediction, target, derivative), rows, outputs);
  }

  huberError(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
    delta: number,
  ) {
    return huberError(this.#differences(prediction, target, derivative), rows, outputs, delta);
  }

  #differences(prediction: Block, target: Block, derivative: Block): Differences {
    return {
      prediction: prediction.view,
      target: target.view,
      derivative: derivative.view,
      lanes: this.#lanes,
    };
  }

  standardize(
    x: Block,
    mean: Block,
    deviation: Block,
    y: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ) {
    standardize(x.view, mean.view, deviation.view, y.view, rows, columns, invert);
  }

  standardizeGradInput(
    dy: Block,
    deviation: Block,
    dx: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ) {
    standardizeGradInput(dy.view, deviation.view, dx.view, rows, columns, invert);
  }

  accumulate(grad: Block, total: Totals, scale: number) {
    accumulate(grad.view, total.view, scale);
  }

  countNonFinite(values: Block) {
    return countNonFinite(values.view);
  }

  rprop(data: Block, grad: Block, prev: Block, stepSize: Block, rule: RpropRule) {
    rprop(data.view, grad.view, prev.view, stepSize.view, rule);
  }
}
