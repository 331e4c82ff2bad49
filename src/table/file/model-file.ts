import { oneLine } from "../../escapes.js";
import { decode, encode, type Module, type Rprop } from "../../index.js";
import { planOf } from "../../io/architecture.js";
import { isRecord, parseStrictly } from "../../io/strict-json.js";
import type { Scores } from "../fit/scores.js";
import { type Input, inputWidth, outputWidth, type Schema } from "../schema.js";
import { TableError } from "../table-error.js";

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

/** The bytes of a model file. */
export function contentOf(model: Module, description: Omit<Description, "version">): Uint8Array {
  const text = JSON.stringify({ version: 1, ...description } satisfies Description);
  return encode({ model, metadata: { [KEY]: text } });
}

/** @throws FormatError for what is no model; TableError for one that is wrong about its table */
export function readModel(bytes: Uint8Array): ModelFile {
  const file = decode(bytes);
  const { model, optimizer = null } = file;
  const { [KEY]: text, ...metadata } = file.metadata;
  return { model, optimizer, metadata, description: text === undefined ? null : described(text, model) };
}

/** As readModel, of a model that knows its table. */
export function readTrained(bytes: Uint8Array): { model: Module } & Description {
  const { model, description } = readModel(bytes);
  if (description !== null) return { model, ...description };
  throw new TableError(
    "a model, but not one of rprop train: it does not say which columns it reads",
    "model",
  );
}

/** @throws TableError for anything but what contentOf writes for such a model */
export function described(text: string, model: Module): Description {
  const broken = (what: string) => new TableError(`metadata ${JSON.stringify(KEY)}: ${what}`, "model");
  let json: unknown;
  try {
    json = parseStrictly(KEY, text);
  } catch (error) {
    throw broken(oneLine((error as Error).message.slice(`${KEY}: `.length)));
  }
  if (!isRecord(json) || json.version !== 1) throw broken("of another version of rprop");
  if (!isDescription(json)) throw broken("not as rprop train writes it");
  const { schema } = json;
  const [inputs, outputs] = planOf(model.architecture()).widths ?? [];
  if (inputs !== inputWidth(schema.inputs) || outputs !== outputWidth(schema.target))
    throw broken("its columns are not those of the model");
  return json;
}

/** Whether a value of JSON is of some kind. */
type Check = (value: unknown) => boolean;

const isText = (value: unknown): value is string => typeof value === "string";
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** A score is a number, or null in JSON where it is not finite. */
const isScore: Check = (value) => value === null || Number.isFinite(value);
const isFloat32: Check = (value) => typeof value === "number" && Number.isFinite(Math.fround(value));
const is =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** A record of exactly these names, as own properties. */
const recordOf =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys(value).length === Object.keys(checks).length &&
    Object.entries(checks).every(([name, check]) => Object.hasOwn(value, name) && check(value[name]));
const oneOf =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const isDifferent = (values: readonly unknown[]) => new Set(values).size === values.length;

const isClasses: Check = (value) =>
  listOf(isText)(value) && (value as string[]).length > 0 && isDifferent(value as string[]);
/** Classes that are finite numbers, written as JavaScript writes them, and still different in float32. */
const isNumberClasses: Check = (value) => {
  if (!isClasses(value)) return false;
  const numbers = (value as string[]).map(Number);
  const isWritten = numbers.map(String).every((text, c) => text === (value as string[])[c]);
  return isWritten && numbers.every(isFloat32) && isDifferent(numbers.map(Math.fround));
};

const isInput = oneOf(
  recordOf({ name: isText, kind: is("number"), mean: isFloat32 }),
  recordOf({ name: isText, kind: is("category"), classes: isClasses }),
);

const isTarget = oneOf(
  recordOf({ name: isText, kind: is("number") }),
  recordOf({ name: isText, kind: is("category"), classes: isClasses, labels: is("texts") }),
  recordOf({ name: isText, kind: is("category"), classes: isNumberClasses, labels: is("numbers") }),
);

const isSchema = recordOf({
  format: recordOf({ decimal: is(".", ","), missing: listOf(isText) }),
  inputs: (value) => listOf(isInput)(value) && (value as Input[]).length > 0,
  target: isTarget,
  baseline: Number.isFinite,
});

const isScores = oneOf(
  recordOf({
    kind: is("number"),
    rows: isCount,
    rmse: isScore,
    mae: isScore,
    baselineRmse: isScore,
    r2: isScore,
  }),
  recordOf({
    kind: is("category"),
    rows: isCount,
    accuracy: isScore,
    baselineAccuracy: isScore,
    confusion: listOf(listOf(isCount)),
  }),
);

const isHistory = recordOf({
  command: isText,
  file: isText,
  rows: recordOf({ training: isCount, held: isCount }),
  options: (value) => isRecord(value) && Object.values(value).every(oneOf(isText, Number.isFinite)),
  notes: listOf(isText),
  epochs: recordOf({ completed: isCount, best: isCount, stopped: isText }),
  scores: oneOf(is(null), isScores),
});

const hasShape = recordOf({ version: is(1), schema: isSchema, history: isHistory });

/** Checks all of the metadata, its shape and that its parts agree: no other code checks it again. */
function isDescription(value: unknown): value is Description {
  if (!hasShape(value)) return false;
  const { schema, history } = value as Description;
  const { inputs, target, baseline } = schema;
  const { scores } = history;
  if (!isDifferent([...inputs, target].map(({ name }) => name))) return false;
  if (scores !== null && scores.kind !== target.kind) return false;
  if (target.kind === "number") return true;
  const count = target.classes.length;
  if (!isCount(baseline) || baseline >= count) return false;
  if (scores?.kind !== "category") return true;
  return scores.confusion.length === count && scores.confusion.every((row) => row.length === count);
}
