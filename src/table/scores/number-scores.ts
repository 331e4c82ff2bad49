import { exponentials } from "../rows/log-target.js";
import type { Pair, Scorer } from "./scorer.js";

/** How good predictions of numbers are. */
export interface NumberScores {
  /** Says that a number is predicted. */
  readonly kind: "number";
  /** How many rows were measured. */
  readonly rows: number;
  /** The root of the mean squared error, in the target's own units, as the next three. */
  readonly rmse: number;
  /** The standard error of rmse; null where it is not known: files of earlier versions do not have it. */
  readonly rmseError: number | null;
  /** The mean absolute error. */
  readonly mae: number;
  /** The root of the mean squared error of the mean over the training rows. */
  readonly baselineRmse: number;
  /** 1 − Σ (prediction − target)² / Σ (target − its mean)²; null where the target is the same everywhere. */
  readonly r2: number | null;
  /** The share of the rows within the model's 90 % intervals; null where it has none. */
  readonly coverage: number | null;
}

export class NumberScorer implements Scorer<NumberScores> {
  readonly nonconformities: number[] = [];
  readonly #sample = new Sample();
  readonly #isLog: boolean;
  #rows = 0;
  /** Σ of the second and fourth powers of the errors, and of their sizes. */
  #squares = 0;
  #fourths = 0;
  #absolutes = 0;
  #baselineSquares = 0;
  /** Of the targets: mean and Σ (y − mean)² by the formula of Welford (1962). */
  #mean = 0;
  #spread = 0;

  /** @param isLog whether it is told logarithms of the target, and measures the target itself */
  constructor(isLog = false) {
    this.#isLog = isLog;
  }

  add(actual: Float32Array, outputs: Float32Array, baseline: number | null): void {
    const [truths, predictions] = this.#isLog
      ? [exponentials(actual), exponentials(outputs)]
      : [actual, outputs];
    for (let row = 0; row < truths.length; row++) {
      const [truth, prediction] = [truths[row] as number, predictions[row] as number];
      const square = (prediction - truth) ** 2;
      this.#squares += square;
      this.#fourths += square * square;
      this.#absolutes += Math.abs(prediction - truth);
      this.#baselineSquares += ((baseline ?? NaN) - truth) ** 2;
      const difference = truth - this.#mean;
      this.#mean += difference / ++this.#rows;
      this.#spread += difference * (truth - this.#mean);
      this.#sample.add([truth, prediction]);
      // Of logarithms, ratios: intervals are wider where numbers are larger.
      this.nonconformities.push(Math.abs((outputs[row] as number) - (actual[row] as number)));
    }
  }

  get pairs(): readonly Pair[] {
    return this.#sample.pairs;
  }

  result(): NumberScores {
    const rows = this.#rows;
    const rmse = Math.sqrt(this.#squares / rows);
    // The standard error of the mean of the squares, by the delta method that of its root.
    const variance = Math.max(0, this.#fourths / rows - (this.#squares / rows) ** 2);
    return {
      kind: "number",
      rows,
      rmse,
      rmseError: rmse === 0 ? 0 : Math.sqrt(variance / rows) / (2 * rmse),
      mae: this.#absolutes / rows,
      baselineRmse: Math.sqrt(this.#baselineSquares / rows),
      r2: this.#spread > 0 ? 1 - this.#squares / this.#spread : null,
      coverage: null,
    };
  }
}

/** The most pairs that a picture shows. */
const PAIRS = 2000;

/** One of every #stride pairs that come, which doubles when there are too many. */
class Sample {
  pairs: Pair[] = [];
  #stride = 1;
  #seen = 0;

  add(pair: Pair): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.pairs.push(pair);
    if (this.pairs.length < PAIRS) return;
    this.pairs = this.pairs.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }
}
