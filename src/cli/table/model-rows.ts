import type { CsvRows, CsvRowsOptions } from "../../data/index.js";
import type { CsvFormat } from "../../table/schema.js";
import { Failure } from "../shell/failure.js";
import { Advice } from "./advice.js";
import type { CsvFile } from "./csv-file.js";

/** The rows of a table that a model reads. @throws Failure for a cell that is no number, with what would help */
export async function* modelRows(
  file: CsvFile,
  options: CsvRowsOptions,
  format: CsvFormat,
): AsyncGenerator<CsvRows, void> {
  try {
    yield* file.rows(options);
  } catch (error) {
    if (!(error instanceof Failure) || !file.isLasting) throw error;
    throw new Failure(`${error.message}${await hintFor(file, error.message, format)}`, { cause: error });
  }
}

/** The file is looked at once more, for what else is in the column. Empty where it is no table, or nothing would help. */
async function hintFor(file: CsvFile, message: string, format: CsvFormat): Promise<string> {
  try {
    const survey = await file.survey(1000);
    const column = survey.columns.find(
      (each) =>
        each.kind === "text" &&
        message.startsWith(`${file.name}: line ${each.line}, column ${JSON.stringify(each.name)}: `),
    );
    return column === undefined ? "" : (await Advice.on(file, survey, format)).hintFor(column.name);
  } catch (error) {
    if (error instanceof Failure) return "";
    throw error;
  }
}
