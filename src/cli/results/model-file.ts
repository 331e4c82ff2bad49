import type { decode, Module, Rprop } from "../../index.js";
import { planOf } from "../../io/architecture.js";
import { isRecord } from "../../io/strict-json.js";
import { load, save } from "../../node/index.js";
import { Failure, fileFailure, isFormatError } from "../shell/failure.js";
import { type Input, inputWidth, outputWidth, type Schema, type Target } from "../table/schema.js";
import type { Scores } from "./scores.js";

/** How a model came to be, for people. */
export interface History {
  readonly command: string;
  readonly file: string;
  readonly rows: { readonly training: number; readonly held: number };
  readonly options: Readonly<Record<string, unknown>>;
  /** What was decided about columns, rows and cells. */
  readonly notes: readonly string[];
  readonly epochs: { readonly completed: number; readonly best: number; readonly stopped: string };
  /** On the rows that were held back, or where there were none on those that were trained on. */
  readonly scores: Scores | null;
}

/** What a file of `rprop train` holds besides the model. */
export interface Description {
  readonly version: 1;
  readonly schema: Schema;
  readonly history: History;
}

/** Name in the metadata of the file; JSON. */
const KEY = "rprop.table";

/** What any file of encode() holds. */
export interface ModelFile {
  readonly model: Module;
  readonly optimizer: Rprop | null;
  /** But for the description. */
  readonly metadata: Readonly<Record<string, string>>;
  /** null where a program has saved the model, without a table. */
  readonly description: Description | null;
}

export async function writeModel(
  path: string,
  model: Module,
  description: Omit<Description, "version">,
): Promise<void> {
  const text = JSON.stringify({ version: 1, ...description } satisfies Description);
  try {
    await save(path, { model, metadata: { [KEY]: text } });
  } catch (error) {
    throw fileFailure(path, error);
  }
}

/** @throws Failure for what is no model */
export async function readModel(path: string): Promise<ModelFile> {
  let file: ReturnType<typeof decode>;
  try {
    file = await load(path);
  } catch (error) {
    throw isFormatError(error)
      ? new Failure(error.message.replace(": file:", ":"), { cause: error })
      : fileFailure(path, error);
  }
  const { model, optimizer = null } = file;
  const { [KEY]: text, ...metadata } = file.metadata;
  return {
    model,
    optimizer,
    metadata,
    description: text === undefined ? null : described(path, text, model),
  };
}

/** As readModel, of a model that knows its table. */
export async function readTrained(path: string): Promise<{ model: Module } & Description> {
  const { model, description } = await readModel(path);
  if (description !== null) return { model, ...description };
  throw new Failure(`${path}: a model, but not one of rprop train: it does not say which columns it reads`);
}

/** @throws Failure for anything but what writeModel has written of such a model */
function described(path: string, text: string, model: Module): Description {
  const broken = (what: string) => new Failure(`${path}: metadata ${JSON.stringify(KEY)}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw broken("no JSON");
  }
  if (!isRecord(json) || json.version !== 1) throw broken("of another version of rprop");
  const { schema, history } = json;
  if (!isSchema(schema) || !isHistory(history, schema)) throw broken("not as rprop train writes it");
  const [inputs, outputs] = planOf(model.architecture()).widths ?? [];
  if (inputs !== inputWidth(schema.inputs) || outputs !== outputWidth(schema.target))
    throw broken("its columns are not those of the model");
  return json as unknown as Description;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isOnce = (values: readonly unknown[]) => new Set(values).size === values.length;
const isTexts = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(isText) && isOnce(value);

function isSchema(value: unknown): value is Schema {
  if (!isRecord(value) || !isRecord(value.format) || !Array.isArray(value.inputs)) return false;
  const { format, inputs, target, baseline } = value;
  const { decimal, missing } = format as Record<string, unknown>;
  return (
    (decimal === "." || decimal === ",") &&
    Array.isArray(missing) &&
    missing.every(isText) &&
    inputs.length > 0 &&
    inputs.every(isInput) &&
    isTarget(target) &&
    isOnce([...inputs, target].map(({ name }) => name)) &&
    (target.kind === "number" ? Number.isFinite(baseline) : target.classes[baseline as number] !== undefined)
  );
}

function isHistory(value: unknown, { target }: Schema): value is History {
  if (!isRecord(value) || !isText(value.command) || !isText(value.file)) return false;
  const { rows, options, notes, epochs, scores } = value;
  return (
    isRecord(rows) &&
    isNumbers(rows, "training", "held") &&
    isRecord(options) &&
    Array.isArray(notes) &&
    notes.every(isText) &&
    isRecord(epochs) &&
    isNumbers(epochs, "completed", "best") &&
    isText(epochs.stopped) &&
    (scores === null || isScores(scores, target))
  );
}

function isScores(value: unknown, target: Target): value is Scores {
  if (!isRecord(value) || value.kind !== target.kind) return false;
  if (target.kind === "number") return isNumbers(value, "rows", "rmse", "mae", "baselineRmse", "r2");
  const isRow = (row: unknown) =>
    Array.isArray(row) && row.length === target.classes.length && row.every(Number.isFinite);
  return (
    isNumbers(value, "rows", "accuracy", "baselineAccuracy") &&
    Array.isArray(value.confusion) &&
    value.confusion.length === target.classes.length &&
    value.confusion.every(isRow)
  );
}

/** JSON has null for what is no finite number. */
function isNumbers(record: Record<string, unknown>, ...names: readonly string[]): boolean {
  return names.every((name) => record[name] === null || typeof record[name] === "number");
}

function isInput(value: unknown): value is Input {
  if (!isRecord(value) || !isText(value.name)) return false;
  return value.kind === "number"
    ? Number.isFinite(value.mean)
    : value.kind === "category" && isTexts(value.classes);
}

function isTarget(value: unknown): value is Target {
  if (!isRecord(value) || !isText(value.name)) return false;
  if (value.kind === "number") return true;
  return (
    value.kind === "category" &&
    isTexts(value.classes) &&
    (value.labels === "numbers" || value.labels === "texts")
  );
}
