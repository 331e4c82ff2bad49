/** What the callbacks of trainTable are told on the way. */

import type { Part } from "./rows/training-set.js";
import type { Reading } from "./rows/whole-rows.js";
import type { Schema } from "./schema.js";
import type { Pair } from "./scores/scorer.js";
import type { Scores } from "./scores/scores.js";

/** How large a table is. */
export interface Described {
  /** Without the line of names. */
  readonly rows: number;
  /** Inputs, target and ignored ones. */
  readonly columns: number;
}

/** What training begins with. */
export interface Begun {
  /** What the model reads of the table, and what it predicts. */
  readonly schema: Schema;
  /** Of the layers, from the inputs on. */
  readonly widths: readonly number[];
  /** How many networks the model is to be made of. */
  readonly networks: number;
  /** How many rows of a network either part has. */
  readonly rows: Readonly<Record<Part, number>>;
  /** Validation rows that were wanted, of which there may be fewer where there is no memory for more. */
  readonly wanted: number;
  /** How rows come to training. */
  readonly reading: Reading;
  /**
   * Measures the first network, as it is at that time, on either part of its rows.
   *
   * @param part which rows it predicts
   * @returns a promise of its scores
   * @throws (rejects with) what the source throws, where rows are read again
   */
  measure(part: Part): Promise<Measured>;
}

/** How many networks have been trained, of the model first, then of the folds. */
export interface NetworkProgress {
  /** How many are trained. */
  readonly trained: number;
  /** How many will be trained in all. */
  readonly total: number;
  /** Of the total, those that the model is made of. */
  readonly ofModel: number;
}

/** What a model is found to be worth on some rows. */
export interface Measured {
  /** How good its predictions are. */
  readonly scores: Scores;
  /** Actual numbers and those predicted, for a picture: some of the rows. */
  readonly pairs: readonly Pair[];
}
