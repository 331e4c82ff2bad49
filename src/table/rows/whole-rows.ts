import { Moments, type Rows } from "../../index.js";
import type { Division, RowNumbers, Strata } from "./division.js";
import type { EncodedRows } from "./encoder.js";
import { exponentials } from "./log-target.js";
import { Statistics } from "./statistics.js";

/** All rows of a table of which the target is known, in memory, in its order. */
export interface WholeRows extends EncodedRows {
  /** Columns of x. */
  readonly width: number;
  /** Of a target of classes, their number; else null. */
  readonly classes: number | null;
  /** Whether y are logarithms of the target. */
  readonly isLog: boolean;
  /** What is respected where they are divided. */
  readonly strata: Strata;
}

/** What `fit` trains one network on, and stops it by. */
export interface TrainingRows {
  readonly data: Rows | (() => AsyncIterable<Rows>) | Moments;
  readonly validation: Rows | Moments | null;
  /** Of the training rows. */
  readonly x: Statistics;
  readonly y: Statistics;
  /** As in a Schema, of the training rows. */
  readonly baseline: number;
}

/** The numbers of all of them. */
export function allRows({ rows }: WholeRows): RowNumbers {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

/** Rows of a table by their numbers: a copy. */
export function rowsAt({ x, y, width }: WholeRows, numbers: RowNumbers): EncodedRows {
  const picked = {
    rows: numbers.length,
    x: new Float32Array(numbers.length * width),
    y: new Float32Array(numbers.length),
  };
  // Rows that stand together are copied together.
  for (let i = 0; i < numbers.length; ) {
    const first = numbers[i] as number;
    let end = i + 1;
    while (end < numbers.length && numbers[end] === first + end - i) end++;
    const past = first + end - i;
    picked.x.set(x.subarray(first * width, past * width), i * width);
    picked.y.set(y.subarray(first, past), i);
    i = end;
  }
  return picked;
}

/** How rows come to training: they are in memory; they are read again for each epoch; or their moments are all that is needed. */
export type Reading = "memory" | "every epoch" | "moments";

export function trainingRows(whole: WholeRows, division: Division, reading: Reading): TrainingRows {
  const [training, validation] = [rowsAt(whole, division.training), rowsAt(whole, division.validation)];
  const [x, y] = [new Statistics(whole.width), new Statistics(1)];
  x.add(training.x);
  y.add(training.y);
  const valuesOf = (rows: EncodedRows) => {
    const values = rowsOf(rows, whole.width);
    return reading === "moments" ? Moments.from(values.x, values.y) : values;
  };
  return {
    data: valuesOf(training),
    validation: validation.rows > 0 ? valuesOf(validation) : null,
    x,
    y,
    baseline: baselineOf(training.y, whole),
  };
}

/** The mean of a number, in the units of the table, or the index of the most frequent class. */
export function baselineOf(
  y: Float32Array,
  { classes, isLog }: Pick<WholeRows, "classes" | "isLog">,
): number {
  if (classes === null) {
    const statistics = new Statistics(1);
    statistics.add(isLog ? exponentials(y) : y);
    return statistics.means[0] as number;
  }
  const counts = new Array<number>(classes).fill(0);
  for (const index of y) counts[index]!++;
  return counts.indexOf(Math.max(...counts));
}

/** The arrays as `fit` takes them. */
export function rowsOf({ rows, x, y }: EncodedRows, width: number): Rows {
  return { x: { shape: [rows, width], data: x }, y: { shape: [rows], data: y } };
}
