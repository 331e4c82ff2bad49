/** The one score that importance is measured by: RMSE of numbers, log loss of classes. */
import { log64 } from "../../random/elementary.js";
import { outputWidth, type Schema, type Target } from "../schema.js";
import { MIN_PROBABILITY } from "../scores/calibration.js";

/** RMSE of numbers, or log loss of classes; less is better. */
export interface ExplainedScore {
  /** What it is called. */
  readonly name: "RMSE" | "log loss";
  /** The model's. */
  readonly value: number;
  /** That of the mean of the target, or of the shares of its classes. */
  readonly baseline: number;
}

/** The score of predictions, 0 where they are perfect. @param outputs numbers, or rows × classes: probabilities */
export function scoreOf(target: Target, y: Float32Array, outputs: Float32Array): number {
  let sum = 0;
  if (target.kind === "number") {
    for (let row = 0; row < y.length; row++) sum += ((outputs[row] as number) - (y[row] as number)) ** 2;
    return Math.sqrt(sum / y.length);
  }
  const classes = outputWidth(target);
  for (let row = 0; row < y.length; row++)
    sum += logLossOf(outputs[row * classes + (y[row] as number)] as number);
  return sum / y.length;
}

/** −log of a probability, as the scores of classes have it. */
export function logLossOf(probability: number): number {
  return -log64(Math.min(1, Math.max(MIN_PROBABILITY, probability)));
}

/** The score of the mean over the training rows, or of the shares that the classes have in these rows. */
export function baselineScoreOf(
  { target, baseline }: Pick<Schema, "target" | "baseline">,
  y: Float32Array,
): number {
  if (target.kind === "number") {
    const mean = baseline ?? y.reduce((sum, value) => sum + value, 0) / y.length;
    return Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
  }
  return sharesOf(y, outputWidth(target)).reduce(
    (sum, share) => sum + (share === 0 ? 0 : share * logLossOf(share)),
    0,
  );
}

/** The share of the rows that each class has. */
export function sharesOf(y: Float32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of y) counts[index]!++;
  return counts.map((count) => count / y.length);
}
