/** How csvRows and describeCsv read cells that are no file of CSV: those of JSON, and values of a program. */
import type { CsvOptions, CsvRowsOptions, NumberFormat } from "../../data/index.js";
import type { TableFormat } from "../schema.js";

/** What text of cells is read with. */
const CELLS = { delimiter: ",", decimal: "." } as const;

export function cellOptions(names: readonly string[], { missingValues, maxColumns }: CsvOptions): CsvOptions {
  return {
    ...CELLS,
    header: names,
    ...(missingValues && { missingValues }),
    ...(maxColumns && { maxColumns }),
  };
}

/** How numbers are written in the columns of cells; texts among them are as in the table that a model was trained on. */
export function cellFormats(
  { x = [], y = [], classes = {}, booleans = [], formats = {} }: CsvRowsOptions,
  trained: TableFormat | null,
): Readonly<Record<string, NumberFormat>> {
  if (trained === null || trained.decimal === CELLS.decimal) return formats;
  const numbers = [...x, ...y].filter((name) => !Object.hasOwn(classes, name) && !booleans.includes(name));
  const plain: NumberFormat = { decimal: trained.decimal, thousands: "", unit: "" };
  return { ...Object.fromEntries(numbers.map((name) => [name, plain])), ...formats };
}
