import { trimmed } from "../../data/cells/number.js";
import { checkFormat } from "../../data/cells/number-format.js";
import { DATE_FORMS } from "../dates/forms.js";
import { DATE_PARTS, type DatePart, partNames } from "../dates/parts.js";
import type { DateInput } from "../dates/survey.js";
import type { Input, Schema } from "../schema.js";
import { type ClassScores, classesOf } from "../scores/class-scores.js";
import type { NumberScores } from "../scores/number-scores.js";
import type { Scores } from "../scores/scores.js";
import {
  type Check,
  is,
  isCategories,
  isCount,
  isDistinct,
  isEpochs,
  isFloat32,
  isFormat,
  isNumberCategories,
  isOptions,
  isScores,
  isText,
  listOf,
  oneOf,
  recordOf,
} from "./checks.js";

/** How a model came to be, for people. */
export interface History {
  /** The line that was typed, or null where a program or the page has trained it. */
  readonly command: string | null;
  /** What the table was called, or null. */
  readonly file: string | null;
  /** How many rows it was trained on, and how many were for validation. */
  readonly rows: { readonly training: number; readonly validation: number };
  /** What it was trained with, by the names of trainTable's options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What was decided about columns, rows and cells. */
  readonly notes: readonly string[];
  /** How many epochs the first network was trained for, which was the best, and why its training ended. */
  readonly epochs: { readonly completed: number; readonly best: number; readonly stopped: string };
  /** Which rows the scores are of; null in a model that was not measured. */
  readonly scored: Scored | null;
  /** How good the model is; null in a model that was not measured. */
  readonly scores: Scores | null;
}

/** How rows were chosen that a model was scored on. */
export interface Scored {
  /** Rows of all folds, none of which its network knew; rows that chose the best epoch; or rows that were trained on. */
  readonly by: "folds" | "validation" | "training";
  /** Folds that the rows were divided into, and how often; 0 where there were none. */
  readonly folds: number;
  /** How often all rows were divided into folds. */
  readonly repeats: number;
}

/** What a model's file holds besides the model: what to read of a table, and how it came to be, if the file says so. */
export interface Description {
  /** What to read of a table. */
  readonly schema: Schema;
  /** How the model came to be; null where the file does not say that. */
  readonly history: History | null;
}

/** A format that some cell can have: the rules of checkFormat. */
const isNumberFormat: Check = (value) => {
  try {
    checkFormat("format", value);
    return recordOf({ decimal: isText, thousands: isText, unit: isText }, { minusBehind: is(true) })(value);
  } catch {
    return false;
  }
};
/** Texts without blanks around, as cells are read. */
const areCells: Check = (value) =>
  isCategories(value) && (value as string[]).every((text) => text === trimmed(text));

const hasDateShape = recordOf({
  name: isText,
  kind: is("date"),
  form: is(...DATE_FORMS),
  parts: listOf(is(...DATE_PARTS)),
  means: listOf(isFloat32),
});
/** Parts in their order, and a mean for each of their columns. */
const isDate: Check = (value) => {
  if (!hasDateShape(value)) return false;
  const { parts, means } = value as DateInput;
  const places = parts.map((part: DatePart) => DATE_PARTS.indexOf(part));
  const isOrdered = places.every((place, i) => i === 0 || place > (places[i - 1] as number));
  return parts.length > 0 && isOrdered && means.length === partNames(parts).length;
};

const isInput = oneOf(
  isDate,
  recordOf({ name: isText, kind: is("number"), mean: isFloat32 }, { format: isNumberFormat }),
  recordOf({ name: isText, kind: is("boolean"), mean: isFloat32 }),
  recordOf({ name: isText, kind: is("category"), categories: areCells }),
);

const isThreshold: Check = (value) => typeof value === "number" && value > 0 && value < 1;

const isTarget = oneOf(
  recordOf({ name: isText, kind: is("number") }, { format: isNumberFormat, scale: is("log") }),
  recordOf(
    { name: isText, kind: is("category"), categories: areCells, labels: is("text") },
    { threshold: isThreshold },
  ),
  recordOf(
    {
      name: isText,
      kind: is("category"),
      categories: (value) => isCategories(value) && (value as string[]).length === 2,
      labels: is("boolean"),
    },
    { threshold: isThreshold },
  ),
  recordOf(
    { name: isText, kind: is("category"), categories: isNumberCategories, labels: is("number") },
    { format: isNumberFormat, threshold: isThreshold },
  ),
);

