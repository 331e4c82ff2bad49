import { type CsvOptions, csvRows } from "../data/index.js";
import type { encode, Module } from "../index.js";
import type { AbortSignalLike } from "../train/trainers/waiting.js";
import { optionsFor } from "./csv-defaults.js";
import type { History } from "./file/description.js";
import { contentOf, readModel } from "./file/model-file.js";
import { type Evaluation, evaluateRows } from "./fit/evaluation.js";
import { predictor } from "./fit/predictor.js";
import { type EncodedRows, Encoder } from "./rows/encoder.js";
import type { Schema } from "./schema.js";
import { csvText } from "./source/csv-text.js";
import { flatCells, type JsonRecord } from "./source/json-records.js";
import { type OnProgress, TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";
import { TableError } from "./table-error.js";

/** The options of {@link TableModel.evaluate}, and of all that reads a table for a model. */
export interface ReadTableOptions {
  /** How the table is written. Default: found in it; cells that are missing say what those of the training table said. */
  csv?: CsvOptions;
  /** Ends everything at once: the promise rejects with its reason. */
  signal?: AbortSignalLike;
  /** Told how many bytes of the source were read. */
  onProgress?: OnProgress;
  /** Told what was done about cells that are missing or unknown, once all rows were read. */
  onNote?: (note: string) => void;
}

/** The options of {@link TableModel.predict} and {@link TableModel.predictions}. */
export interface PredictTableOptions extends ReadTableOptions {
  /** Columns whose cells are wanted beside the predictions, as they are written. Default: none. */
  strings?: readonly string[];
  /** Whether the probabilities of all categories are wanted. Default false. */
  probabilities?: boolean;
}

/** Predictions for some rows, in their order. */
export interface PredictionChunk {
  /** How many rows these predictions are for. */
  readonly rows: number;
  /** Numbers, or categories as they are written in the training table. */
  readonly values: readonly (number | string)[];
  /** For each row one for each category, in the order of the schema's; none where they are not wanted. */
  readonly probabilities: readonly (readonly number[])[];
  /** For each row the cells of the columns of `strings`. */
  readonly strings: readonly (readonly string[])[];
}

/** Predictions for all rows of a table, in their order. */
export interface Predictions extends PredictionChunk {
  /** What was done about cells that are missing or unknown. */
  readonly notes: readonly string[];
}

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
   * Puts a model and what it has to know of its table together; nothing is checked.
   *
   * @param module what predicts: its features are the schema's inputs, its outputs the schema's target
   * @param schema the columns that it reads, and the one that it predicts
   * @param history how it came to be; null where its file does not say that
   */
  constructor(
    readonly module: Module,
    readonly schema: Schema,
    readonly history: History | null,
  ) {}

  /**
   * Predicts the target for every row of a table. Columns are found by their names, others do not matter.
   *
   * @param source as trainTable takes it; it needs no target
   * @param options `strings`, `probabilities`, and how the table is read: see {@link PredictTableOptions}.
   * Default: predictions alone
   * @returns a promise of the predictions, in the order of the rows
   * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no
   * table, or lacks a column; the signal's reason
   */
  async predict(source: TableSource, options: PredictTableOptions = {}): Promise<Predictions> {
    const all: PredictionChunk[] = [];
    const notes: string[] = [];
    const onNote = (note: string) => {
      notes.push(note);
      options.onNote?.(note);
    };
    for await (const chunk of this.predictions(source, { ...options, onNote })) all.push(chunk);
    return {
      rows: all.reduce((sum, { rows }) => sum + rows, 0),
      values: all.flatMap(({ values }) => values),
      probabilities: all.flatMap(({ probabilities }) => probabilities),
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
   * @throws (rejects with) what predict throws, when the rows are read
   */
  async *predictions(
    source: TableSource,
    { csv = {}, strings = [], probabilities = false, ...others }: PredictTableOptions = {},
  ): AsyncGenerator<PredictionChunk, void> {
    const ask = this.#asking(probabilities);
    const encoder = new Encoder(this.schema, false);
    const reader = readerOf(source, optionsFor(this.schema, csv), others);
    for await (const chunk of reader.rows({ ...encoder.options, strings })) {
      const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
      yield { rows: chunk.rows, ...ask(x), strings: chunk.strings };
    }
    for (const note of encoder.notes(true)) others.onNote?.(note);
  }

  /**
   * Predicts for rows given as objects, at once. A name that a row has not is a missing value.
   *
   * @param rows objects by the names of the columns; objects within them are columns such as "size.width"
   * @returns a number or a category for each row
   * @throws TypeError for what is no array of objects; TableError where no row has any of the inputs
   * @example
   * import { trainTable } from "rprop/table";
   * const columns = { x: [1, 2, 3, 4, 5, 6], y: [2, 4, 6, 8, 10, 12] };
   * const { model } = await trainTable({ columns }, { target: "y", hidden: [], validation: 0, keepRowNumbers: true });
   * console.log(model.predictRows([{ x: 10 }]).map(Number).map(Math.round)); // [ 20 ]
   */
  predictRows(rows: readonly JsonRecord[]): (number | string)[] {
    const { inputs } = this.schema;
    const names = inputs.map(({ name }) => name);
    const flat = rows.map((row) => new Map(flatCells(row)));
    if (flat.length === 0) return [];
    if (!flat.some((row) => names.some((name) => row.has(name))))
      throw new TableError(
        `no row has any of the inputs ${names.map((name) => JSON.stringify(name)).join(", ")}`,
      );
    const encoder = new Encoder(this.schema, false);
    const ask = this.#asking(false);
    const text = csvText(flat.map((row) => names.map((name) => row.get(name))));
    const { missingValues } = optionsFor(this.schema, {});
    const options = {
      ...encoder.options,
      header: names,
      delimiter: ",",
      ...(missingValues && { missingValues }),
    };
    return [...csvRows(text, options)].flatMap((chunk) => {
      const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
      return ask(x).values;
    });
  }

  /**
   * Measures the model on the rows of a table that has the target.
   *
   * @param source as trainTable takes it, with the target
   * @param options how the table is read: see {@link ReadTableOptions}. Default: found in it
   * @returns a promise of scores, and of what was not measured
   * @throws TypeError or RangeError for a source or options out of range, and the reason of a signal that is
   * aborted already, at once; (rejects with) FormatError for what is no table, or lacks a column; TableError
   * where no row can be measured; the signal's reason
   */
  evaluate(source: TableSource, { csv = {}, ...others }: ReadTableOptions = {}): Promise<Evaluation> {
    const reader = readerOf(source, optionsFor(this.schema, csv), others);
    return evaluateRows(this.module, this.schema, reader, others.onNote ?? (() => {}));
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

  #asking(probabilities: boolean) {
    return predictor(this.module, this.schema.target, probabilities);
  }
}

function readerOf(
  source: TableSource,
  csv: CsvOptions,
  { signal, onProgress }: ReadTableOptions,
): TableReader {
  signal?.throwIfAborted();
  return new TableReader(source, csv, (progress) => {
    onProgress?.(progress);
    signal?.throwIfAborted();
  });
}

/**
 * Reads the model in a file that encode(), `rprop train` or the page has written, in this version or an
 * earlier one.
 *
 * @param bytes of the whole file
 * @returns a new model
 * @throws FormatError for what is no model; TableError for a model that does not say which columns it reads
 * @example
 * import { decode, trainTable } from "rprop/table";
 * const csv = `x,y\n${Array.from({ length: 40 }, (_, i) => `${i % 8},${i % 8 > 3 ? "high" : "low"}\n`).join("")}`;
 * const { model } = await trainTable(csv, { target: "y" });
 * console.log(decode(model.encode()).predictRows([{ x: 7 }, { x: 0 }])); // [ 'high', 'low' ]
 */
export function decode(bytes: Uint8Array): TableModel {
  const { model, description } = readModel(bytes);
  if (description !== null) return new TableModel(model, description.schema, description.history);
  throw new TableError(
    "a model, but not one of rprop train: it does not say which columns it reads",
    "model",
  );
}
