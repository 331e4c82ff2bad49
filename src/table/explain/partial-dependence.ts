import { predictionText } from "../../format-number.js";
import type { Module } from "../../index.js";
import type { DateInput } from "../dates/survey.js";
import { inUnits, outputsOf } from "../outputs.js";
import type { EncodedRows } from "../rows/encoder.js";
import { type Input, outputWidth, type Target } from "../schema.js";
import type { ColumnOfTable } from "./columns-of-x.js";

/** What a model predicts in the mean as one column of the table changes. */
export interface Dependence {
  /** The name of the column. */
  readonly column: string;
  /** What its values are. */
  readonly kind: "number" | "boolean" | "category";
  /** In the order of the values. */
  readonly points: readonly DependencePoint[];
}

/** The mean prediction where every row has the same value in one column. */
export interface DependencePoint {
  /** A number, true or false, or a category. */
  readonly value: number | boolean | string;
  /** The mean number, or the mean probability of each class. */
  readonly predictions: readonly number[];
}

/** Points of a column of numbers: at quantiles from 5 % to 95 %, beyond which few rows say what is right. */
const [POINTS, FIRST, LAST] = [20, 0.05, 0.95];

/**
 * Partial dependence (Friedman 2001, Greedy function approximation, section 8.2): the mean prediction over the rows, where one
 * column has the same value in all of them and the others stay as they are.
 */
export function partialDependence(
  module: Module,
  target: Target,
  rows: EncodedRows,
  { input, from, width }: ColumnOfTable<Exclude<Input, DateInput>>,
): Dependence {
  const columns = rows.x.length / rows.rows;
  const x = rows.x.slice();
  const values = input.kind === "category" ? input.categories : gridOf(input.kind, rows, columns, from);
  const points = values.map((value, place): DependencePoint => {
    for (let at = from; at < x.length; at += columns)
      for (let c = 0; c < width; c++)
        x[at + c] = typeof value === "string" ? Number(c === place) : Number(value);
    const predicted = inUnits(target, outputsOf(module, target, x, rows.rows));
    return { value, predictions: meansOf(predicted, outputWidth(target)) };
  });
  return { column: input.name, kind: input.kind, points };
}

/** Distinct values that rows have, the lower one where a quantile is between two. */
function gridOf(
  kind: "number" | "boolean",
  { x, rows }: EncodedRows,
  columns: number,
  from: number,
): readonly (number | boolean)[] {
  if (kind === "boolean") return [false, true];
  const sorted = Float32Array.from({ length: rows }, (_, row) => x[row * columns + from] as number).sort();
  const quantiles = Array.from({ length: POINTS }, (_, i) => {
    const share = FIRST + ((LAST - FIRST) * i) / (POINTS - 1);
    return Number(predictionText(sorted[Math.floor(share * (rows - 1))] as number));
  });
  return [...new Set(quantiles)];
}

/** Over the rows, in float64. */
function meansOf(outputs: Float32Array, width: number): number[] {
  const sums = new Array<number>(width).fill(0);
  outputs.forEach((value, i) => {
    sums[i % width]! += value;
  });
  return sums.map((sum) => (sum * width) / outputs.length);
}
