/** The kernels of losses of classification: contracts as in core.ts. exp, log and log1p are those of activations.ts. */
import type { Block } from "./core.js";

export interface ClassificationKernels {
  /**
   * Cross-entropy of logits z = prediction with targets y, a number each. In float32, with e = exp(−|z|):
   *
   *   derivative = σ(z) − y, σ(z) = (z > 0 ? 1 : e) / (1 + e)
   *   term       = (max(z, 0) − z · y) + log1p(e), all but log1p(e) in float64
   *
   * Returns Σ term in the order of Core.squaredError. derivative may be prediction. σ is within 2.5 ulp, log1p(e)
   * within 2⁻²² of itself. Where z is infinite, the term is what the formula gives, NaN or ∞.
   */
  binaryCrossEntropyWithLogits(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number;

  /**
   * Cross-entropy of probabilities p = prediction with targets y, a number each. In float32, with log(1 − p) for |p| < ¼ as
   * log(1 + f) for f = −p:
   *
   *   derivative = (p − y) / max((1 − p) · p, 1e-12)
   *   term       = (y − 1) · max(log(1 − p), −100) − y · max(log p, −100), its products and differences in float64
   *
   * Returns Σ term in the order of Core.squaredError. derivative may be prediction. max keeps NaN, which is what
   * logarithms of negative numbers are.
   */
  binaryCrossEntropy(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
  ): number;

  /**
   * y[r, c] = e[c] / S, with e[c] = exp(x[r, c] − m) and m the largest x of the row; S = Σ e[c], c ascending, is float64 and
   * rounded to float32 once. x, y rows × classes; y may be x. A row with NaN or ∞ in it, or of −∞ alone, becomes NaN.
   */
  softmax(x: Block, y: Block, rows: number, classes: number): void;

  /**
   * Cross-entropy of softmax(logits) with targets: of each row, with m, e and S as in softmax,
   *
   *   t[c] = target[r] = c ? 1 : 0 where indexed, else target[r, c]
   *   q[c] = weight[c] · (t[c] · oneMinusSmoothing + smoothingPerClass), every operation in float32
   *   Q    = Σ q[c], c ascending, in float64, rounded to float32 once
   *   derivative[r, c] = e[c] / S · Q − q[c], every operation in float32, from the left
   *   term = Σ q[c] · (log S − (logits[r, c] − m)), c ascending, logits − m of −∞ being 0 where q is 0; log S and
   *          logits − m in float32, the rest in float64
   *
   * Returns Σ term in the order of Core.squaredError for one output. logits, derivative rows × classes, target rows
   * where indexed, else rows × classes; derivative is neither of them. At most 2²⁴ classes.
   *
   * @param oneMinusSmoothing 1 − label smoothing, rounded to float32 by the caller
   * @param smoothingPerClass label smoothing / classes, rounded likewise
   */
  crossEntropy(
    logits: Block,
    target: Block,
    indexed: boolean,
    weight: Block,
    derivative: Block,
    rows: number,
    classes: number,
    oneMinusSmoothing: number,
    smoothingPerClass: number,
  ): number;
}
