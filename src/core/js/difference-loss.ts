/** Losses of the difference d = prediction − target: see ../core.ts. Mirrors assembly/difference-loss.ts. */
import { BLOCK_ROWS } from "../core.js";

/** What the losses have in common: the arrays, and eight lanes to add in. */
export interface Differences {
  readonly prediction: Float32Array;
  readonly target: Float32Array;
  readonly derivative: Float32Array;
  readonly lanes: Float64Array;
}

export function squaredError(arrays: Differences, rows: number, outputs: number): number {
  return sumTerms(
    arrays,
    rows,
    outputs,
    (d) => d,
    (d) => d * d,
  );
}

export function absoluteError(arrays: Differences, rows: number, outputs: number): number {
  return sumTerms(arrays, rows, outputs, (d) => (d > 0 ? 1 : d < 0 ? -1 : d), Math.abs);
}

export function huberError(arrays: Differences, rows: number, outputs: number, delta: number): number {
  const slope = (d: number) => (d < -delta ? -delta : d > delta ? delta : d);
  return sumTerms(arrays, rows, outputs, slope, (d) => {
    const a = Math.abs(d);
    return a <= delta ? a * a * 0.5 : delta * (a - delta * 0.5);
  });
}

function sumTerms(
  { prediction, target, derivative, lanes }: Differences,
  rows: number,
  outputs: number,
  slope: (d: number) => number,
  term: (d: number) => number,
): number {
  let sum = 0;
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const start = r * outputs;
    const end = Math.min(r + BLOCK_ROWS, rows) * outputs;
    lanes.fill(0);
    for (let i = start; i < end; i++) {
      const d = Math.fround((prediction[i] as number) - (target[i] as number));
      const lane = (i - start) & 7;
      derivative[i] = slope(d);
      lanes[lane] = (lanes[lane] as number) + term(d);
    }
    const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes as unknown as Lanes;
    sum += l0 + l1 + (l2 + l3) + (l4 + l5 + (l6 + l7));
  }
  return sum;
}

type Lanes = [number, number, number, number, number, number, number, number];
