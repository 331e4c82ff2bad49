import { formatOf } from "./csv-defaults.js";
import { type Plan, planOf } from "./plan/plan.js";
import { surveyOf } from "./plan/surveyed.js";
import { describeRows } from "./plan/totals.js";
import { readingOptions } from "./reading-options.js";
import { DividedRows } from "./rows/divided-rows.js";
import { validationRows } from "./rows/division.js";
import { skewNotes } from "./rows/log-target.js";
import { type TrainingSet, trainingSetOf } from "./rows/training-set.js";
import type { Columns, Target } from "./schema.js";
import { TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";
import { TableError } from "./table-error.js";
import { type TrainSettings, type TrainTableOptions, trainSettings } from "./train-options.js";
import { ModelTraining } from "./training/model-training.js";
import { type LossWord, learnsFromMoments, lossFor } from "./training/network.js";
import type { TrainedTable } from "./training/trained-table.js";

/** The mean of so many networks is about as good as that of more. */
const NETWORKS = 10;

/**
 * Trains a model that predicts one column of a table from the others: finds out how the table is written and what its columns
 * are, standardises numbers, makes columns of 0 and 1 of categories, trains several networks with early stopping, each on
 * validation rows of its own, and scores them by cross-validation. The model is the mean of the networks.
 *
 * @param source text or bytes of CSV, JSON lines or a JSON array of objects, any of them as gzip; a function that returns these in
 * pieces, anew for each reading; { columns } or { rows }
 * @param options `target` is needed; the others have the command's defaults
 * @returns the model with its schema, scores, history and notes
 * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no table; TableError where
 * there is nothing to learn, in words that say what helps; the signal's reason
 * @example
 * import { trainTable } from "rprop/table";
 * const rows = Array.from({ length: 60 }, (_, i) => ({ size: i % 10, colour: i % 2 ? "red" : "blue", price: 3 * (i % 10) + (i % 2) }));
 * const { model, scores } = await trainTable({ rows }, { target: "price", hidden: [] });
 * console.log(scores.rows); // 60
 * console.log(model.predictRows([{ size: 4, colour: "red" }]).map(Number).map(Math.round)); // [ 13 ]
 */
export async function trainTable(source: TableSource, options: TrainTableOptions): Promise<TrainedTable> {
  const settings = trainSettings(options);
  const { onNote } = settings;
  const notes: string[] = [];
  const note = (words: string) => {
    const sentence = reader.sentence(words);
    notes.push(sentence);
    onNote(sentence);
  };
  const reader = new TableReader(source, readingOptions(settings.csv), settings);
  const { description, size, found } = await describeRows(
    reader,
    Math.max(1000, settings.categories),
    settings.optionText,
  );
  const surveyed = await surveyOf(reader, description, {
    ...settings,
    logOf: settings.log ? settings.target : null,
  });
  const plan = planOf(description, surveyed, settings);
  const loss = lossFor(plan.target, settings.loss, settings.optionText);
  settings.onDescribed(size);
  for (const sentence of [...found, ...plan.notes]) note(sentence);
  const columns: Columns = {
    csv: formatOf(settings.csv, description.dialect.decimal),
    inputs: plan.inputs,
    target: withThreshold(plan.target, settings),
  };
  const { hidden, networks = hidden.length > 0 ? NETWORKS : 1 } = settings;
  const { set, wanted } = await readRows(reader, columns, plan, loss, networks, settings);
  for (const sentence of set.source.notes) note(sentence);
  const inMemory = set.whole ?? set.kept.training;
  for (const sentence of skewNotes(columns.target, inMemory?.y, settings.optionText)) note(sentence);
  if (set.whole === null && networks > 1)
    note(
      "the rows do not fit into memory: the model is one network, and its score is of its validation rows",
    );
  const training = new ModelTraining(columns, set, wanted, set.whole === null ? 1 : networks, loss, settings);
  return training.run(notes);
}

/** @throws TableError for a threshold where there are not two classes */
function withThreshold(target: Target, { threshold, optionText }: TrainSettings): Target {
  if (threshold === undefined) return target;
  if (target.kind === "category" && target.categories.length === 2) return { ...target, threshold };
  const what = target.kind === "number" ? "is a number" : `has ${target.categories.length} classes`;
  throw new TableError(
    `${optionText("threshold", threshold)}: ${JSON.stringify(target.name)} ${what}, and a threshold is between two classes`,
    "options",
  );
}

async function readRows(
  reader: TableReader,
  columns: Columns,
  { rows }: Plan,
  loss: LossWord,
  networks: number,
  { validation, group, folds, seed, hidden, memory, stop, optionText }: TrainSettings,
): Promise<{ set: TrainingSet; wanted: number }> {
  const wanted = validationRows(validation, rows);
  const draw = { seed, group, isOrdered: validation === "last" };
  const source = new DividedRows(reader, columns, rows, wanted, draw);
  const fromMoments = learnsFromMoments(hidden, loss, source.width);
  const isDividedAgain = networks > 1 || folds > 0 || group !== undefined;
  const set = await trainingSetOf(source, fromMoments, isDividedAgain, memory, stop);
  if (group === undefined || (set.whole !== null && new Set(set.whole.strata.groups).size > 1))
    return { set, wanted };
  throw new TableError(
    set.whole === null
      ? `${optionText("group", group)}: the rows do not fit into memory, in which groups are kept together: ${optionText("memory")} allows more`
      : `${optionText("group", group)}: all rows are one group, and cannot be divided`,
    set.whole === null ? "memory" : "options",
  );
}
