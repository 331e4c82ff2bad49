/** Actual numbers beside predicted ones, for a picture. */
export type Pair = readonly [actual: number, predicted: number];

/** Compares predictions with what is known of rows. */
export interface Scorer<Result> {
  /**
   * @param actual the numbers as a model learns them, or for each row the index of its class
   * @param outputs the numbers predicted, or rows × classes: the probability of each
   * @param baseline what asks no model: a number in the units of the table, or the index of a class; null where it is not known
   */
  add(actual: Float32Array, outputs: Float32Array, baseline: number | null): void;
  result(): Result;
  /** Some of the rows, of numbers. */
  readonly pairs: readonly Pair[];
  /** How far off the prediction of each row was: see conformal.ts. */
  readonly nonconformities: readonly number[];
}
