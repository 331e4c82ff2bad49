/** What predict, evaluate and describeTable may be told. */
import { checkNames } from "../data/column-names.js";
import { csvSettings } from "../data/csv-options.js";
import type { CsvOptions } from "../data/index.js";
import { checkBoolean, checkFunction, checkNumber, checkPositiveInteger } from "../errors.js";
import { type OptionTable, optionsOf } from "../options.js";
import { type AbortSignalLike, checkSignal } from "../train/trainers/waiting.js";
import { HEADER } from "./csv-defaults.js";
import type { OnProgress } from "./source/table-reader.js";
import { type OptionText, optionInProgram } from "./wording.js";

/** The options of {@link TableModel.evaluate}, and of all that reads a table for a model. */
export interface ReadTableOptions {
  /** How the table is written. Default: found in it; cells that are missing say what those of the training table said. */
  csv?: CsvOptions;
  /** Ends everything at once: the promise rejects with its reason. */
  signal?: AbortSignalLike;
  /** Told how many bytes of the source were read. */
  onProgress?: OnProgress;
  /** Told what was done about cells that are missing or unknown, once all rows were read. */
  onNote?: (note: string) => void;
}

/** The options of {@link TableModel.predict} and {@link TableModel.predictions}. */
export interface PredictTableOptions extends ReadTableOptions {
  /** Columns whose cells are wanted beside the predictions, as they are written. Default: none. */
  strings?: readonly string[];
  /** Whether the probabilities of all categories are wanted. Default false; a target of numbers has none. */
  probabilities?: boolean;
  /**
   * The probability with which an interval or a set of categories holds the actual value, such as 0.9: conformal, from the rows
   * of the cross-validation. Default: none are wanted.
   */
  interval?: number | undefined;
}

/** The options of {@link TableModel.predictRows}. */
export interface PredictRowsOptions {
  /** Told what was done about values that are missing or unknown. */
  onNote?: (note: string) => void;
}

/** The options of {@link describeTable}. */
export interface DescribeTableOptions {
  /** How the table is written. Default: found in it; the first line has names unless it is all numbers. */
  csv?: CsvOptions;
  /** Text columns of more distinct values are ignored. Default 100. */
  categories?: number;
  /** Whether a first column that numbers the rows, or has no name, is an input like others. Default false. */
  keepRowNumbers?: boolean;
  /** Ends everything at once: the promise rejects with its reason. */
  signal?: AbortSignalLike;
  /** Told how many bytes of the source were read. */
  onProgress?: OnProgress;
  /** How notes and messages name an option and a value for it. Default: `task: "regress"`. */
  optionText?: OptionText;
}

/** @throws TypeError or RangeError for options of CSV that are unknown or out of range */
export function checkCsv(name: string, csv: unknown): asserts csv is CsvOptions {
  csvSettings(csv as CsvOptions, { name });
}

/** The options that a table is read with which is trained on or described. @throws as checkCsv */
export function readingOptions(csv: CsvOptions): CsvOptions {
  checkCsv("csv", csv);
  return { header: HEADER, ...csv };
}

/** All options of one kind, checked. */
type Settings<Options extends { signal?: AbortSignalLike }> = Required<
  Omit<Options, "signal" | "interval">
> & {
  signal: AbortSignalLike | undefined;
};
export type ReadSettings = Settings<ReadTableOptions>;
export type PredictSettings = Settings<PredictTableOptions> & { interval: number | undefined };

export const READ: OptionTable<ReadSettings> = /* @__PURE__ */ (() => ({
  csv: [{}, checkCsv],
  signal: [undefined, checkSignal],
  onProgress: [() => {}, checkFunction],
  onNote: [() => {}, checkFunction],
}))();

const PREDICT: OptionTable<PredictSettings> = /* @__PURE__ */ (() => ({
  ...READ,
  strings: [[], checkNames],
  probabilities: [false, checkBoolean],
  interval: [
    undefined,
    (name, value) =>
      checkNumber(
        name,
        "a probability between 0 and 1, such as 0.9",
        value,
        (level) => level > 0 && level < 1,
      ),
  ],
}))();

const PREDICT_ROWS: OptionTable<Required<PredictRowsOptions>> = /* @__PURE__ */ (() => ({
  onNote: [() => {}, checkFunction],
}))();

const DESCRIBE: OptionTable<Settings<DescribeTableOptions>> = /* @__PURE__ */ (() => ({
  csv: [{}, checkCsv],
  categories: [100, checkPositiveInteger],
  keepRowNumbers: [false, checkBoolean],
  signal: [undefined, checkSignal],
  onProgress: [() => {}, checkFunction],
  optionText: [optionInProgram, checkFunction],
}))();

/** Each throws TypeError or RangeError for options that are unknown or out of range. */
export const readSettings = (options: ReadTableOptions) => optionsOf(options, READ);
export const predictSettings = (options: PredictTableOptions) => optionsOf(options, PREDICT);
export const predictRowsSettings = (options: PredictRowsOptions) => optionsOf(options, PREDICT_ROWS);
export const describeSettings = (options: DescribeTableOptions) => optionsOf(options, DESCRIBE);
