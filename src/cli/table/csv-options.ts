import { MISSING_VALUES } from "../../data/csv-options.js";
import { type CsvOptions, csvRows } from "../../data/index.js";
import { type Given, listGiven, numberOf, type Option } from "../shell/command-line.js";
import { UsageError } from "../shell/failure.js";
import { checkedAsTyped } from "../shell/typed-option.js";

/** Options of every command that reads a table. */
export const CSV_OPTIONS: Readonly<Record<string, Option>> = {
  delimiter: {
    value: "CHAR",
    help: "what separates cells, such as ';', tab or blanks (default: found in the file)",
  },
  decimal: { value: "CHAR", help: "what separates fractions: . or , (default: found in the file)" },
  missing: {
    value: "TEXTS",
    help: `cells that are missing, such as none,- (besides "", NA, N/A, #N/A, NaN, null, \\N, <NA> and ?)`,
  },
  header: { help: "the first line has the names of the columns, even where all of them are numbers" },
  "no-header": { help: "the first line is a row; columns are called 1, 2, …" },
  skip: { value: "N", help: "lines above the names that are skipped (default 0)" },
  comment: { value: "TEXT", help: "lines that begin with it are skipped, such as '#'" },
  encoding: {
    value: "NAME",
    help: "utf-8, windows-1252, utf-16le or utf-16be (default: found in the file)",
  },
};

/** What is given of them. @throws UsageError for what no table can have */
export function csvOptionsOf(given: Given): CsvOptions {
  if (given.header !== undefined && given["no-header"] !== undefined)
    throw new UsageError("--header and --no-header exclude each other");
  const skip = numberOf(
    given,
    "skip",
    null,
    "a whole number of at least 0",
    (n) => Number.isSafeInteger(n) && n >= 0,
  );
  const { delimiter, decimal, comment, encoding } = given;
  const csv: CsvOptions = {
    ...(delimiter !== undefined && { delimiter: /^(?:tab|\\t)$/.test(delimiter) ? "\t" : delimiter }),
    ...(decimal !== undefined && { decimal: decimal as "." }),
    ...(given.missing !== undefined && {
      missingValues: [...MISSING_VALUES, ...listGiven(given, "missing")],
    }),
    ...(given.header !== undefined && { header: true }),
    ...(given["no-header"] !== undefined && { header: false }),
    ...(skip !== null && { skip }),
    ...(comment !== undefined && { comment }),
    ...(encoding !== undefined && { encoding: encoding as "utf-8" }),
  };
  checkedAsTyped(() => csvRows([], csv)); // reads nothing
  return csv;
}
