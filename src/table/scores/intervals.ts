/** What else a target may be: an interval of a number, a set of classes. */
import { wrongValue } from "../../errors.js";
import { exp64 } from "../../random/elementary.js";
import { classWords, valuesOf } from "../outputs.js";
import { isLog } from "../rows/log-target.js";
import type { CategoryTarget, NumberTarget, Schema } from "../schema.js";
import { nonconformityAt } from "./conformal.js";

/** The lowest and the highest number of an interval. */
export type Interval = readonly [low: number, high: number];

/**
 * The nonconformity that the actual value of a new row does not exceed with a probability of `level`.
 *
 * @throws RangeError for a model without out-of-fold rows, or with too few of them for the level
 */
export function limitAt({ conformal }: Schema, level: number): number {
  if (conformal === undefined)
    throw new RangeError(
      '"interval": the model was not scored by cross-validation, which says how far its predictions are off: train it on 10 rows or more with folds, to the end',
    );
  const limit = nonconformityAt(conformal, level);
  if (limit < Infinity) return limit;
  const { rows } = conformal;
  const most = Math.floor((1000 * rows) / (rows + 1)) / 1000;
  throw wrongValue("interval", `a level of at most ${most}, as ${rows} rows allow no more`, level);
}

/** Intervals in the units of the table: of a target that is learned by its logarithm they are ratios of the prediction. */
export function intervalsOf(target: NumberTarget, outputs: Float32Array, limit: number): Interval[] {
  const inUnits = isLog(target) ? exp64 : (value: number) => value;
  return Array.from(
    outputs,
    (value): Interval => [Math.fround(inUnits(value - limit)), Math.fround(inUnits(value + limit))],
  );
}

/** The classes of each row that are probable enough, in the order of the target's categories. */
export function setsOf(target: CategoryTarget, outputs: Float32Array, limit: number): (number | string)[][] {
  const words = classWords(target);
  return valuesOf(target, outputs).map((predicted, row) => {
    const set = words.filter((_, c) => 1 - (outputs[row * words.length + c] as number) <= limit);
    // An empty set would say that no class is likely, although one is predicted.
    return set.length > 0 ? set : [predicted];
  });
}
