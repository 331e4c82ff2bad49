/** The matrix products of a linear layer; formulas and orders of sums: Core in ../contract/core.ts. Mirrors assembly/linear.ts. */
import { BLOCK_ROWS } from "../contract/core.js";
import { product } from "./product.js";

const fround = Math.fround;

// Panels are copies here, biases first: what wasm packs for speed is to be read from the same place.

export function packForward(
  weight: Float32Array,
  bias: Float32Array | null,
  panels: Float32Array,
  size: number,
  outFeatures: number,
): void {
  for (let o = 0; o < outFeatures; o++) panels[o] = bias === null ? 0 : (bias[o] as number);
  for (let i = 0; i < size; i++) panels[outFeatures + i] = weight[i] as number;
}

export function linearForward(
  x: Float32Array,
  panels: Float32Array,
  y: Float32Array,
  rows: number,
  inFeatures: number,
  outFeatures: number,
): void {
  const a = { values: x, offset: 0, row: inFeatures, column: 1 };
  const b = { values: panels, offset: outFeatures, row: 1, column: inFeatures };
  product(a, b, panels, y, rows, outFeatures, inFeatures);
}

export function packBackward(weight: Float32Array, panels: Float32Array, size: number): void {
  for (let i = 0; i < size; i++) panels[i] = weight[i] as number;
}

export function linearGradInput(
  dy: Float32Array,
  panels: Float32Array,
  dx: Float32Array,
  rows: number,
  inFeatures: number,
  outFeatures: number,
): void {
  const a = { values: dy, offset: 0, row: outFeatures, column: 1 };
  const b = { values: panels, offset: 0, row: inFeatures, column: 1 };
  product(a, b, null, dx, rows, inFeatures, outFeatures);
}

export function linearGradWeight(
  dy: Float32Array,
  x: Float32Array,
  total: Float64Array,
  partial: Float32Array,
  rows: number,
  inFeatures: number,
  outFeatures: number,
): void {
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const a = { values: dy, offset: r * outFeatures, row: 1, column: outFeatures };
    const b = { values: x, offset: r * inFeatures, row: inFeatures, column: 1 };
    product(a, b, null, partial, outFeatures, inFeatures, Math.min(rows - r, BLOCK_ROWS));
    const size = outFeatures * inFeatures;
    for (let i = 0; i < size; i++) total[i] = (total[i] as number) + (partial[i] as number);
  }
}

export function linearGradBias(
  dy: Float32Array,
  total: Float64Array,
  rows: number,
  outFeatures: number,
): void {
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const end = Math.min(r + BLOCK_ROWS, rows) * outFeatures;
    for (let o = 0; o < outFeatures; o++) {
      let sum = 0;
      for (let i = r * outFeatures + o; i < end; i += outFeatures) sum = fround(sum + (dy[i] as number));
      total[o] = (total[o] as number) + sum;
    }
  }
}
