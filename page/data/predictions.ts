import type { CsvOptions } from "rprop/data";
import { describeTable, type PredictionChunk, type Scores, type TableModel } from "rprop/table";
import { csvLine } from "../../src/csv-line.js";
import { predictionText } from "../../src/format-number.js";
import { readingTeller, sourceOf } from "./file-source.js";
import type { DataEvent, DataFile, PredictedFile } from "./messages.js";

const SHOWN = 5;

/** A file with a model's predictions for its rows, in columns behind its own: the number, or the category and its probability. */
export async function predictFile(
  model: TableModel,
  file: DataFile,
  emit: (event: DataEvent) => void,
): Promise<PredictedFile> {
  const { target, inputs } = model.schema;
  const source = sourceOf(file);
  const onProgress = readingTeller(file, "predict", emit);
  let { columns, dialect } = await describeTable(source, { onProgress });
  let names = columns.map(({ name }) => name);
  if (!dialect.header && inputs.some(({ name }) => !names.includes(name))) {
    // Its first line is all numbers, and may be names all the same.
    ({ columns, dialect } = await describeTable(source, { csv: { header: true }, onProgress }));
    names = columns.map(({ name }) => name);
  }
  const csv = { header: dialect.header };
  const notes: string[] = [];
  const added = [`predicted ${target.name}`, ...(target.kind === "category" ? ["probability"] : [])];
  const parts = [csvLine([...names, ...added])];
  const first: string[] = [];
  let rows = 0;
  const options = { csv, strings: names, probabilities: target.kind === "category", onProgress };
  for await (const chunk of model.predictions(source, { ...options, onNote: (note) => notes.push(note) })) {
    const lines = formatPredictions(chunk);
    parts.push(lines.map((cells, row) => csvLine([...(chunk.strings[row] ?? []), ...cells])).join(""));
    first.push(...lines.slice(0, SHOWN - first.length).map(([prediction]) => prediction!));
    rows += chunk.rows;
  }
  const scores = names.includes(target.name) ? await scoresOn(model, file, csv) : null;
  return { csv: new Blob(parts, { type: "text/csv" }), rows, first, notes, scores };
}

/** For each row the cells that a file of predictions has: a number that reads back as the same float32, or a category and its probability. */
export function formatPredictions({ values, probabilities }: PredictionChunk): string[][] {
  if (probabilities.length === 0) return values.map((value) => [predictionText(value)]);
  return values.map((value, row) => [predictionText(value), Math.max(...probabilities[row]!).toFixed(4)]);
}

/** @returns null where no row has a target that the model can predict */
async function scoresOn(model: TableModel, file: DataFile, csv: CsvOptions): Promise<Scores | null> {
  try {
    return (await model.evaluate(sourceOf(file), { csv })).scores;
  } catch (error) {
    if ((error as Error).name === "TableError") return null;
    throw error;
  }
}
