/** How far predictions of numbers are from the truth, in its own units. */
export interface Errors {
  /** The root of the mean squared error. */
  rmse: number;
  /** The mean absolute error. */
  mae: number;
  /** The share of the truth's variance that is explained: 1 − squared error / squared deviation; NaN where there is no variance. */
  r2: number;
}

/** @param guess one for each truth, at least one */
export function errorsOf(guess: ArrayLike<number>, truth: ArrayLike<number>): Errors {
  const { length } = truth;
  const mean = meanOf(truth);
  let [squares, sizes, variance] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const error = guess[i]! - truth[i]!;
    squares += error ** 2;
    sizes += Math.abs(error);
    variance += (truth[i]! - mean) ** 2;
  }
  return {
    rmse: Math.sqrt(squares / length),
    mae: sizes / length,
    r2: variance === 0 ? NaN : 1 - squares / variance,
  };
}

/** How often rows of each class (first index) are taken for each class (second index). */
export type Confusion = number[][];

export function confusionOf(guess: ArrayLike<number>, truth: ArrayLike<number>, classes: number): Confusion {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) counts[truth[i]!]![guess[i]!]!++;
  return counts;
}

/** The share of rows that are taken for what they are. */
export function accuracyOf(confusion: Confusion): number {
  const right = confusion.reduce((sum, row, i) => sum + row[i]!, 0);
  return right / confusion.flat().reduce((sum, n) => sum + n, 0);
}

/** What a guess without any model would be: the mean of the numbers. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** What a guess without any model would be: the most frequent class, the first of several. */
export function commonest(places: ArrayLike<number>, classes: number): number {
  const counts = Array<number>(classes).fill(0);
  for (let i = 0; i < places.length; i++) counts[places[i]!]!++;
  return counts.indexOf(Math.max(...counts));
}
