import type { CsvRows } from "../../data/index.js";
import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import type { Module } from "../../index.js";
import { outputsOf } from "../outputs.js";
import { type EncodedRows, Encoder } from "../rows/encoder.js";
import { isLog } from "../rows/log-target.js";
import type { Schema } from "../schema.js";
import type { TableReader } from "../source/table-reader.js";
import { TableError } from "../table-error.js";
import { coverageOf, SCORED_LEVEL } from "./conformal.js";
import type { Pair } from "./scorer.js";
import { type Scores, scorerOf } from "./scores.js";

/** How good a model is on a table. */
export interface Evaluation {
  /** How good its predictions are, of the rows that were measured. */
  readonly scores: Scores;
  /** Rows that were not measured: their target is missing, or is none of the model's classes or no number. */
  readonly dropped: { readonly missing: number; readonly unknown: number };
  /** What was done about cells and rows, in sentences. */
  readonly notes: readonly string[];
  /** True numbers and those predicted, for a picture: some of the rows. */
  readonly pairs: readonly Pair[];
}

/** Is told of rows that were measured, of a chunk of rows of which places[row] is -1 for those that were not. */
export type OnMeasured = (
  known: EncodedRows,
  outputs: Float32Array,
  chunk: CsvRows,
  places: Int8Array,
) => void;

/** @throws TableError where no row can be measured */
export async function evaluateRows(
  module: Module,
  schema: Schema,
  reader: TableReader,
  onNote: (note: string) => void,
  onMeasured: OnMeasured = () => {},
): Promise<Evaluation> {
  const encoder = new Encoder(schema, true);
  const scorer = scorerOf(schema.target);
  let [measured, left, others] = [0, 0, 0];
  let example = "";
  for await (const chunk of reader.rows(encoder.options, "measuring")) {
    const targets = encoder.targets(chunk);
    const places = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : 0));
    const [known] = encoder.encode(chunk, targets, places, 1) as [EncodedRows];
    measured += known.rows;
    left += chunk.rows - known.rows;
    places.forEach((place, row) => {
      const value = chunk.y.data[row] as number;
      if (place < 0 && !Number.isNaN(value) && others++ === 0) example = String(value);
    });
    const outputs = outputsOf(module, schema.target, known.x, known.rows);
    if (known.rows > 0) scorer.add(known.y, outputs, schema.baseline);
    onMeasured(known, outputs, chunk, places);
  }
  const texts = encoder.unknownTargets;
  const unknown = others + (texts?.count ?? 0);
  const dropped = { missing: left - unknown, unknown };
  const notes = droppedNotes(schema, dropped, texts?.text ?? example);
  if (measured === 0) throw new TableError(["no row to measure", ...notes].join("\n"));
  notes.push(...encoder.notes(true).map((note) => reader.sentence(note)));
  for (const note of notes) onNote(note);
  const coverage = coverageOf(schema.conformal, scorer.nonconformities, SCORED_LEVEL);
  return { scores: { ...scorer.result(), coverage }, dropped, notes, pairs: scorer.pairs };
}

function droppedNotes({ target }: Schema, dropped: Evaluation["dropped"], example: string): string[] {
  const name = JSON.stringify(target.name);
  const no = target.kind !== "number" ? "class of the model" : isLog(target) ? "positive number" : "number";
  const reasons = {
    missing: `${name} is missing`,
    unknown: `${name} is no ${no}, such as ${JSON.stringify(example)}`,
  };
  return (["missing", "unknown"] as const)
    .filter((why) => dropped[why] > 0)
    .map((why) => `${withThousands(pluralize(dropped[why], "row"))} dropped, of which ${reasons[why]}`);
}
