import type { Measured, Schema } from "rprop/table";
import type { Comparison, UnseenBy } from "./messages.js";

/** More categories than this are no table that anybody reads. */
const MAX_CATEGORIES = 50;
const MAX_POINTS = 400;

/**
 * What the page draws of predictions beside actual values.
 *
 * @param unseen of rows that the model was not trained on; null where there are none
 * @param training of the training rows; null where they are not measured
 * @param by how the unseen rows were chosen
 */
export function comparisonOf(
  { target }: Schema,
  unseen: Measured | null,
  training: Measured | null,
  by: UnseenBy = "validation",
): Comparison {
  if (target.kind === "number") {
    return { kind: "number", unseen: pointsOf(unseen), by, training: pointsOf(training) };
  }
  const { categories } = target;
  const scores = (unseen ?? training)?.scores;
  const isReadable = categories.length <= MAX_CATEGORIES && scores?.kind === "category";
  const confusion = isReadable ? scores.confusion : [];
  return { kind: "category", by: unseen === null ? "training" : by, categories, confusion };
}

function pointsOf(measured: Measured | null): Measured["pairs"] {
  const pairs = measured?.pairs ?? [];
  const every = Math.ceil(pairs.length / MAX_POINTS);
  return pairs.filter((_, i) => i % every === 0);
}
