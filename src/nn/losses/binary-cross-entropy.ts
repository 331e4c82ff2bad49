import type { Core } from "../../core/contract/core.js";
import { classification } from "../../core/families.js";
import { describe, placeOf, Verbatim, wrongValue } from "../../errors.js";
import { eachValue, type Values } from "../../values.js";
import { Criterion, type LossKernel } from "./criterion.js";

/** @throws RangeError that names row and column of the first value that is not in [0, 1] */
function checkProbabilities(name: string, values: Values, columns: number, first: number): void {
  eachValue(values, (value, i) => {
    if (value >= 0 && value <= 1) return;
    const got = new Verbatim(`${describe(value)} in ${placeOf(i, columns, first)}`);
    throw wrongValue(name, "numbers from 0 to 1", got);
  });
}

/**
 * Binary cross-entropy of logits z, any finite numbers, with targets y in [0, 1]: the mean, or the sum, of
 * max(z, 0) − z · y + log(1 + exp(−|z|)) over all elements, which is −y · log σ(z) − (1 − y) · log(1 − σ(z)) without its
 * overflow; the gradient is σ(z) − y. As torch.nn.BCEWithLogitsLoss. The prediction is rows × outputs, and so is the
 * target; one output for each question that yes or no answers, and no Sigmoid at the end of the model. An infinite z makes
 * the loss NaN or ∞.
 *
 * forward throws a RangeError for a target that is not in [0, 1]; nothing is changed then.
 *
 * @example
 * import { BCEWithLogitsLoss } from "rprop";
 * console.log(new BCEWithLogitsLoss().forward([0, 1e4, -1e4], [1, 1, 0]).item().toFixed(4)); // 0.2310
 */
export class BCEWithLogitsLoss extends Criterion {
  /** @internal */
  override readonly name = "BCEWithLogitsLoss";
  /** @internal */
  override readonly logitsOf = "numbers";

  /** @internal */
  override validate(
    name: string,
    prediction: Values | null,
    target: Values,
    rows: number,
    outputs: number,
    first = 0,
  ): number {
    checkProbabilities(name, target, outputs, first);
    return super.validate(name, prediction, target, rows, outputs);
  }

  /** @internal */
  override kernel(core: Core, outputs: number): LossKernel {
    const kernels = core.family(classification);
    return (prediction, target, derivative, rows) =>
      kernels.binaryCrossEntropyWithLogits(prediction, target, derivative, rows, outputs);
  }
}

/**
 * Binary cross-entropy of probabilities p in [0, 1] with targets y in [0, 1]: the mean, or the sum, of
 * −y · log p − (1 − y) · log(1 − p) over all elements, logarithms being at least −100; the gradient is
 * (p − y) / max(p · (1 − p), 1e-12). As torch.nn.BCELoss, for models that end in Sigmoid. BCEWithLogitsLoss without it loses
 * less to rounding.
 *
 * forward throws a RangeError for a prediction or a target that is not in [0, 1]; nothing is changed then.
 *
 * @example
 * import { BCELoss } from "rprop";
 * console.log(new BCELoss({ reduction: "sum" }).forward([0.5, 0], [1, 1]).item().toFixed(4)); // 100.6931
 */
export class BCELoss extends Criterion {
  /** @internal */
  override readonly name = "BCELoss";

  /** @internal */
  override readonly validatesPrediction = true;

  /** @internal */
  override validate(
    name: string,
    prediction: Values | null,
    target: Values,
    rows: number,
    outputs: number,
    first = 0,
  ): number {
    if (prediction !== null) checkProbabilities("prediction", prediction, outputs, first);
    checkProbabilities(name, target, outputs, first);
    return super.validate(name, prediction, target, rows, outputs);
  }

  /** @internal */
  override kernel(core: Core, outputs: number): LossKernel {
    const kernels = core.family(classification);
    return (prediction, target, derivative, rows) =>
      kernels.binaryCrossEntropy(prediction, target, derivative, rows, outputs);
  }
}
