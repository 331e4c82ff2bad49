import { csvRows } from "../data/index.js";
import { optionsFor } from "./csv-defaults.js";
import { absentNotes } from "./notes.js";
import type { Said } from "./outputs.js";
import type { PredictSettings } from "./reading-options.js";
import { type EncodedRows, Encoder } from "./rows/encoder.js";
import type { Schema } from "./schema.js";
import { cellFormats, cellOptions } from "./source/cell-options.js";
import { csvText } from "./source/csv-text.js";
import type { JsonRecord } from "./source/json-records.js";
import type { TableReader } from "./source/table-reader.js";
import { cellsOfRows } from "./source/table-source.js";
import { TableError } from "./table-error.js";

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

/** Asks a model about encoded rows. */
type Ask = (x: Float32Array) => Said;

/** Predictions for the rows of a table, chunk by chunk. */
export async function* predictedChunks(
  reader: TableReader,
  schema: Schema,
  ask: Ask,
  { strings, onNote }: PredictSettings,
): AsyncGenerator<PredictionChunk, void, undefined> {
  const encoder = new Encoder(schema, false);
  const read = [...new Set([...(encoder.options.strings ?? []), ...strings])];
  const places = strings.map((name) => read.indexOf(name));
  for await (const chunk of reader.rows({ ...encoder.options, strings: read })) {
    const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
    const kept =
      strings.length === 0 ? [] : chunk.strings.map((row) => places.map((place) => row[place] as string));
    yield { rows: chunk.rows, ...ask(x), strings: kept };
  }
  for (const note of encoder.notes(true)) onNote(note);
}

/** Predictions for objects. @throws TypeError for what are none; TableError where no row has any of the inputs */
export function predictedRows(
  rows: readonly JsonRecord[],
  schema: Schema,
  ask: Ask,
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
    return ask(x).values;
  });
  const others = [...known].filter((name) => !names.includes(name));
  for (const note of [...absentNotes(absent, others), ...encoder.notes(true)]) onNote(note);
  return values;
}
