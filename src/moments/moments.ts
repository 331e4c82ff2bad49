import {
  checkNonNegative,
  checkNumber,
  checkPositiveInteger,
  notOurs,
  pluralize,
  Verbatim,
  wrongValue,
} from "../errors.js";
import { Opaque } from "../opaque.js";
import { countRowsAndColumns, type Values } from "../values.js";
import { type CoMoments, joined, noMoments, scaled } from "./co-moments.js";
import { type MomentsJSON, momentsFromJSON, momentsToJSON } from "./json.js";
import { leastSquares, type Solution } from "./least-squares.js";
import { checkSums, momentsOf } from "./rows.js";

/**
 * All that rows say about a linear model under squared error, in float64: their weight n, the means of the columns of
 * x and y, and sums of products of the differences from the means: Σ (x − mean)(x − mean)ᵀ, Σ (x − mean)(y − mean)ᵀ and,
 * of each output, Σ (y − mean)² (products of two outputs are in no such loss). However many rows are added, these are
 * about in² / 2 + in · out numbers. They can be added to, merged, saved and solved, and a Linear trains on them.
 *
 * The rows of one add() are summed in two passes about their own means, so that columns far from 0 keep their digits;
 * what is there and what comes are joined by the formulas of Chan, Golub & LeVeque (1983), for a single row those of
 * Welford (1962). By that rows cut into several add() calls, or merged, give the same but for rounding, about ε · |μ| / σ
 * of the sums of a column of mean μ and standard deviation σ. The sums of a column that never changes are exactly 0. Numbers are
 * read as they are, in float64 where they come so; those of a Tensor are float32.
 *
 * @example
 * import { Moments } from "rprop";
 * const moments = Moments.from([[1, 5], [2, 3], [3, 4]], [17, 16, 21]); // y = 3 · x₁ + 2 · x₂ + 4
 * moments.add([[4, 4]], [24]);
 * const { weight, bias } = moments.solve();
 * console.log(Array.from(weight, Math.round), Math.round(bias[0] ?? 0)); // [ 3, 2 ] 4
 */
export class Moments extends Opaque {
  /** Columns of x. */
  readonly inFeatures: number;
  /** Columns of y. */
  readonly outFeatures: number;
  #sums: CoMoments;

  /**
   * Makes the moments of no rows.
   *
   * @param inFeatures columns of x, a whole number of at least 1
   * @param outFeatures columns of y, a whole number of at least 1
   * @throws TypeError or RangeError for features that are no whole numbers of at least 1
   */
  constructor(inFeatures: number, outFeatures: number) {
    super();
    checkPositiveInteger("inFeatures", inFeatures);
    checkPositiveInteger("outFeatures", outFeatures);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.#sums = noMoments(inFeatures, outFeatures);
  }

  /**
   * Makes the moments of these rows, which say how many columns there are.
   *
   * @param x rows × features; flat values are one column
   * @param y as many rows × outputs; flat values are one column
   * @returns new moments
   * @throws TypeError or RangeError as add()
   */
  static from(x: Values, y: Values): Moments {
    const [, inFeatures] = countRowsAndColumns("x", x);
    const [, outFeatures] = countRowsAndColumns("y", y);
    return new this(inFeatures, outFeatures).add(x, y);
  }

  /**
   * Makes the moments that toJSON() gave.
   *
   * @param json what toJSON() gives, or JSON.parse() of its text
   * @returns new moments
   * @throws TypeError or RangeError for anything else
   */
  static fromJSON(json: MomentsJSON): Moments {
    const sums = momentsFromJSON(json);
    const moments = new this(sums.meanX.length, sums.meanY.length);
    moments.#sums = scaled(sums, 1);
    return moments;
  }

  /** The weight of the rows: how many were added, less what decay() has taken. */
  get n(): number {
    return this.#sums.n;
  }

  /** As they are now: what changes them makes new ones. @internal */
  get sums(): CoMoments {
    return this.#sums;
  }

