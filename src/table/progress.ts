/** What the callbacks of trainTable are told on the way. */
import type { Pair, Scores } from "./fit/scores.js";
import type { Part, Reading } from "./rows/training-set.js";
import type { Schema } from "./schema.js";

/** How large a table is. */
export interface Described {
  readonly rows: number;
  readonly columns: number;
}

/** What training begins with. */
export interface Begun {
  readonly schema: Schema;
  /** Of the layers, from the inputs on. */
  readonly widths: readonly number[];
  /** How many networks the model is to be made of. */
  readonly networks: number;
  readonly rows: Readonly<Record<Part, number>>;
  /** Validation rows that were wanted, of which there may be fewer where there is no memory for more. */
  readonly wanted: number;
  readonly reading: Reading;
  /** What the first network, as it is at that time, predicts for either part of its rows. */
  measure(part: Part): Promise<Measured>;
}

/** How many networks have been trained, of the model first, then of the folds. */
export interface NetworkProgress {
  readonly trained: number;
  readonly total: number;
  /** Of the total, those that the model is made of. */
  readonly ofModel: number;
}

export interface Measured {
  readonly scores: Scores;
  /** True numbers and those predicted, for a picture: some of the rows. */
  readonly pairs: readonly Pair[];
}
