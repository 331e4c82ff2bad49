import type { ExplainOptions } from "../explain/explain-options.js";
import type { Explanation } from "../explain/explanation.js";
import type { History } from "../file/description.js";
import type { Measured } from "../progress.js";
import type { Part } from "../rows/training-set.js";
import type { Schema } from "../schema.js";
import type { Pair } from "../scores/scorer.js";
import type { Scores } from "../scores/scores.js";
import type { TableModel } from "../table-model.js";
import type { Course } from "./training-run.js";

/** What training comes back with. */
export interface TrainedTable {
  /** The mean of the networks, each after its best epoch. */
  readonly model: TableModel;
  /** What the model reads of a table, and what it predicts: the model's. */
  readonly schema: Schema;
  /** Of rows that the networks did not know, unless history.scored says otherwise. */
  readonly scores: Scores;
  /** How the model came to be: the model's. */
  readonly history: History;
  /** What was found and decided about the table, in sentences. */
  readonly notes: readonly string[];
  /** Actual numbers and those predicted, of the rows that the scores are of. */
  readonly pairs: readonly Pair[];
  /** The losses of all epochs of the first network, and how its training ended. */
  readonly fit: Course;
  /**
   * Measures the model on rows that it was trained on, or its networks on those that each of them was not trained on.
   *
   * @param part which rows are predicted
   * @returns a promise of the scores
   * @throws (rejects with) RangeError for "validation" where there are no validation rows
   */
  measure(part: Part): Promise<Measured>;
  /**
   * Finds out what the model has seen in the columns, on all of its rows: as TableModel.explain, but without the worst rows. Rows that
   * are not in memory are read again.
   *
   * @param options `repeats`, `rows`, `seed`, `columns`: see {@link ExplainOptions}. Default: 5 shuffles of each column on at most
   * 10,000 rows
   * @returns a promise of what was found
   * @throws (rejects with) TypeError or RangeError for options that are unknown or out of range; the signal's reason
   */
  explain(options?: ExplainOptions): Promise<Explanation>;
}
