import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import type { Module } from "../../index.js";
import { inUnits } from "../outputs.js";
import { inputWidth, type Schema } from "../schema.js";
import { evaluateRows } from "../scores/evaluation.js";
import type { TableReader } from "../source/table-reader.js";
import type { ExplainTableSettings } from "./explain-options.js";
import { explainRows } from "./explain-rows.js";
import type { TableExplanation } from "./explanation.js";
import { RowSample } from "./row-sample.js";
import { WorstRows } from "./worst-rows.js";

/** Reads a table once: scores and the worst rows are of all rows, the rest of those that are drawn. @throws TableError as evaluate */
export async function explainTable(
  module: Module,
  schema: Schema,
  reader: TableReader,
  settings: ExplainTableSettings,
): Promise<TableExplanation> {
  const { rows: most, seed, worst: wanted, onNote } = settings;
  const sample = new RowSample(inputWidth(schema.inputs), most, seed);
  const worst = new WorstRows(schema.target, wanted);
  let before = 0;
  const { scores, dropped, notes } = await evaluateRows(
    module,
    schema,
    reader,
    onNote,
    (known, outputs, chunk, places) => {
      const measured = Array.from(places.keys()).filter((row) => places[row] === 0);
      const rows = measured.map((row) => before + row + 1);
      const lines = reader.hasLines ? measured.map((row) => chunk.lines[row] as number) : null;
      sample.add(known);
      const [actual, predicted] = [known.y, outputs].map((each) => inUnits(schema.target, each));
      worst.add(actual as Float32Array, predicted as Float32Array, { rows, lines });
      before += chunk.rows;
    },
  );
  const explanation = await explainRows(module, schema, sample, settings);
  return {
    ...explanation,
    scores,
    worst: worst.all,
    dropped,
    notes: [...notes, ...sampleNotes(sample, settings)],
  };
}

/** What is said where there are more rows than importance is measured on. */
function sampleNotes({ seen }: RowSample, { rows, seed, onNote }: ExplainTableSettings): string[] {
  if (seen <= rows) return [];
  const note = withThousands(
    `importance is measured on ${rows} of ${pluralize(seen, "row")}, drawn by seed ${seed}`,
  );
  onNote(note);
  return [note];
}
