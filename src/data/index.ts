/** rprop/data: what reads and writes rows of numbers. There is no core in it. */

export { FormatError } from "../format-error.js";
export type { NumberFormat } from "./cells/number-format.js";
export type { Column } from "./columns/columns.js";
export type {
  DescribedBooleans,
  DescribedColumn,
  DescribedNumbers,
  DescribedTexts,
  FirstText,
} from "./columns/described-column.js";
export type { CsvRows } from "./columns/rows-reader.js";
export type { CsvOptions } from "./csv-options.js";
export { type CsvRowsOptions, csvRows } from "./csv-rows.js";
export { type CsvDescription, type DescribeCsvOptions, describeCsv } from "./describe-csv.js";
export { classIndices, type Encoded, type Label, oneHot } from "./labels.js";
export type { CsvDialect, Encoding } from "./layout/dialect.js";
export { type NpyArray, type NpyData, readNpy, writeNpy } from "./npy.js";
export { type ReadCsvOptions, readCsv } from "./read-csv.js";
export { split } from "./split.js";
export type { Matrix, Table } from "./table.js";
