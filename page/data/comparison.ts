import type { Measured, Schema } from "rprop/table";
import type { Comparison } from "./messages.js";

/** More categories than this are no table that anybody reads. */
const MOST_CATEGORIES = 50;
const MOST_POINTS = 400;

/**
 * What the page draws of predictions beside the truth.
 *
 * @param validation of the validation rows; null where there are none
 * @param training of the training rows; null where they are not measured
 */
export function comparisonOf(
  { target }: Schema,
  validation: Measured | null,
  training: Measured | null,
): Comparison {
  if (target.kind === "number") {
    return { kind: "number", validation: pointsOf(validation), training: pointsOf(training) };
  }
  const { categories } = target;
  const scores = (validation ?? training)?.scores;
  const isReadable = categories.length <= MOST_CATEGORIES && scores?.kind === "category";
  return { kind: "category", categories, confusion: isReadable ? scores.confusion : [] };
}

function pointsOf(measured: Measured | null): Measured["pairs"] {
  const pairs = measured?.pairs ?? [];
  const every = Math.ceil(pairs.length / MOST_POINTS);
  return pairs.filter((_, i) => i % every === 0);
}
