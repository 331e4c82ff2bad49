import type { Module } from "../../index.js";
import { validationMask } from "../../random/validation-rows.js";
import { EventLoopYielder } from "../../train/event-loop.js";
import type { DateInput } from "../dates/survey.js";
import { inUnits } from "../outputs.js";
import type { EncodedRows } from "../rows/encoder.js";
import type { Input, Schema } from "../schema.js";
import { coefficientsOf } from "./coefficients.js";
import { type ColumnOfTable, columnsOfX } from "./columns-of-x.js";
import { decidingColumns } from "./deciding-columns.js";
import type { ExplainSettings } from "./explain-options.js";
import type { Explanation } from "./explanation.js";
import { partialDependence } from "./partial-dependence.js";
import { permutationImportance } from "./permutation-importance.js";
import type { RowSample } from "./row-sample.js";

/** The mean of so many rows is as good as that of all. */
const DEPENDENCE_ROWS = 1000;
/** Milliseconds after which the event loop has a turn. */
const YIELD_EVERY = 16;

/** What a model makes of rows in memory. */
export async function explainRows(
  module: Module,
  schema: Schema,
  sample: RowSample,
  { repeats, seed, columns, signal }: ExplainSettings,
): Promise<Explanation> {
  const { target } = schema;
  const rows = { ...sample.all, y: inUnits(target, sample.all.y) };
  const yielder = new EventLoopYielder(YIELD_EVERY);
  const pause = async () => {
    if (yielder.isDue()) await yielder.yieldToEventLoop();
    signal?.throwIfAborted();
  };
  const { score, importances } = await permutationImportance(module, schema, rows, repeats, seed, pause);
  // The parts of a date do not change one by one.
  const drawn = columnsOfX(schema.inputs).filter(
    (column): column is ColumnOfTable<Exclude<Input, DateInput>> => column.input.kind !== "date",
  );
  const byName = new Map(drawn.map((column) => [column.input.name, column]));
  const some = someOf(rows, seed);
  const dependences = [];
  const seen = importances.filter((each) => !each.isChance).flatMap(({ column }) => byName.get(column) ?? []);
  for (const column of seen.slice(0, columns)) {
    dependences.push(partialDependence(module, target, some, column));
    await pause();
  }
  return {
    rows: sample.seen,
    sampled: rows.rows,
    score,
    importances,
    dependences,
    coefficients: coefficientsOf(module, schema),
    deciding: decidingColumns(schema, rows, score, importances),
  };
}

/** Rows that are drawn again where there are more than partial dependence needs. */
function someOf(rows: EncodedRows, seed: number): EncodedRows {
  if (rows.rows <= DEPENDENCE_ROWS) return rows;
  const width = rows.x.length / rows.rows;
  const mask = validationMask(rows.rows, DEPENDENCE_ROWS, seed);
  const x = new Float32Array(DEPENDENCE_ROWS * width);
  let to = 0;
  mask.forEach((isDrawn, row) => {
    if (isDrawn === 1) x.set(rows.x.subarray(row * width, (row + 1) * width), to++ * width);
  });
  return { rows: DEPENDENCE_ROWS, x, y: rows.y.filter((_, row) => mask[row] === 1) };
}
