import { checkNumber, checkPositiveInteger, checkSeed } from "../../errors.js";
import { type OptionTable, optionsOf } from "../../options.js";
import { type AbortSignalLike, checkSignal } from "../../train/trainers/waiting.js";
import { READ, type ReadSettings, type ReadTableOptions } from "../reading-options.js";

/** The options of {@link TrainedTable.explain}. */
export interface ExplainOptions {
  /** How often each column is shuffled. Default 5. */
  repeats?: number;
  /** The maximum number of rows that importance is measured on; of more rows so many are drawn. Default 10,000. */
  rows?: number;
  /** Of the rows that are drawn, and of the shuffles. Default 0. */
  seed?: number;
  /** The maximum number of columns whose partial dependence is computed. Default 4. */
  columns?: number;
  /** Ends everything at once: the promise rejects with its reason. */
  signal?: AbortSignalLike;
}

/** The options of {@link TableModel.explain}. */
export interface ExplainTableOptions extends ExplainOptions, ReadTableOptions {
  /** How many of the worst predicted rows are wanted. Default 5. */
  worst?: number;
}

/** All of them, checked. */
export type ExplainSettings = Required<Omit<ExplainOptions, "signal">> & Pick<ReadSettings, "signal">;
export type ExplainTableSettings = ExplainSettings &
  ReadSettings &
  Required<Pick<ExplainTableOptions, "worst">>;

const checkCount = (name: string, value: unknown) =>
  checkNumber(
    name,
    "a whole number of at least 0",
    value,
    (count) => Number.isSafeInteger(count) && count >= 0,
  );

const EXPLAIN: OptionTable<ExplainSettings> = /* @__PURE__ */ (() => ({
  repeats: [5, checkPositiveInteger],
  rows: [10_000, checkPositiveInteger],
  seed: [0, (_: string, value: unknown) => checkSeed(value)],
  columns: [4, checkCount],
  signal: [undefined, checkSignal],
}))();

const EXPLAIN_TABLE: OptionTable<ExplainTableSettings> = /* @__PURE__ */ (() => ({
  ...EXPLAIN,
  ...READ,
  worst: [5, checkCount],
}))();

/** Each throws TypeError or RangeError for options that are unknown or out of range. */
export const explainSettings = (options: ExplainOptions) => optionsOf(options, EXPLAIN);
export const explainTableSettings = (options: ExplainTableOptions) => optionsOf(options, EXPLAIN_TABLE);
