/**
 * How well probabilities agree with what happens: their expected calibration error (Naeini, Cooper & Hauskrecht 2015) and the slope
 * of a calibration curve (Cox 1958), which for several categories is the inverse of a temperature (Guo et al. 2017).
 */
import { exp64, log64 } from "../../random/elementary.js";

export interface Calibration {
  /**
   * The mean distance between how probable the most probable category was said to be and how often it was right, over bins of
   * equally many rows.
   */
  readonly ece: number;
  /**
   * The exponent that probabilities want: 1 is calibrated; below 1 they are too near to 0 and 1, above 1 too far from them. null
   * where every row is right or none is, so that no exponent is best.
   */
  readonly slope: number | null;
  /** For each bin, from the least probable on: rows, their mean probability, the share that was right. */
  readonly bins: readonly CalibrationBin[];
}

export interface CalibrationBin {
  readonly rows: number;
  /** Of the most probable category, in the mean. */
  readonly probability: number;
  /** The share of the rows of which it was the actual category. */
  readonly right: number;
}

const BINS = 10;
/** A bin of fewer rows would say what chance does. */
const MIN_BIN_ROWS = 10;
/** A probability of 0 would make a log loss of infinity of one row. It is in the domain of log64. */
export const MIN_PROBABILITY = 1e-15;

/**
 * @param probabilities rows × categories
 * @param actual for each row the index of its category
 */
export function calibrationOf(
  probabilities: Float32Array,
  actual: Float32Array,
  categories: number,
): Calibration | null {
  const rows = actual.length;
  if (rows < MIN_BIN_ROWS) return null;
  const top = Array.from({ length: rows }, (_, row) => {
    const at = row * categories;
    let best = 0;
    for (let c = 1; c < categories; c++)
      if ((probabilities[at + c] as number) > (probabilities[at + best] as number)) best = c;
    return { probability: probabilities[at + best] as number, isRight: best === actual[row] };
  }).sort((a, b) => a.probability - b.probability);
  const count = Math.min(BINS, Math.floor(rows / MIN_BIN_ROWS));
  const bins = Array.from({ length: count }, (_, i) => {
    const some = top.slice(Math.floor((i * rows) / count), Math.floor(((i + 1) * rows) / count));
    return {
      rows: some.length,
      probability: some.reduce((sum, { probability }) => sum + probability, 0) / some.length,
      right: some.filter(({ isRight }) => isRight).length / some.length,
    };
  });
  const ece = bins.reduce((sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.probability - bin.right), 0);
  return { ece, slope: slopeOf(probabilities, actual, categories), bins };
}

const MAX_STEPS = 50;
const [MIN_SLOPE, MAX_SLOPE] = [0.01, 100];

/** By Newton's method: the log loss of p^slope, normalised, is convex in the slope. */
function slopeOf(probabilities: Float32Array, actual: Float32Array, categories: number): number | null {
  const logs = Float64Array.from(probabilities, (p) => log64(Math.min(1, Math.max(MIN_PROBABILITY, p))));
  let slope = 1;
  for (let step = 0; step < MAX_STEPS; step++) {
    const [first, second] = derivatives(logs, actual, categories, slope);
    if (!(second > 0)) return null;
    const next = Math.min(MAX_SLOPE, Math.max(MIN_SLOPE, slope - first / second));
    if (Math.abs(next - slope) <= 1e-9 * slope) return next === MIN_SLOPE || next === MAX_SLOPE ? null : next;
    slope = next;
  }
  return null;
}

/** Of the log loss by the slope. */
function derivatives(
  logs: Float64Array,
  actual: Float32Array,
  categories: number,
  slope: number,
): [first: number, second: number] {
  let [first, second] = [0, 0];
  for (let row = 0; row < actual.length; row++) {
    const own = logs.subarray(row * categories, (row + 1) * categories);
    const largest = own.reduce((a, b) => Math.max(a, b));
    let [sum, mean, square] = [0, 0, 0];
    for (const value of own) {
      const weight = exp64(slope * (value - largest));
      sum += weight;
      mean += weight * value;
      square += weight * value * value;
    }
    mean /= sum;
    first += mean - (own[actual[row] as number] as number);
    second += square / sum - mean * mean;
  }
  return [first, second];
}
