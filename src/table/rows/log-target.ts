/** Targets of which a model learns the logarithm, and predicts the exponential of its output. */
import { exp64, log64 } from "../../random/elementary.js";
import type { Target } from "../schema.js";
import type { OptionText } from "../wording.js";

/** Whether the outputs of a model are logarithms of the target. */
export function isLog(target: Target): boolean {
  return target.kind === "number" && target.scale === "log";
}

/** The logarithms of numbers, in float32; NaN for those that are not positive. */
export function logarithms(values: Float32Array): Float32Array {
  return Float32Array.from(values, (value) => (value > 0 && value < Infinity ? log64(value) : NaN));
}

/** The numbers of which a model gives the logarithms, in float32. */
export function exponentials(outputs: Float32Array): Float32Array {
  return Float32Array.from(outputs, exp64);
}

/** From here on a target is clearly skewed, and its logarithms are less than half as much. */
const SKEWED = 2;

/** What is said of a target that is better learned by its logarithm. @param y its values, where they are in memory */
export function skewNotes(target: Target, y: Float32Array | undefined, optionText: OptionText): string[] {
  if (target.kind !== "number" || isLog(target) || y === undefined) return [];
  const found = skewness(y);
  if (found === null) return [];
  const [plain, log] = [found.plain.toFixed(1), found.log.toFixed(1)];
  return [
    `${JSON.stringify(target.name)} is skewed (a skewness of ${plain}, its logarithm of ${log}): ${optionText("log", true)} makes errors ratios, by learning the logarithm`,
  ];
}

/**
 * How skewed numbers and their logarithms are: the third central moment over the third power of the standard deviation.
 *
 * @returns null where the logarithms are no better, or there are none
 */
export function skewness(values: Float32Array): { plain: number; log: number } | null {
  const plain = skewnessOf(values);
  if (!(plain > SKEWED) || values.some((value) => !(value > 0))) return null;
  const log = skewnessOf(logarithms(values));
  return Math.abs(log) < plain / 2 ? { plain, log } : null;
}

function skewnessOf(values: Float32Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    const difference = value - mean;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  const variance = squares / values.length;
  return cubes / values.length / (variance * Math.sqrt(variance));
}
