/** rprop/data: what reads and writes rows of numbers. There is no core in it. */

export { FormatError } from "../format-error.js";
export { classIndices, type Encoded, type Label, oneHot } from "./classes.js";
export type { FirstText, SurveyedColumn, SurveyedNumbers, SurveyedTexts } from "./column-survey.js";
export type { Column } from "./columns.js";
export type { CsvOptions } from "./csv-options.js";
export { type CsvRows, type CsvRowsOptions, csvRows } from "./csv-rows.js";
export { type NpyArray, type NpyData, readNpy, writeNpy } from "./npy.js";
export { type ReadCsvOptions, readCsv } from "./read-csv.js";
export { split } from "./split.js";
export { type CsvSurvey, type SurveyCsvOptions, surveyCsv } from "./survey-csv.js";
export type { Matrix, Table } from "./table.js";
