/** Reads files, trains and predicts, so that the page has its time for itself. */
import { readCells } from "./cells.js";
import { checkSize, decode } from "./decode.js";
import { widthOf } from "./encoding.js";
import type { ModelSummary, Order, Report, Source } from "./messages.js";
import type { TableModel } from "./model.js";
import { readModel, writeModel } from "./model-file.js";
import { type Plan, summaryOf } from "./plan.js";
import { predictTable } from "./predictions.js";
import { type Table, tableOf } from "./table.js";
import { Training } from "./training.js";

let table: Table | null = null;
let model: TableModel | null = null;
/** Of the training under way. */
let running: { abort: AbortController; stopped: boolean } | null = null;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  try {
    await obey(data);
  } catch (error) {
    if (error !== REPLACED)
      report({ report: "refused", order: data.order, message: (error as Error).message });
  }
};

let readings = 0;

/** Why a reading or a training came to nothing: another order has taken its place. */
const REPLACED = new Error("replaced");

async function obey(order: Order): Promise<void> {
  switch (order.order) {
    case "read": {
      running?.abort.abort(REPLACED);
      table = null;
      const turn = ++readings;
      const text = await textOf(order.source);
      if (turn !== readings) throw REPLACED;
      const read = tableOf(readCells(text, order.header));
      const summary = summaryOf(read);
      table = read;
      return report({ report: "read", summary });
    }
    case "train":
      running?.abort.abort(REPLACED);
      return train(order.plan);
    case "stop":
      if (running !== null) running.stopped = true;
      return;
    case "load":
      model = readModel(await bytesOf(order.file));
      return report({ report: "loaded", model: summaryOfModel(model) });
    case "predict": {
      if (model === null) throw new Error("Train a model or load one first.");
      const read = tableOf(readCells(await textOf(order.source), true));
      return report({ report: "predicted", prediction: predictTable(model, read) });
    }
  }
}

async function train(plan: Plan): Promise<void> {
  if (table === null) throw new Error("Choose a file first.");
  const training = new Training(table, plan);
  const { encoded, held } = training;
  const omitted = table.lines.length - encoded.rows.length;
  const { omissions } = encoded;
  report({ report: "begun", training: training.training.y.length, held: held.y.length, omitted, omissions });
  const run = { abort: new AbortController(), stopped: false };
  running = run;
  try {
    const trained = await training.run(
      (progress) => report({ report: "progress", progress }),
      () => !run.stopped,
      run.abort.signal,
    );
    model = training.model;
    report({ report: "trained", trained, model: summaryOfModel(model) });
  } finally {
    if (running === run) running = null;
  }
}

function summaryOfModel(model: TableModel): ModelSummary {
  const { encoding, module } = model;
  const layers = Object.entries(module.stateDict()).filter(([name]) => name.endsWith("weight"));
  const widths = [widthOf(encoding), ...layers.map(([, { shape }]) => shape[0])].join(" → ");
  const inputs = encoding.features.map(({ name }) => name).join(", ");
  return { words: `“${encoding.target.name}” from ${inputs} (${widths})`, bytes: writeModel(model) };
}

async function textOf(source: Source): Promise<string> {
  if ("text" in source && typeof source.text === "string") return source.text;
  return decode(await bytesOf(source as File));
}

async function bytesOf(file: File): Promise<Uint8Array> {
  checkSize(file.size);
  return new Uint8Array(await file.arrayBuffer());
}

function report(message: Report): void {
  postMessage(message);
}
