import type { Scores } from "../scores/scores.js";
import type { Coefficients } from "./coefficients.js";
import type { Dependence } from "./partial-dependence.js";
import type { Importance } from "./permutation-importance.js";
import type { ExplainedScore } from "./score.js";
import type { WorstRow } from "./worst-rows.js";

/** What a model makes of the columns of some rows. */
export interface Explanation {
  /** The rows that were predicted, all of which the target is known. */
  readonly rows: number;
  /** Of these, the rows that importance was measured on: all, or as many as were drawn. */
  readonly sampled: number;
  /** The score that importance is a rise of, on the rows that it was measured on. */
  readonly score: ExplainedScore;
  /** Of every input, the largest first. */
  readonly importances: readonly Importance[];
  /** Of the most important inputs that make a difference. */
  readonly dependences: readonly Dependence[];
  /** Of a linear model, in the units of the table; null for others. */
  readonly coefficients: Coefficients | null;
  /** Inputs that decide nearly everything alone, and may know the answer: usually none. */
  readonly deciding: readonly string[];
}

/** What {@link TableModel.explain} finds out, which reads the rows of a table itself. */
export interface TableExplanation extends Explanation {
  /** How good the predictions of all of the rows are. */
  readonly scores: Scores;
  /** The rows that are predicted worst, of all of them, the worst first. */
  readonly worst: readonly WorstRow[];
  /** Rows without a use: their target is missing, or is none of the model's categories or no number. */
  readonly dropped: { readonly missing: number; readonly unknown: number };
  /** What was done about cells and rows, in sentences. */
  readonly notes: readonly string[];
}
