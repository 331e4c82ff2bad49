import { checkNames, csvSettings, MISSING_VALUES } from "../data/csv/csv-options.js";
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
export function formatOf({ missingValues }: CsvOptions, decimal: "." | ","): TableFormat {
  const usual = new Set(MISSING_VALUES);
  return { decimal, missing: (missingValues ?? []).filter((text) => !usual.has(text)) };
}

/**
 * The options that another table of the same columns is read with. Its first line has names, unless those of the model are numbers
 * of columns: then that is found out.
 */
export function optionsFor({ csv: trained, inputs }: Schema, csv: CsvOptions): CsvOptions {
  const { missing } = trained;
  return {
    header: inputs.every(({ name }) => /^\d+$/.test(name)) ? HEADER : true,
    ...(missing.length > 0 && { missingValues: [...MISSING_VALUES, ...missing] }),
    ...csv,
  };
}
