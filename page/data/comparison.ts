import type { Measured, Schema } from "rprop/table";
import type { Comparison } from "./messages.js";

/** More categories than this are no table that anybody reads. */
const MOST_CATEGORIES = 50;
const MOST_POINTS = 400;

/**
 * What the page draws of predictions beside the truth.
 *
 * @param unseen of rows that the model was not trained on; null where there are none
 * @param training of the training rows; null where they are not measured
 * @param isCrossValidated whether the unseen rows are those of all folds, rather than validation rows
 */
export function comparisonOf(
  { target }: Schema,
  unseen: Measured | null,
  training: Measured | null,
  isCrossValidated = false,
): Comparison {
  if (target.kind === "number") {
    return { kind: "number", unseen: pointsOf(unseen), training: pointsOf(training) };
  }
  const { categories } = target;
  const scores = (unseen ?? training)?.scores;
  const isReadable = categories.length <= MOST_CATEGORIES && scores?.kind === "category";
  const rows = unseen === null ? "training rows" : isCrossValidated ? "rows of all folds" : "validation rows";
  return { kind: "category", rows, categories, confusion: isReadable ? scores.confusion : [] };
}

function pointsOf(measured: Measured | null): Measured["pairs"] {
  const pairs = measured?.pairs ?? [];
  const every = Math.ceil(pairs.length / MOST_POINTS);
  return pairs.filter((_, i) => i % every === 0);
}
