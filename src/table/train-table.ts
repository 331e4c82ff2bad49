import { isExhausted } from "../errors.js";
import { Generator, Rprop } from "../index.js";
import { validationCount } from "../random/validation-rows.js";
import { formatOf, readingOptions } from "./csv-defaults.js";
import type { History } from "./file/description.js";
import { type LossWord, lossFor, lossOf, networkOf } from "./fit/network.js";
import { type Pair, type Scores, scorerOf } from "./fit/scores.js";
import { type Course, runTraining } from "./fit/training-run.js";
import { type Plan, planOf } from "./plan/plan.js";
import { describeRows } from "./plan/totals.js";
import type { Measured } from "./progress.js";
import { DividedRows } from "./rows/divided-rows.js";
import { type Part, type TrainingSet, trainingSetOf } from "./rows/training-set.js";
import { type Columns, inputWidth, outputWidth, type Schema } from "./schema.js";
import { TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";
import { TableError } from "./table-error.js";
import { TableModel } from "./table-model.js";
import { shownOptions, type TrainSettings, type TrainTableOptions, trainSettings } from "./train-options.js";
import { tooLarge } from "./wording.js";

/** What training comes back with. */
export interface TrainedTable {
  readonly model: TableModel;
  readonly schema: Schema;
  /** On the validation rows, or where there are none on those trained on. */
  readonly scores: Scores;
  readonly history: History;
  /** What was found and decided about the table, in sentences. */
  readonly notes: readonly string[];
  /** True numbers and those predicted, of the rows that the scores are of. */
  readonly pairs: readonly Pair[];
  /** The losses of all epochs, and how training ended. */
  readonly fit: Course;
  /** Measures the model on either part of the rows, which may be read again. */
  measure(part: Part): Promise<Measured>;
}

/**
 * Trains a model that predicts one column of a table from the others: finds out how the table is written and what its columns
 * are, standardises numbers, makes columns of 0 and 1 of categories, trains with early stopping on validation rows, and measures
 * the best model on them.
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
 * console.log(scores.rows); // 12
 * console.log(model.predictRows([{ size: 4, colour: "red" }]).map(Number).map(Math.round)); // [ 13 ]
 */
export async function trainTable(source: TableSource, options: TrainTableOptions): Promise<TrainedTable> {
  const settings = trainSettings(options);
  const { signal, onNote, onProgress } = settings;
  const notes: string[] = [];
  const note = (sentence: string) => {
    notes.push(sentence);
    onNote(sentence);
  };
  signal?.throwIfAborted();
  const reader = new TableReader(source, readingOptions(settings.csv), (progress) => {
    onProgress(progress);
    signal?.throwIfAborted();
  });
  const { description, size, found } = await describeRows(
    reader,
    Math.max(1000, settings.categories),
    settings.optionText,
  );
  const plan = planOf(description, settings);
  const loss = lossFor(plan.target, settings.loss, settings.optionText);
  settings.onDescribed(size);
  for (const sentence of [...found, ...plan.notes]) note(sentence);
  const columns: Columns = {
    csv: formatOf(settings.csv, description.dialect.decimal),
    inputs: plan.inputs,
    target: plan.target,
  };
  const { set, wanted } = await readRows(reader, columns, plan, loss, settings);
  for (const sentence of set.source.notes) note(sentence);
  return fitted(columns, set, wanted, loss, notes, settings);
}

async function readRows(
  reader: TableReader,
  columns: Columns,
  { rows }: Plan,
  loss: LossWord,
  { validation, seed, hidden, memory, stop }: TrainSettings,
): Promise<{ set: TrainingSet; wanted: number }> {
  const wanted = validation === 0 ? 0 : validationCount(validation, rows);
  const source = new DividedRows(reader, columns, rows, wanted, seed);
  const isLinear = hidden.length === 0 && loss === "mse";
  return { set: await trainingSetOf(source, isLinear, memory, stop), wanted };
}

async function fitted(
  columns: Columns,
  set: TrainingSet,
  wanted: number,
  loss: LossWord,
  notes: readonly string[],
  settings: TrainSettings,
): Promise<TrainedTable> {
  const { target } = columns;
  const schema: Schema = { ...columns, baseline: set.baseline };
  const { module, optimizer } = beginning(schema, set, settings);
  const rows = { training: set.source.training, validation: set.source.validation };
  const widths = [inputWidth(schema.inputs), ...settings.hidden, outputWidth(target)];
  const measure = async (part: Part): Promise<Measured> => {
    const scorer = scorerOf(module, schema);
    const { [part]: kept } = set.kept;
    if (kept !== null) scorer.add(kept);
    else
      for await (const { training, validation } of set.source.read("measuring"))
        scorer.add(part === "training" ? training : validation);
    return { scores: scorer.result(), pairs: scorer.pairs };
  };
  await settings.onBegin({ schema, widths, rows, wanted, reading: set.reading, measure });
  const { epochs, patience, stop, signal, optionText } = settings;
  const run = { loss: lossOf(loss, set.y), optimizer, epochs, patience, ...(signal && { signal }) };
  const fit = await runTraining(module, set, run, stop, settings.onEpoch);
  if (fit.stopReason === "diverged" && fit.completed === 0)
    throw new TableError(`the loss is ${fit.loss} from the beginning: ${tooLarge(optionText)}`, "diverged");
  const history: Omit<History, "scores"> = {
    command: settings.command ?? null,
    file: settings.name ?? null,
    rows,
    options: shownOptions(settings, target.kind === "number" ? "regress" : "classify", loss),
    notes,
    epochs: {
      completed: fit.completed,
      best: fit.bestEpoch,
      stopped: fit.stopReason === "stopped" ? "interruption" : fit.stopReason,
    },
  };
  const unmeasured = new TableModel(module, schema, { ...history, scores: null });
  await settings.onTrained(unmeasured, fit);
  const { scores, pairs } = await measure(rows.validation > 0 ? "validation" : "training");
  const model = new TableModel(module, schema, { ...history, scores });
  return { model, schema, scores, history: { ...history, scores }, notes, pairs, fit, measure };
}

/** @throws TableError for a network that is too large */
function beginning({ target }: Schema, { x, y }: TrainingSet, settings: TrainSettings) {
  const { seed, hidden, activation, variant, optionText } = settings;
  try {
    const module = networkOf(target, hidden, activation, x, y, new Generator(seed));
    return { module, optimizer: new Rprop(module.parameters(), { variant }) };
  } catch (error) {
    if (!isExhausted(error)) throw error;
    const weights = [x.columns, ...hidden, outputWidth(target)].join(" → ");
    throw new TableError(
      `there is no memory for a network of ${weights}: ${optionText("hidden")} takes fewer units`,
      "memory",
      { cause: error },
    );
  }
}
