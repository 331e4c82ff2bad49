/** The kernels of Normalization: contracts as in core.ts. */
import type { Block } from "./core.js";

export interface StandardizeKernels {
  /**
   * y[r, c] = (x[r, c] − mean[c]) / std[c], or inverted x[r, c] · std[c] + mean[c]; every operation rounds.
   * y may be x.
   */
  standardize(
    x: Block,
    mean: Block,
    std: Block,
    y: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ): void;

  /** dx[r, c] = dy[r, c] / std[c], or inverted dy[r, c] · std[c]. dx may be dy. */
  standardizeGradInput(
    dy: Block,
    std: Block,
    dx: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ): void;
}
