/** Reads files, trains and predicts, so that the page stays responsive. */
import { Ensemble } from "rprop";
import { decode, describeTable, type TableModel } from "rprop/table";
import { fieldText } from "./field-text.js";
import { readingTeller, sourceOf } from "./file-source.js";
import type {
  DataEvent,
  DataFile,
  DataRequest,
  ModelSummary,
  ReadingChoices,
  TrainingChoices,
} from "./messages.js";
import { predictFile } from "./predictions.js";
import { trainOnFile } from "./training.js";

/** The file that was described last, and how. */
let table: { file: DataFile; reading: ReadingChoices } | null = null;
let model: TableModel | null = null;
/** The describing or training under way. */
let running: { abort: AbortController; isStopped: boolean } | null = null;

/** Why describing or training came to nothing: another request has taken its place. */
const REPLACED = new Error("replaced");

self.onmessage = async ({ data }: MessageEvent<DataRequest>) => {
  try {
    await handle(data);
  } catch (error) {
    if (error !== REPLACED)
      emit({ event: "refused", request: data.request, message: (error as Error).message });
  }
};

async function handle(request: DataRequest): Promise<void> {
  switch (request.request) {
    case "describe":
      table = null;
      return describe(request.file, request.reading);
    case "train":
      return train(request.training);
    case "stop":
      if (running !== null) running.isStopped = true;
      return;
    case "load":
      model = decode(new Uint8Array(await request.file.arrayBuffer()));
      return emit({ event: "loaded", model: summaryOf(model) });
    case "predict":
      if (model === null) throw new Error("Train a model or load one first.");
      return emit({ event: "predicted", prediction: await predictFile(model, request.file, emit) });
  }
}

/** Begins something in place of what is under way. */
function begin(): NonNullable<typeof running> {
  running?.abort.abort(REPLACED);
  running = { abort: new AbortController(), isStopped: false };
  return running;
}

async function describe(file: DataFile, reading: ReadingChoices): Promise<void> {
  const { signal } = begin().abort;
  const description = await describeTable(sourceOf(file), {
    ...reading,
    signal,
    optionText: fieldText,
    onProgress: readingTeller(file, "describe", emit),
  });
  signal.throwIfAborted();
  table = { file, reading };
  emit({ event: "described", description });
}

async function train(training: TrainingChoices): Promise<void> {
  if (table === null) throw new Error("The file is still being read: train once its columns are shown.");
  const { file, reading } = table;
  const run = begin();
  const { signal } = run.abort;
  const trained = await trainOnFile(file, reading, training, emit, { signal, stop: () => run.isStopped });
  signal.throwIfAborted();
  model = trained.model;
  emit({ event: "trained", result: trained.result, model: summaryOf(model) });
}

const MAX_NAMES = 8;

function summaryOf(model: TableModel): ModelSummary {
  const { target, inputs } = model.schema;
  const members = model.module instanceof Ensemble ? model.module.modules : [model.module];
  const weights = Object.entries(members[0]!.stateDict()).filter(([name]) => name.endsWith("weight"));
  const widths = [weights[0]?.[1].shape[1], ...weights.map(([, { shape }]) => shape[0])].join(" → ");
  const names = inputs.slice(0, MAX_NAMES).map(({ name }) => name);
  const others = inputs.length > MAX_NAMES ? ` and ${inputs.length - MAX_NAMES} more` : "";
  const by = `${members.length > 1 ? `the mean of ${members.length} networks` : "a network"} of ${widths}`;
  const words = `predicts “${target.name}” from ${names.join(", ")}${others}, by ${by}`;
  return { words, bytes: model.encode() };
}

function emit(event: DataEvent): void {
  postMessage(event);
}
