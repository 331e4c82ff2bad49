/** What JSON from a file has to be, put together of small questions. */
import { isRecord } from "../../io/strict-json.js";

/** Whether a value of JSON is of some kind. */
export type Check = (value: unknown) => boolean;

export const isText = (value: unknown): value is string => typeof value === "string";
export const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** Of rows in the mean of several predictions. */
const isMeanCount: Check = (value) => Number.isFinite(value) && (value as number) >= 0;
/** A score is a number, or null in JSON where it is not finite. */
export const isScore: Check = (value) => value === null || Number.isFinite(value);
export const isFloat32: Check = (value) => typeof value === "number" && Number.isFinite(Math.fround(value));
export const is =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** A record of exactly these names, as own properties; of those in `optional`, any may be missing. */
export const recordOf =
  (checks: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys(checks).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, inner]) => {
      if (Object.hasOwn(checks, name)) return (checks[name] as Check)(inner);
      return Object.hasOwn(optional, name) && (optional[name] as Check)(inner);
    });
export const oneOf =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
export const isDistinct = (values: readonly unknown[]) => new Set(values).size === values.length;

export const isCategories: Check = (value) =>
  listOf(isText)(value) && (value as string[]).length > 0 && isDistinct(value as string[]);
/** Categories that are finite numbers, written as JavaScript writes them, and still distinct in float32. */
export const isNumberCategories: Check = (value) => {
  if (!isCategories(value)) return false;
  const numbers = (value as string[]).map(Number);
  const isWritten = numbers.map(String).every((text, c) => text === (value as string[])[c]);
  return isWritten && numbers.every(isFloat32) && isDistinct(numbers.map(Math.fround));
};

/** Scores as this version writes them, or an earlier one, which had fewer. */
export const isScores = oneOf(
  recordOf(
    {
      kind: is("number"),
      rows: isCount,
      rmse: isScore,
      mae: isScore,
      baselineRmse: isScore,
      r2: isScore,
    },
    { rmseError: isScore, coverage: isScore },
  ),
  recordOf(
    {
      kind: is("category"),
      rows: isCount,
      accuracy: isScore,
      baselineAccuracy: isScore,
      confusion: listOf(listOf(isMeanCount)),
    },
    {
      accuracyError: isScore,
      balancedAccuracy: isScore,
      logLoss: isScore,
      logLossError: isScore,
      baselineLogLoss: isScore,
      brier: isScore,
      auc: isScore,
      classes: listOf(recordOf({ rows: isCount, precision: isScore, recall: isScore, f1: isScore })),
      ece: isScore,
      calibrationSlope: isScore,
      calibration: listOf(recordOf({ rows: isCount, probability: isScore, right: isScore })),
      coverage: isScore,
    },
  ),
);

export const isEpochs = recordOf({ completed: isCount, best: isCount, stopped: isText });
export const isOptions: Check = (value) =>
  isRecord(value) && Object.values(value).every(oneOf(isText, Number.isFinite));
export const isFormat = recordOf(
  { decimal: is(".", ","), missing: listOf(isText) },
  { header: is(true, false) },
);
