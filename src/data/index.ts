/** rprop/data: what reads and writes rows of numbers. There is no core in it. */

export { FormatError } from "../format-error.js";
export type {
  DescribedBooleans,
  DescribedColumn,
  DescribedNumbers,
  DescribedTexts,
  FirstText,
} from "./columns/column-description.js";
export type { Column } from "./columns/columns.js";
export type { NumberFormat } from "./columns/number-format.js";
export type { CsvRows } from "./columns/rows-reader.js";
export type { CsvOptions } from "./csv/csv-options.js";
export type { CsvDialect, Encoding } from "./csv/dialect.js";
export { type CsvRowsOptions, csvRows } from "./csv-rows.js";
export { type CsvDescription, type DescribeCsvOptions, describeCsv } from "./describe-csv.js";
export { classIndices, type Encoded, type Label, oneHot } from "./labels.js";
export { type NpyArray, type NpyData, readNpy, writeNpy } from "./npy.js";
export { type ReadCsvOptions, readCsv } from "./read-csv.js";
export { split } from "./split.js";
export type { Matrix, Table } from "./table.js";
