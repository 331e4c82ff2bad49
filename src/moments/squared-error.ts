import { newArray } from "../array.js";
import { type Factor, factorize, forwardSolve } from "./cholesky.js";
import { type CoMoments, symmetric } from "./co-moments.js";

/**
 * The squared error of a linear model, and its gradient, from moments: in² · out operations, however many rows there
 * were. For one output with weights w, with residuals split into their mean and the rest,
 *
 *     Σ (wᵀx + b − y)² = ‖R w − z‖² + rest + n · (wᵀmean_x + b − mean_y)²
 *
 * where RᵀR = Σ (x − mean)(x − mean)ᵀ, Rᵀz = Σ (x − mean)(y − mean), and rest = Σ (y − mean)² − ‖z‖² is what no w
 * takes away. As a sum of squares it is never negative, and near its minimum it tells apart what
 * wᵀ RᵀR w − 2 wᵀRᵀz + Σ (y − mean)² would lose by cancellation. rest is known to about ε · Σ (y − mean)².
 */
export class SquaredError {
  readonly #moments: CoMoments;
  readonly #factor: Factor;
  /** z of each output, one after the other. */
  readonly #targets: Float64Array;
  readonly #rests: Float64Array;
  readonly #scales: Float64Array;
  /** Of one output: weights in the order of the factor, R w − z, and its product with Rᵀ. */
  readonly #weights: Float64Array;
  readonly #errors: Float64Array;
  readonly #slopes: Float64Array;

  /**
   * @param moments of at least one row
   * @param scales what each output's mean over the rows is multiplied by
   */
  constructor(moments: CoMoments, scales: Float64Array) {
    const { meanX, xx, xy, yy } = moments;
    const [p, q] = [meanX.length, yy.length];
    this.#moments = moments;
    this.#scales = scales;
    this.#factor = factorize(symmetric(xx, p), p);
    const { rank } = this.#factor;
    this.#targets = newArray(Float64Array, rank * q);
    this.#rests = yy.map((sum, o) => {
      const z = forwardSolve(this.#factor, xy, o, q);
      this.#targets.set(z, o * rank);
      return Math.max(
        0,
        z.reduce((left, value) => left - value * value, sum),
      );
    });
    this.#weights = new Float64Array(p);
    this.#errors = new Float64Array(rank);
    this.#slopes = new Float64Array(p);
  }

  /**
   * The error at these parameters.
   *
   * @param parameters weights, outputs × inputs, and a bias for each output or none
   * @param gradient as parameters, to be written; null where only the error is wanted
   */
  measure(parameters: Float64Array, gradient: Float64Array | null): number {
    const { n, meanX, meanY } = this.#moments;
    const [p, q] = [meanX.length, meanY.length];
    let total = 0;
    for (let o = 0; o < q; o++) {
      let mean = (parameters[p * q + o] ?? 0) - (meanY[o] as number);
      for (let i = 0; i < p; i++) mean += (parameters[o * p + i] as number) * (meanX[i] as number);
      const squares = this.#multiply(parameters, o) + (this.#rests[o] as number);
      const scale = this.#scales[o] as number;
      total += scale * (squares / n + mean * mean);
      if (gradient === null) continue;
      this.#transposed();
      for (let k = 0; k < p; k++) {
        const i = this.#factor.order[k] as number;
        gradient[o * p + i] = 2 * scale * ((this.#slopes[k] as number) / n + mean * (meanX[i] as number));
      }
      if (parameters.length > p * q) gradient[p * q + o] = 2 * scale * mean;
    }
    return total;
  }

  /** R w − z of output o; returns its sum of squares. */
  #multiply(parameters: Float64Array, o: number): number {
    const { size, rank, order, rows } = this.#factor;
    const weights = this.#weights;
    for (let k = 0; k < size; k++) weights[k] = parameters[o * size + (order[k] as number)] as number;
    let squares = 0;
    for (let k = 0; k < rank; k++) {
      let error = -(this.#targets[o * rank + k] as number);
      for (let j = k; j < size; j++) error += (rows[k * size + j] as number) * (weights[j] as number);
      this.#errors[k] = error;
      squares += error * error;
    }
    return squares;
  }

  /** Rᵀ (R w − z). */
  #transposed(): void {
    const { size, rank, rows } = this.#factor;
    const slopes = this.#slopes.fill(0);
    for (let k = 0; k < rank; k++) {
      const error = this.#errors[k] as number;
      for (let j = k; j < size; j++)
        slopes[j] = (slopes[j] as number) + error * (rows[k * size + j] as number);
    }
  }
}
