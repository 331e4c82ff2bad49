import { type Expected, MISSING_VALUES } from "../data/csv-options.js";
import type { CsvOptions } from "../data/index.js";
import type { Schema, TableFormat } from "./schema.js";

/** What is found out where nothing is said: the first line has names unless it is all numbers. */
export const HEADER = "detect";

/** What a model keeps of how its table was read. */
export function formatOf({ missingValues, header }: CsvOptions, decimal: "." | ","): TableFormat {
  const usual = new Set(MISSING_VALUES);
  const missing = (missingValues ?? []).filter((text) => !usual.has(text));
  return { decimal, missing, ...(typeof header === "boolean" && { header }) };
}

/** How a table was written that a model was trained on, for readers of another one. */
export interface TrainedFormat {
  readonly format: TableFormat;
  readonly expected: Expected;
}

/**
 * What another table is likely to be like, where neither it nor an option says so. A first column without a name would be called 1,
 * as that of a table without names is, but is no input.
 */
export function trainedFormat({ csv, inputs, target }: Schema, { header }: CsvOptions): TrainedFormat {
  const areNamesLikely = header !== undefined || ![...inputs, target].some(({ name }) => name === "1");
  return { format: csv, expected: { decimal: csv.decimal, areNamesLikely } };
}

/**
 * The options that another table of the same columns is read with: what it does not say itself is as in the one that was trained
 * on. Its first line has names, unless all of the model's are numbers of columns, as a table without names has them: then that
 * is found out.
 */
export function optionsFor({ csv: trained, inputs, target }: Schema, csv: CsvOptions): CsvOptions {
  const { missing } = trained;
  const areNumbers = [...inputs, target].every(({ name }) => /^[1-9]\d*$/.test(name));
  return {
    header: trained.header ?? (areNumbers ? HEADER : true),
    ...(missing.length > 0 && { missingValues: [...MISSING_VALUES, ...missing] }),
    ...csv,
  };
}
