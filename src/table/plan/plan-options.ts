import type { OptionText } from "../wording.js";

/** Whether the target is a number or a category. */
export type Task = "regress" | "classify";

export interface PlanOptions {
  readonly target: string;
  readonly ignore: readonly string[];
  readonly task: Task | undefined;
  /** Columns that are categories, even where they hold numbers or dates. */
  readonly categorical: readonly string[];
  /** Whether the target is learned by its logarithm. */
  readonly log: boolean;
  /** Text columns of more distinct values are ignored. */
  readonly categories: number;
  /** Whether a column that numbers the rows is an input. */
  readonly keepRowNumbers: boolean;
  /** The share of the rows that is for validation. */
  readonly validation: number;
  readonly optionText: OptionText;
}
