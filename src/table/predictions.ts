import { csvRows } from "../data/index.js";
import type { Module } from "../index.js";
import { optionsFor } from "./csv-defaults.js";
import { absentNotes } from "./notes.js";
import { outputRows, outputsOf, valuesOf } from "./outputs.js";
import type { PredictSettings } from "./reading-options.js";
import { type EncodedRows, Encoder } from "./rows/encoder.js";
import type { Schema } from "./schema.js";
import { type Interval, intervalsOf, setsOf } from "./scores/intervals.js";
import { cellFormats, cellOptions } from "./source/cell-options.js";
import { csvText } from "./source/csv-text.js";
import type { JsonRecord } from "./source/json-records.js";
import type { TableReader } from "./source/table-reader.js";
import { cellsOfRows } from "./source/table-source.js";
import { TableError } from "./table-error.js";
import { inRows } from "./wording.js";

/** Predictions for some rows, in their order. */
export interface PredictionChunk {
  /** How many rows these predictions are for. */
  readonly rows: number;
  /** Numbers, or classes as they are written in the training table. */
  readonly values: readonly (number | string)[];
  /** For each row one for each class, in the order of the schema's categories; none where they are not wanted. */
  readonly probabilities: readonly (readonly number[])[];
  /** Of a target of numbers: for each row the interval that was asked for; none where none was. */
  readonly intervals: readonly Interval[];
  /** Of classes: for each row those of its prediction set; none where no interval was asked for. */
  readonly sets: readonly (readonly (number | string)[])[];
  /** For each row the cells of the columns of `strings`. */
  readonly strings: readonly (readonly string[])[];
}

/** Predictions for all rows of a table, in their order. */
export interface Predictions extends PredictionChunk {
  /** What was done about cells that are missing or unknown. */
  readonly notes: readonly string[];
}

/** Predictions for the rows of a table, chunk by chunk. @param limit of nonconformities; null where no intervals are wanted */
export async function* predictedChunks(
  module: Module,
  schema: Schema,
  reader: TableReader,
  { strings, probabilities, onNote }: PredictSettings,
  limit: number | null,
): AsyncGenerator<PredictionChunk, void, undefined> {
  const { target } = schema;
  const encoder = new Encoder(schema, false);
  const read = [...new Set([...(encoder.options.strings ?? []), ...strings])];
  const places = strings.map((name) => read.indexOf(name));
  for await (const chunk of reader.rows({ ...encoder.options, strings: read })) {
    const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
    const kept =
      strings.length === 0 ? [] : chunk.strings.map((row) => places.map((place) => row[place] as string));
    const outputs = outputsOf(module, target, x, chunk.rows);
    yield {
      rows: chunk.rows,
      values: valuesOf(target, outputs),
      probabilities: probabilities ? outputRows(target, outputs) : [],
      intervals: limit !== null && target.kind === "number" ? intervalsOf(target, outputs, limit) : [],
      sets: limit !== null && target.kind === "category" ? setsOf(target, outputs, limit) : [],
      strings: kept,
    };
  }
  for (const note of encoder.notes(true)) onNote(reader.sentence(note));
}

/** Predictions for objects. @throws TypeError for what are none; TableError where no row has any of the inputs */
export function predictedRows(
  module: Module,
  schema: Schema,
  rows: readonly JsonRecord[],
  onNote: (note: string) => void,
): (number | string)[] {
  const names = schema.inputs.map(({ name }) => name);
  const flat = cellsOfRows(rows);
  if (flat.length === 0) return [];
  const known = new Set(flat.flatMap((row) => [...row.keys()]));
  const absent = names.filter((name) => !known.has(name));
  if (absent.length === names.length)
    throw new TableError(
      `no row has any of the inputs ${names.map((name) => JSON.stringify(name)).join(", ")}`,
    );
  const encoder = new Encoder(schema, false);
  const formats = cellFormats(encoder.options, schema.csv);
  const cells = flat.map((row) => names.map((name) => row.get(name)));
  const text = csvText(cells, names, new Set(Object.keys(formats)));
  const reading = { ...cellOptions(names, optionsFor(schema, {})), otherFormats: true };
  const values = [...csvRows(text, { ...reading, ...encoder.options, formats })].flatMap((chunk) => {
    const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
    return valuesOf(schema.target, outputsOf(module, schema.target, x, chunk.rows));
  });
  const others = [...known].filter((name) => !names.includes(name));
  for (const note of [...absentNotes(absent, others), ...encoder.notes(true)]) onNote(inRows(note));
  return values;
}
