import { checkNames, csvSettings, MISSING_VALUES } from "../data/csv-options.js";
import type { CsvOptions } from "../data/index.js";
import type { Schema, TableFormat } from "./schema.js";

/** @throws TypeError or RangeError for options of CSV that are unknown or out of range */
export function checkCsv(name: string, csv: unknown): asserts csv is CsvOptions {
  csvSettings(csv as CsvOptions, [], null, name);
}

export function checkNamesIn(name: string, names: unknown): void {
  checkNames(name, names);
}

/** The options that a table is read with which is trained on: the first line has names unless it is all numbers. */
export function readingOptions(csv: CsvOptions): CsvOptions {
  checkCsv("csv", csv);
  return { header: HEADER, ...csv };
}

const HEADER = "detect";

/** What a model keeps of how its table was read. */
export function formatOf({ missingValues, header }: CsvOptions, decimal: "." | ","): TableFormat {
  const usual = new Set(MISSING_VALUES);
  const missing = (missingValues ?? []).filter((text) => !usual.has(text));
  return { decimal, missing, ...(typeof header === "boolean" && { header }) };
}

/**
 * The options that another table of the same columns is read with: what it does not say itself is as in the one that was trained
 * on. Its first line has names, unless all of the model's are numbers of columns, as a table without names has them: then that
 * is found out.
 */
export function optionsFor({ csv: trained, inputs, target }: Schema, csv: CsvOptions): CsvOptions {
  const { missing, decimal } = trained;
  const names = [...inputs, target].map(({ name }) => name);
  const areNumbers = names.every((name) => /^[1-9]\d*$/.test(name));
  // A first column without a name would be called 1 as well, but is no input.
  const sought = names.includes("1") ? "unlikely" : HEADER;
  return {
    header: trained.header ?? (areNumbers ? sought : true),
    ...(decimal !== "." && { usualDecimal: decimal }),
    ...(missing.length > 0 && { missingValues: [...MISSING_VALUES, ...missing] }),
    ...csv,
  };
}
