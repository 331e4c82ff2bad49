import { backSolve, factorize, forwardSolve } from "./cholesky.js";
import { type CoMoments, symmetric } from "./co-moments.js";
import { SquaredError } from "./squared-error.js";

/** A linear model in the units of the rows. */
export interface Solution {
  /** Row-major, outFeatures × inFeatures. */
  weight: Float64Array;
  /** One number for each output. */
  bias: Float64Array;
  /** The mean squared error over all rows and outputs, without the ridge's part. */
  loss: number;
}

/**
 * The weights of least Σ (y − wᵀx − b)² + ridge · Σ w², from the normal equations of differences from the means,
 * (XᵀX + ridge · I) w = Xᵀy, by Cholesky's factorization; b = mean_y − wᵀmean_x. (Steps of iterative refinement were tried:
 * the rounding of the moments themselves is as large as what they mend.)
 */
export function leastSquares(moments: CoMoments, ridge: number): Solution {
  const { meanX, meanY, xx, xy } = moments;
  const [p, q] = [meanX.length, meanY.length];
  const matrix = symmetric(xx, p);
  for (let i = 0; i < matrix.length; i += p + 1) matrix[i] = (matrix[i] as number) + ridge;
  const factor = factorize(matrix, p);
  const parameters = new Float64Array((p + 1) * q);
  const [weight, bias] = [parameters.subarray(0, p * q), parameters.subarray(p * q)];
  meanY.forEach((mean, o) => {
    const w = weight.subarray(o * p, (o + 1) * p);
    backSolve(factor, forwardSolve(factor, xy, o, q), w);
    bias[o] = w.reduce((left, value, i) => left - value * (meanX[i] as number), mean);
  });
  const loss = new SquaredError(moments, new Float64Array(q).fill(1 / q)).measure(parameters, null);
  return { weight: weight.slice(), bias: bias.slice(), loss };
}
