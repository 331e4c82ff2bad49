/** The kernels of Normalization: contracts as in core.ts. */
import type { Block } from "./core.js";

export interface StandardizeKernels {
  /**
   * y[r, c] = (x[r, c] − mean[c]) / deviation[c], or inverted x[r, c] · deviation[c] + mean[c]; every operation rounds.
   * y may be x.
   */
  standardize(
    x: Block,
    mean: Block,
    deviation: Block,
    y: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ): void;

  /** dx[r, c] = dy[r, c] / deviation[c], or inverted dy[r, c] · deviation[c]. dx may be dy. */
  standardizeGradInput(
    dy: Block,
    deviation: Block,
    dx: Block,
    rows: number,
    columns: number,
    invert: boolean,
  ): void;
}