/** Nonconformities in ascending order. */
const isConformal = recordOf({
  rows: (value) => isCount(value) && value !== 0,
  nonconformities: (value) =>
    listOf(Number.isFinite)(value) &&
    (value as number[]).length > 0 &&
    (value as number[]).every((each, i, all) => each >= (all[i - 1] ?? 0)),
});

const isSchema = recordOf(
  {
    csv: isFormat,
    inputs: (value) => listOf(isInput)(value) && (value as Input[]).length > 0,
    target: isTarget,
    baseline: oneOf(is(null), Number.isFinite),
  },
  { conformal: isConformal },
);

const isHistory = recordOf(
  {
    command: oneOf(is(null), isText),
    file: oneOf(is(null), isText),
    rows: recordOf({ training: isCount, validation: isCount }),
    options: isOptions,
    notes: listOf(isText),
    epochs: isEpochs,
    scores: oneOf(is(null), isScores),
  },
  {
    scored: oneOf(
      is(null),
      recordOf({ by: is("folds", "validation", "training"), folds: isCount, repeats: isCount }),
    ),
  },
);

const hasShape = recordOf({ version: is(2), schema: isSchema, history: oneOf(is(null), isHistory) });

/** A history as a file has it: one of an earlier version does not say everything. */
export type WrittenHistory = Omit<History, "scored" | "scores"> & {
  readonly scored?: Scored | null;
  readonly scores: WrittenScores | null;
};
type WrittenScores =
  | (Partial<NumberScores> & Omit<NumberScores, "rmseError" | "coverage">)
  | (Partial<ClassScores> &
      Pick<ClassScores, "kind" | "rows" | "accuracy" | "baselineAccuracy" | "confusion">);

/** What no earlier version has said: the rows of its scores, which were for validation if there were any, and scores it did not have. */
export function completeHistory(history: WrittenHistory): History {
  const { scores, rows } = history;
  if (scores === null) return { ...history, scored: null, scores };
  const by = rows.validation > 0 ? "validation" : "training";
  return {
    ...history,
    scored: history.scored ?? { by, folds: 0, repeats: 0 },
    scores: completeScores(scores),
  };
}

/** What is there stays in its order, so that a file that is written again has the same bytes. */
function completeScores(scores: WrittenScores): Scores {
  const absent =
    scores.kind === "number"
      ? NO_NUMBER_SCORES
      : { ...NO_CLASS_SCORES, classes: classesOf(scores.confusion) };
  const added = Object.entries(absent).filter(([name]) => !Object.hasOwn(scores, name));
  return { ...scores, ...Object.fromEntries(added) } as Scores;
}

const NO_NUMBER_SCORES = { rmseError: null, coverage: null } as const satisfies Partial<NumberScores>;
const NO_CLASS_SCORES = {
  accuracyError: null,
  balancedAccuracy: null,
  logLoss: null,
  logLossError: null,
  baselineLogLoss: null,
  brier: null,
  auc: null,
  ece: null,
  calibrationSlope: null,
  calibration: [],
  coverage: null,
} as const satisfies Partial<ClassScores>;

/** What a file has of a description. */
export type WrittenDescription = Omit<Description, "history"> & { readonly history: WrittenHistory | null };

/** Whether JSON is a description of version 2: its shape, and that its parts agree. */
export function isDescription(value: unknown): value is WrittenDescription {
  return hasShape(value) && agrees(value as WrittenDescription);
}

/** Whether the parts of a description agree: no other code checks it again. */
export function agrees({ schema, history }: WrittenDescription): boolean {
  const { inputs, target, baseline } = schema;
  const scores = history?.scores ?? null;
  if (!isDistinct([...inputs, target].map(({ name }) => name))) return false;
  if (scores !== null && scores.kind !== target.kind) return false;
  if (target.kind === "number") return baseline !== null;
  const count = target.categories.length;
  if (target.threshold !== undefined && count !== 2) return false;
  if (baseline !== null && (!isCount(baseline) || baseline >= count)) return false;
  if (scores?.kind !== "category") return true;
  return scores.confusion.length === count && scores.confusion.every((row) => row.length === count);
}
