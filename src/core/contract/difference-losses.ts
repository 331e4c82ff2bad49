/** The kernels of L1Loss and HuberLoss, which outliers pull less at: contracts as in core.ts. */
import type { Block } from "./core.js";

export interface DifferenceLossKernels {
  /** As Core.squaredError, with derivative = sign(d), which is d where that is ±0 or NaN, and Σ |d|. */
  absoluteError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number): number;

  /**
   * As Core.squaredError, with derivative = clamp(d, −delta, delta), NaN where d is, and Σ (½ |d| |d| where |d| ≤ delta, else
   * delta · (|d| − ½ delta)), each operation in float64. delta is a float32 above 0.
   */
  huberError(
    prediction: Block,
    target: Block,
    derivative: Block,
    rows: number,
    outputs: number,
    delta: number,
  ): number;
}
