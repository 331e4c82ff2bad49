import { type Bytes, checkedBytes } from "../bytes.js";
import { checkChoice, checkPositiveInteger, pluralize, Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import { encodeText } from "../utf8.js";
import { checkNames } from "./column-names.js";
import { type Column, readColumns, selectRows } from "./columns/columns.js";
import { NumberSummary } from "./columns/number-summary.js";
import { type CsvOptions, csvSettings } from "./csv-options.js";
import { Table } from "./table.js";

/** The options of {@link readCsv}. */
export interface ReadCsvOptions extends CsvOptions {
  /** The columns that are read. What is in the others does not matter. Default: all of them. */
  columns?: readonly string[];
  /**
   * What is done about missing cells: "error" refuses them; "drop" drops their rows; "mean" fills them with
   * the mean of their column; "keep" makes them NaN. Missing texts are "" under the last two. Default
   * "error".
   */
  missing?: "error" | "drop" | "mean" | "keep";
  /** The maximum number of rows that a file may have. Default 10,000,000. */
  maxRows?: number;
  /** The maximum number of bytes that a file may have. Default 256 MiB. */
  maxBytes?: number;
}

/**
 * Reads a file of comma-separated values, or of values separated otherwise, as a table of columns.
 *
 * Records end with LF or CRLF; blank lines are skipped. A cell that begins with a quote ends with one, ""
 * within it is a quote, and it may hold delimiters and line ends. Blanks at the ends of a cell do not count.
 * Delimiter, decimal, encoding, and quotes that are escaped by backslashes are found in the first MiB. A
 * column is numbers where each cell that is not missing is one: digits, with a sign, a point and an exponent
 * if at all, rounded to the nearest float64; or where all are written in one format, such as $1,234.50. Any
 * other is texts.
 *
 * @param csv a text, or bytes: a Uint8Array, a Buffer, a DataView or an ArrayBuffer
 * @param options which columns are read, how, and what is done about missing cells: see
 * {@link ReadCsvOptions}. Default: all columns; missing cells are refused
 * @returns its columns, and how many cells were missing
 * @throws TypeError or RangeError for options out of range; FormatError, with line and column, for what is no table: rows of
 * different lengths, a quote that is never closed, a file of another kind, no rows; and for what the options refuse
 * @example
 * import { classIndices, readCsv } from "rprop/data";
 * const table = readCsv("length,width,species\n5.1,3.5,setosa\n6.2,2.9,versicolor\n");
 * console.log(table.matrix(["length", "width"]).shape.join(" × ")); // 2 × 2
 * console.log(classIndices(table.labels("species")).data.join(" ")); // 0 1
 */
export function readCsv(csv: string | Bytes, options: ReadCsvOptions = {}): Table {
  const common = csvSettings(options, { others: ["columns", "missing", "maxRows", "maxBytes"] });
  const { columns = null, missing = "error", maxRows = 10_000_000, maxBytes = 2 ** 28 } = options;
  if (columns !== null) checkNames("columns", columns);
  checkChoice("missing", ["error", "drop", "mean", "keep"], missing);
  for (const [name, value] of Object.entries({ maxRows, maxBytes })) checkPositiveInteger(name, value);
  const bytes = typeof csv === "string" ? encodeText(csv) : checkedBytes(csv, "csv", "text or bytes");
  if (bytes.length > maxBytes)
    throw malformed("file", `at most ${pluralize(maxBytes, "byte")}`, bytes.length);
  const settings = { ...common, columns, maxRows, allowsMissing: missing !== "error" };
  const read = readColumns(typeof csv === "string" ? csv : bytes, settings);
  if (missing === "mean") for (const [name, column] of read.columns) fillIn(name, column);
  if (missing !== "drop" || read.missing === 0) return new Table(read, 0);
  const complete = Array.from(read.incomplete.keys()).filter((row) => read.incomplete[row] === 0);
  if (complete.length === 0) throw malformed("file", "a row without missing cells", new Verbatim("none"));
  const kept = selectRows(read.columns, complete);
  return new Table({ ...read, rows: complete.length, columns: kept }, read.rows - complete.length);
}

/** Puts the mean of the other numbers in the place of NaN. */
function fillIn(name: string, column: Column): void {
  if (!(column instanceof Float64Array)) return;
  const summary = new NumberSummary(0);
  summary.add(column, 0, 1, column.length);
  const { mean } = summary.result(name);
  if (Number.isNaN(mean))
    throw malformed(`column ${JSON.stringify(name)}`, "a number to take the mean of", new Verbatim("none"));
  column.forEach((value, row) => {
    if (Number.isNaN(value)) column[row] = mean;
  });
}
