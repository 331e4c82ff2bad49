import { wrongType, wrongValue } from "../errors.js";
import type { encode, Module } from "../index.js";
import { isPlainObject } from "../options.js";
import { optionsFor, trainedFormat } from "./csv-defaults.js";
import { type Coefficients, coefficientsOf } from "./explain/coefficients.js";
import { type ExplainTableOptions, explainTableSettings } from "./explain/explain-options.js";
import { explainTable } from "./explain/explain-table.js";
import type { TableExplanation } from "./explain/explanation.js";
import type { History } from "./file/description.js";
import { contentOf } from "./file/model-file.js";
import { type PredictionChunk, type Predictions, predictedChunks, predictedRows } from "./predictions.js";
import {
  type PredictRowsOptions,
  type PredictTableOptions,
  predictRowsSettings,
  predictSettings,
  type ReadSettings,
  type ReadTableOptions,
  readSettings,
} from "./reading-options.js";
import type { Schema } from "./schema.js";
import { type Evaluation, evaluateRows } from "./scores/evaluation.js";
import { limitAt } from "./scores/intervals.js";
import type { JsonRecord } from "./source/json-records.js";
import { TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";

/**
 * A model that knows the columns it was trained on: tables go in, predictions in the target's own words come out.
 *
 * @example
 * import { trainTable } from "rprop/table";
 * const columns = { x: [1, 2, 3, 4, 5, 6], y: [2, 4, 6, 8, 10, 12] };
 * const { model } = await trainTable({ columns }, { target: "y", hidden: [], validation: 0, keepRowNumbers: true });
 * const { values } = await model.predict("name,x\na,10\nb,20\n");
 * console.log(values.map(Number).map(Math.round)); // [ 20, 40 ]
 */
export class TableModel {
  /**
   * Puts a model and what it has to know of its table together; whether they fit is not checked.
   *
   * @param module what predicts: its features are the schema's inputs, its outputs the schema's target
   * @param schema the columns that it reads, and the one that it predicts
   * @param history how it came to be; null where its file does not say that
   */
  constructor(
    readonly module: Module,
    readonly schema: Schema,
    readonly history: History | null,
  ) {
    if (!isPlainObject(schema) || !Array.isArray(schema.inputs))
      throw wrongType("schema", "the schema of a table; trainTable and decode make models of tables", schema);
  }

  /**
   * Predicts the target for every row of a table. Columns are found by their names, others do not matter.
   *
   * @param source as trainTable takes it; it needs no target
   * @param options `strings`, `probabilities`, `interval`, and how the table is read: see {@link PredictTableOptions}.
   * Default: predictions alone
   * @returns a promise of the predictions, in the order of the rows
   * @throws (rejects with) TypeError or RangeError for options that are unknown or out of range; FormatError for what is no
   * table, or lacks a column; the signal's reason
   */
  async predict(source: TableSource, options: PredictTableOptions = {}): Promise<Predictions> {
    const settings = predictSettings(options);
    const all: PredictionChunk[] = [];
    const notes: string[] = [];
    const onNote = (note: string) => {
      notes.push(note);
      settings.onNote(note);
    };
    for await (const chunk of this.predictions(source, { ...settings, onNote } as PredictTableOptions))
      all.push(chunk);
    return {
      rows: all.reduce((sum, { rows }) => sum + rows, 0),
      values: all.flatMap(({ values }) => values),
      probabilities: all.flatMap(({ probabilities }) => probabilities),
      intervals: all.flatMap(({ intervals }) => intervals),
      sets: all.flatMap(({ sets }) => sets),
      strings: all.flatMap(({ strings }) => strings),
      notes,
    };
  }

  /**
   * Predicts as predict, in chunks, so that the table may be of any size; a function as source is called
   * once.
   *
   * @param source as trainTable takes it; it needs no target
   * @param options as of predict; onNote is told what predict returns as notes
   * @returns an asynchronous iterator of predictions for some thousands of rows each
   * @throws TypeError or RangeError for options that are unknown or out of range, at once; the rest as predict, when it is read
   */
  predictions(
    source: TableSource,
    options: PredictTableOptions = {},
  ): AsyncGenerator<PredictionChunk, void, undefined> {
    const settings = predictSettings(options);
    const { target } = this.schema;
    if (settings.probabilities && target.kind === "number")
      throw wrongValue(
        "probabilities",
        `false for ${JSON.stringify(target.name)}, which is a number and has no categories`,
        true,
      );
    const limit = settings.interval === undefined ? null : limitAt(this.schema, settings.interval);
    return predictedChunks(this.module, this.schema, this.#readerOf(source, settings), settings, limit);
  }

  /**
   * Predicts for rows given as objects, at once. A name that a row has not is a missing value, other names do not matter.
   * `onNote` is told of values that are missing, or that the model does not know.
   *
   * @param rows objects by the names of the columns; objects within them are columns such as "size.width"
   * @param options whom to tell what was done: see {@link PredictRowsOptions}. Default: nobody
   * @returns a number or a class for each row
   * @throws TypeError for what are no rows, and for functions and symbols as values; TableError where no row has any of the inputs
   * @example
   * import { trainTable } from "rprop/table";
   * const columns = { x: [1, 2, 3, 4, 5, 6], y: [2, 4, 6, 8, 10, 12] };
   * const { model } = await trainTable({ columns }, { target: "y", hidden: [], validation: 0, keepRowNumbers: true });
   * console.log(model.predictRows([{ x: 10 }]).map(Number).map(Math.round)); // [ 20 ]
   */
  predictRows(rows: readonly JsonRecord[], options: PredictRowsOptions = {}): (number | string)[] {
    const { onNote } = predictRowsSettings(options);
    return predictedRows(this.module, this.schema, rows, onNote);
  }

  /**
   * Measures the model on the rows of a table that has the target.
   *
   * @param source as trainTable takes it, with the target
   * @param options how the table is read: see {@link ReadTableOptions}. Default: found in it
   * @returns a promise of scores, and of what was not measured
   * @throws (rejects with) TypeError or RangeError for options that are unknown or out of range; FormatError for what is no table, or
   * lacks a column; TableError where no row can be measured; the signal's reason
   */
  async evaluate(source: TableSource, options: ReadTableOptions = {}): Promise<Evaluation> {
    const settings = readSettings(options);
    return evaluateRows(this.module, this.schema, this.#readerOf(source, settings), settings.onNote);
  }

  /**
   * Finds out what the model has seen in the columns: permutation importance, partial dependence, the coefficients of a linear
   * model, the rows that are predicted worst, and inputs that may know the answer. On rows that the model was trained on, importance
   * says what it relies on; on others, what helps it there.
   *
   * @param source as trainTable takes it, with the target
   * @param options `repeats`, `rows`, `seed`, `columns`, `worst`, and how the table is read: see {@link ExplainTableOptions}.
   * Default: 5 shuffles of each column on at most 10,000 rows
   * @returns a promise of what was found
   * @throws (rejects with) as evaluate
   * @example
   * import { trainTable } from "rprop/table";
   * const rows = Array.from({ length: 60 }, (_, i) => ({ a: i % 10, b: i % 7, y: 3 * (i % 10) - (i % 7) }));
   * const { model } = await trainTable({ rows }, { target: "y", hidden: [] });
   * const { importances } = await model.explain({ rows });
   * console.log(importances.map(({ column }) => column)); // [ 'a', 'b' ]
   */
  async explain(source: TableSource, options: ExplainTableOptions = {}): Promise<TableExplanation> {
    const settings = explainTableSettings(options);
    return explainTable(this.module, this.schema, this.#readerOf(source, settings), settings);
  }

  /**
   * The coefficients of a linear model, in the units of the table; they need no rows.
   *
   * @returns null for a model with hidden layers, and for a mean of probabilities
   */
  coefficients(): Coefficients | null {
    return coefficientsOf(this.module, this.schema);
  }

  /**
   * Writes the model as a file that {@link decode} reads: safetensors, with schema and history in its
   * metadata.
   *
   * @returns the bytes of the file, the caller's
   */
  encode(): ReturnType<typeof encode> {
    return contentOf(this.module, this);
  }

  #readerOf(source: TableSource, settings: Omit<ReadSettings, "onNote">): TableReader {
    return new TableReader(
      source,
      optionsFor(this.schema, settings.csv),
      settings,
      trainedFormat(this.schema, settings.csv),
    );
  }
}
