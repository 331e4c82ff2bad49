import type { EncodedRows } from "../rows/encoder.js";
import { outputWidth, type Schema, type Target } from "../schema.js";
import { type ColumnOfTable, columnsOfX } from "./columns-of-x.js";
import type { Importance } from "./permutation-importance.js";
import { type ExplainedScore, logLossOf, sharesOf } from "./score.js";

/** R² above which, and share of the baseline's log loss below which, a score is nearly perfect. */
const [NEARLY_R2, NEARLY_LOSS] = [0.95, 0.1];
/** The part of all rises that is nearly all of them. */
const NEARLY_ALL = 0.9;
/** Rows of a group of neighbouring numbers. */
const GROUP_ROWS = 5;
/** So many rows of the shares of all rows are added to a group, in which no class is impossible then. */
const ADDED_ROWS = 0.1;

/**
 * The inputs that decide nearly everything alone: one column among others that knows so much has often been filled in from the
 * target, or after it. There are two signs of it, and either is enough.
 *
 * By the model: its score is nearly perfect, and the rise of one column is more than 0.9 of all rises together. These are of the
 * squared error or of the log loss: where inputs are independent and their effects add up, the rise of the squared error is
 * twice the part of the variance that comes from a column (Jansen 1999), so that two equal inputs have one half each.
 *
 * By the rows: the target can be told nearly perfectly from one column without the others: by a line, or by the mean or the shares
 * of the other rows with about the same value. This finds a column whose copy stands beside it, of which the model uses both.
 */
export function decidingColumns(
  schema: Schema,
  rows: EncodedRows,
  score: ExplainedScore,
  importances: readonly Importance[],
): string[] {
  const { inputs, target } = schema;
  if (inputs.length < 2 || !(score.baseline > 0)) return [];
  const riseOf = ({ importance }: Importance) =>
    Math.max(0, target.kind === "number" ? (score.value + importance) ** 2 - score.value ** 2 : importance);
  const all = importances.reduce((sum, each) => sum + riseOf(each), 0);
  const isNearlyPerfect =
    target.kind === "number"
      ? 1 - (score.value / score.baseline) ** 2 > NEARLY_R2
      : score.value < NEARLY_LOSS * score.baseline;
  const columns = new Map(columnsOfX(inputs).map((column) => [column.input.name, column]));
  return importances
    .filter((each) => {
      const isByModel = isNearlyPerfect && riseOf(each) > NEARLY_ALL * all;
      return isByModel || tells(columns.get(each.column) as ColumnOfTable, target, rows);
    })
    .map(({ column }) => column);
}

/** Whether a column tells the target nearly perfectly without the others. */
function tells({ input, from, width }: ColumnOfTable, target: Target, { rows, x, y }: EncodedRows): boolean {
  const columns = x.length / rows;
  const valueAt = (row: number) => {
    const at = row * columns + from;
    return input.kind === "category" ? x.subarray(at, at + width).indexOf(1) : (x[at] as number);
  };
  const values = Float64Array.from({ length: rows }, (_, row) => valueAt(row));
  const groups = groupsOf(values, input.kind === "category" ? 1 : GROUP_ROWS);
  if (target.kind === "number") {
    const isLine = input.kind !== "category" && squaredCorrelation(values, y) > NEARLY_R2;
    return isLine || r2Within(groups, y) > NEARLY_R2;
  }
  const shares = sharesOf(y, outputWidth(target));
  const baseline = shares.reduce((sum, share) => sum + (share > 0 ? share * logLossOf(share) : 0), 0);
  return baseline > 0 && lossWithin(groups, y, shares) < NEARLY_LOSS * baseline;
}

/** Numbers of rows with about the same value, at least so many; equal values stay together. */
function groupsOf(values: Float64Array, least: number): number[][] {
  const order = Array.from(values, (_, row) => row).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const groups: number[][] = [];
  let last = NaN;
  for (const row of order) {
    const value = values[row] as number;
    const group = groups.at(-1);
    if (group === undefined || (value !== last && group.length >= least)) groups.push([row]);
    else group.push(row);
    last = value;
  }
  return groups;
}

/** R² of predicting each row by the mean of the others of its group. */
function r2Within(groups: readonly number[][], y: Float32Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  let [errors, all] = [0, 0];
  for (const group of groups) {
    const sum = group.reduce((total, row) => total + (y[row] as number), 0);
    for (const row of group) {
      const value = y[row] as number;
      const predicted = group.length > 1 ? (sum - value) / (group.length - 1) : mean;
      errors += (value - predicted) ** 2;
      all += (value - mean) ** 2;
    }
  }
  return all > 0 ? 1 - errors / all : 0;
}

/** The log loss of predicting each row by the shares of the others of its group. */
function lossWithin(groups: readonly number[][], y: Float32Array, shares: readonly number[]): number {
  let losses = 0;
  for (const group of groups) {
    const counts = shares.map(() => 0);
    for (const row of group) counts[y[row] as number]!++;
    for (const row of group) {
      const truth = y[row] as number;
      const others = (counts[truth] as number) - 1 + ADDED_ROWS * (shares[truth] as number);
      losses += logLossOf(others / (group.length - 1 + ADDED_ROWS));
    }
  }
  return losses / y.length;
}

function squaredCorrelation(values: Float64Array, y: Float32Array): number {
  const [meanX, meanY] = [values, y].map((each) => {
    let sum = 0;
    for (const value of each) sum += value;
    return sum / each.length;
  }) as [number, number];
  let [xx, xy, yy] = [0, 0, 0];
  for (let row = 0; row < y.length; row++) {
    const [dx, dy] = [(values[row] as number) - meanX, (y[row] as number) - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? (xy * xy) / (xx * yy) : 0;
}
