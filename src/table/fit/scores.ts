import type { Target } from "../schema.js";
import { ClassScorer, type ClassScores } from "./class-scores.js";
import { NumberScorer, type NumberScores } from "./number-scores.js";

/** How good predictions are, beside those that ask no model. */
export type Scores = NumberScores | ClassScores;

/** Actual numbers beside predicted ones, for a picture. */
export type Pair = readonly [actual: number, predicted: number];

/** Compares predictions with what is known of rows. */
export interface Scorer {
  /**
   * @param actual the numbers, or for each row the index of its category
   * @param outputs the numbers predicted, or rows × categories: the probability of each
   * @param baseline what asks no model: a number, or the index of a category; null where it is not known
   */
  add(actual: Float32Array, outputs: Float32Array, baseline: number | null): void;
  result(): Scores;
  /** Some of the rows, of numbers. */
  readonly pairs: readonly Pair[];
}

export function scorerOf(target: Target): Scorer {
  return target.kind === "number" ? new NumberScorer() : new ClassScorer(target.categories.length);
}

/** The mean of the scores of the same rows, predicted several times. Counts of rows are those of the first. */
export function meanScores(all: readonly [Scores, ...Scores[]]): Scores {
  const [first] = all;
  const entries = Object.entries(first).map(([name, value]) => {
    const values = all.map((each) => (each as unknown as Record<string, unknown>)[name]);
    if (name === "rows" || !values.every((each) => typeof each === "number")) return [name, value];
    return [name, (values as number[]).reduce((a, b) => a + b, 0) / all.length];
  });
  return Object.fromEntries(entries) as Scores;
}
