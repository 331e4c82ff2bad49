import { newArray } from "../../array.js";
import type { Block, Core, KernelFamily, RpropRule, Totals } from "../contract/core.js";
import { JsBlock } from "./block.js";
import { squaredError } from "./difference-loss.js";
import { accumulate, countNonFinite } from "./gradient.js";
import {
  linearForward,
  linearGradBias,
  linearGradInput,
  linearGradWeight,
  packBackward,
  packForward,
} from "./linear.js";
import { rprop } from "./rprop.js";

/** The core in JavaScript, which runs where WebAssembly does not. */
export class JsCore implements Core {
  readonly name = "js";
  /** The sums of one block of rows: as many elements as the longest totals, so that no kernel allocates. */
  #partial = new Float32Array(0);

  allocate(length: number): Block {
    return new JsBlock(newArray(Float32Array, length));
  }

  allocateTotals(length: number): Totals {
    if (this.#partial.length < length) this.#partial = newArray(Float32Array, length);
    return new JsBlock(newArray(Float64Array, length));
  }

  allocatePanels(inFeatures: number, outFeatures: number): Block {
    return this.allocate((inFeatures + 1) * outFeatures);
  }

  reserve(): void {}

  family<Kernels>(family: KernelFamily<Kernels>): Kernels {
    return family.js;
  }

  free(block: Block | Totals): void {
    (block as JsBlock<Float32Array>).free();
  }

  packForward(weight: Block, bias: Block | null, panels: Block, inFeatures: number, outFeatures: number) {
    const size = inFeatures * outFeatures;
    packForward(weight.view, bias === null ? null : bias.view, panels.view, size, outFeatures);
  }

  linearForward(x: Block, panels: Block, y: Block, rows: number, inFeatures: number, outFeatures: number) {
    linearForward(x.view, panels.view, y.view, rows, inFeatures, outFeatures);
  }

  linearGradParameters(
    dy: Block,
    x: Block,
    weightTotal: Totals,
    biasTotal: Totals | null,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    linearGradWeight(dy.view, x.view, weightTotal.view, this.#partial, rows, inFeatures, outFeatures);
    if (biasTotal !== null) linearGradBias(dy.view, biasTotal.view, rows, outFeatures);
  }

  packBackward(weight: Block, panels: Block, inFeatures: number, outFeatures: number) {
    packBackward(weight.view, panels.view, inFeatures * outFeatures);
  }

  linearGradInput(
    dy: Block,
    panels: Block,
    dx: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ) {
    linearGradInput(dy.view, panels.view, dx.view, rows, inFeatures, outFeatures);
  }

  squaredError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number) {
    return squaredError(prediction.view, target.view, derivative.view, rows, outputs);
  }

  accumulate(grad: Block, total: Totals, scale: number, fresh: boolean) {
    accumulate(grad.view, total.view, scale, fresh);
  }

  countNonFinite(values: Block) {
    return countNonFinite(values.view);
  }

  rprop(data: Block, grad: Block, prev: Block, stepSize: Block, rule: RpropRule) {
    rprop(data.view, grad.view, prev.view, stepSize.view, rule);
  }
}
