import {
  csvLine,
  describeTable,
  type PredictionChunk,
  type Schema,
  type Scores,
  type TableModel,
  type TableSource,
} from "rprop/table";
import { readingTeller, sharedSources, sourceOf } from "./file-source.js";
import type { DataEvent, DataFile, PredictedFile } from "./messages.js";

const SHOWN = 5;
/** As many as float32 has for sure. */
const DIGITS = 7;

/**
 * A file with a model's predictions for its rows, in columns behind its own: the number, or the category and its probability. It is
 * read to see what its columns are called, and once more for predictions and scores.
 */
export async function predictFile(
  model: TableModel,
  file: DataFile,
  emit: (event: DataEvent) => void,
): Promise<PredictedFile> {
  const { target } = model.schema;
  const onProgress = readingTeller(file, "predict", emit);
  const { columns, dialect } = await describeTable(sourceOf(file), {
    csv: headerOf(model.schema),
    onProgress,
  });
  const names = columns.map(({ name }) => name);
  const csv = { header: dialect.header };
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const added = [`predicted ${target.name}`, ...(target.kind === "category" ? ["probability"] : [])];
  const parts = [csvLine([...names, ...added])];
  const first: string[] = [];
  let rows = 0;
  const predict = async (source: TableSource) => {
    const options = { csv, strings: names, probabilities: target.kind === "category", onProgress, onNote };
    for await (const chunk of model.predictions(source, options)) {
      parts.push(linesOf(chunk));
      first.push(...chunk.values.slice(0, SHOWN - first.length).map(shownOf));
      rows += chunk.rows;
    }
  };
  const [source, again] = sharedSources(file);
  const [scores] = await Promise.all([
    names.includes(target.name) ? scoresOn(model, again, csv) : null,
    predict(source),
  ]);
  return { csv: new Blob(parts, { type: "text/csv" }), rows, first, notes, scores };
}

/** Whether the first line of a model's tables has names, as far as that is known: columns without any are called 1, 2, … */
function headerOf({ csv, inputs, target }: Schema): { header?: boolean } {
  if (csv.header !== undefined) return { header: csv.header };
  return [...inputs, target].every(({ name }) => /^[1-9]\d*$/.test(name)) ? {} : { header: true };
}

/** A file's own cells, and the predictions behind them. */
function linesOf({ values, probabilities, strings }: PredictionChunk): string {
  const lines = values.map((value, row) => {
    const ofCategories = probabilities[row];
    const probability = ofCategories === undefined ? [] : [Math.max(...ofCategories).toFixed(4)];
    return csvLine([...(strings[row] ?? []), value, ...probability]);
  });
  return lines.join("");
}

function shownOf(value: number | string): string {
  return typeof value === "number" ? String(Number(value.toPrecision(DIGITS))) : value;
}

/** @returns null where no row has a target that the model can predict */
async function scoresOn(
  model: TableModel,
  source: TableSource,
  csv: { header: boolean },
): Promise<Scores | null> {
  try {
    return (await model.evaluate(source, { csv })).scores;
  } catch (error) {
    if ((error as Error).name === "TableError") return null;
    throw error;
  }
}