  /**
   * Adds rows, of weight 1 each; none at all will do. Each call rounds the means to float64, which limits what many calls can
   * say of columns far from 0: the sums of one call are exact to some ε, those of many to ε · |μ| / σ, so that nothing is left
   * of a standard deviation near the distance of neighbouring float64 numbers, such as 1 at 2^53. Add such rows in one call, or
   * subtract a constant from them first.
   *
   * @param x rows × inFeatures; flat values are cut into rows
   * @param y as many rows × outFeatures; flat values are cut into rows
   * @returns these moments
   * @throws TypeError or RangeError for what is not such rows of finite numbers, or where the sums overflow. Nothing is
   * changed then.
   */
  add(x: Values, y: Values): this {
    const sums = joined(this.#sums, momentsOf(x, y, this.inFeatures, this.outFeatures, ""));
    checkSums(sums, "x", "y");
    this.#sums = sums;
    return this;
  }

  /**
   * Forgets: every row so far counts factor times what it did. The means stay. Rows that weigh less than 2^-500 all together are gone,
   * as if there had been none.
   *
   * @param factor from 0, which leaves no rows, to 1
   * @returns these moments
   * @throws TypeError or RangeError for any other factor
   */
  decay(factor: number): this {
    checkNumber("factor", "a number from 0 to 1", factor, (n) => n >= 0 && n <= 1);
    this.#sums = scaled(this.#sums, factor);
    return this;
  }

  /**
   * Adds the rows of other moments, which stay as they are.
   *
   * @param moments of as many features and outputs
   * @returns these moments
   * @throws TypeError for what are no Moments; RangeError for those of other numbers of features or outputs, or where
   * the sums overflow. Nothing is changed then.
   */
  merge(moments: Moments): this {
    if (!isMoments(moments)) throw notOurs("moments", "Moments of this library", moments);
    checkSizes("moments", moments, this.inFeatures, this.outFeatures);
    const sums = joined(this.#sums, moments.sums);
    checkSums(sums, "moments", "moments");
    this.#sums = sums;
    return this;
  }

  /** Gives plain numbers, for JSON and {@link fromJSON}: nothing is lost. @returns copies */
  toJSON(): MomentsJSON {
    return momentsToJSON(this.#sums);
  }

  /**
   * Finds the linear model of least squares, y = weight · x + bias:
   *
   *     Σ (y − weight · x − bias)² + ridge · Σ weight², the least over all weights and biases
   *
   * as sums over rows; the bias is not penalised. By Cholesky's factorization with pivoting, as if the
   * columns of x had been scaled to unit variance. A column that is constant, or of which other columns leave
   * less than 64 · in · ε of its variance, gets the weight 0: rows do not say how to share between columns
   * that depend on each other. (A ridge does.)
   *
   * @param ridge finite, at least 0, in the units of x squared, times rows. Default 0
   * @returns weight and bias in the units of the rows, and the mean squared error over all rows and outputs, without
   * the ridge's part: never negative, and known to about ε · Σ (y − mean)² / n, which is all there is at an exact fit
   * @throws Error when there are no rows; TypeError or RangeError for another ridge
   */
  solve(ridge = 0): Solution {
    checkNonNegative("ridge", ridge);
    checkRows(this, "solve()");
    return leastSquares(this.#sums, ridge);
  }

  /** Means and standard deviations, the population's, of the columns of x or y. @internal */
  columnStatistics(side: "x" | "y"): { means: Float64Array; stds: Float64Array } {
    checkRows(this, "Normalization");
    const { n, meanX, meanY, xx, yy } = this.#sums;
    if (side === "y") return { means: meanY, stds: yy.map((sum) => Math.sqrt(sum / n)) };
    let at = 0;
    const stds = meanX.map((_, i) => {
      const sum = xx[at] as number;
      at += meanX.length - i;
      return Math.sqrt(sum / n);
    });
    return { means: meanX, stds };
  }
}

/** Naming the class inside of itself would rename it in bundles. */
export function isMoments(value: unknown): value is Moments {
  return value instanceof Moments;
}

/** @throws RangeError for moments of other numbers of features or outputs */
export function checkSizes(name: string, moments: Moments, inFeatures: number, outFeatures: number): void {
  if (moments.inFeatures === inFeatures && moments.outFeatures === outFeatures) return;
  const sizes = (features: number, outputs: number) =>
    `${pluralize(features, "feature")} and ${pluralize(outputs, "output")}`;
  const got = new Verbatim(sizes(moments.inFeatures, moments.outFeatures));
  throw wrongValue(name, sizes(inFeatures, outFeatures), got);
}

/** @throws Error for moments of no rows */
export function checkRows(moments: Moments, what: string): void {
  if (moments.n === 0) throw new Error(`these Moments have no rows: add() some before ${what}`);
}
