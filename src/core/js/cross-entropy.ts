/** Softmax and its cross-entropy: ClassificationKernels in ../contract/classification.ts. Mirrors assembly/cross-entropy.ts. */
import { BLOCK_ROWS } from "../contract/core.js";
import { exp, log } from "./elementary.js";
import { sumInLanes } from "./lanes.js";

const fround = Math.fround;

export function softmax(x: Float32Array, y: Float32Array, rows: number, classes: number): void {
  for (let start = 0; start < rows * classes; start += classes) {
    const sum = exponentials(x, y, largest(x, start, classes), start, classes);
    for (let i = start; i < start + classes; i++) y[i] = (y[i] as number) / sum;
  }
}

/** The largest of the row that begins at start. */
function largest(x: Float32Array, start: number, classes: number): number {
  let most = x[start] as number;
  for (let i = start + 1; i < start + classes; i++) if (most < (x[i] as number)) most = x[i] as number;
  return most;
}

/** e = exp(x − most) in a row, and returns the sum. */
function exponentials(
  x: Float32Array,
  e: Float32Array,
  most: number,
  start: number,
  classes: number,
): number {
  let sum = 0;
  for (let i = start; i < start + classes; i++) {
    const value = exp(fround((x[i] as number) - most));
    e[i] = value;
    sum += value;
  }
  return fround(sum);
}

interface CrossEntropyArrays {
  readonly x: Float32Array;
  readonly target: Float32Array;
  readonly indexed: boolean;
  readonly weight: Float32Array;
  readonly derivative: Float32Array;
}

export function crossEntropy(
  arrays: CrossEntropyArrays,
  rows: number,
  classes: number,
  oneMinusSmoothing: number,
  smoothingPerClass: number,
): number {
  const { x, target, indexed, weight, derivative } = arrays;
  const weightedTarget = (row: number, c: number) => {
    const t = indexed ? (target[row] === c ? 1 : 0) : (target[row * classes + c] as number);
    return fround((weight[c] as number) * fround(fround(t * oneMinusSmoothing) + smoothingPerClass));
  };
  const term = (row: number) => {
    const start = row * classes;
    const most = largest(x, start, classes);
    const e = exponentials(x, derivative, most, start, classes);
    let whole = 0;
    for (let c = 0; c < classes; c++) whole += weightedTarget(row, c);
    whole = fround(whole);
    const logOfSum = log(e);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const q = weightedTarget(row, c);
      const distance = fround((x[start + c] as number) - most);
      // A class that cannot be may be infinitely far.
      sum += q * (logOfSum - (q === 0 && distance === -Infinity ? 0 : distance));
      const p = fround((derivative[start + c] as number) / e);
      derivative[start + c] = fround(p * whole) - q;
    }
    return sum;
  };
  let sum = 0;
  for (let r = 0; r < rows; r += BLOCK_ROWS) sum += sumInLanes(r, Math.min(BLOCK_ROWS, rows - r), term);
  return sum;
}
