/** Squared error: Core.squaredError in ../core.ts. Mirrors assembly/squared-error.ts. */
import { BLOCK_ROWS } from "../core.js";

export function squaredError(
  prediction: Float32Array,
  target: Float32Array,
  derivative: Float32Array,
  lanes: Float64Array,
  rows: number,
  outputs: number,
): number {
  let sum = 0;
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const start = r * outputs;
    const end = Math.min(r + BLOCK_ROWS, rows) * outputs;
    lanes.fill(0);
    for (let i = start; i < end; i++) {
      const d = Math.fround((prediction[i] as number) - (target[i] as number));
      const lane = (i - start) & 7;
      derivative[i] = d;
      lanes[lane] = (lanes[lane] as number) + d * d;
    }
    const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes as unknown as Lanes;
    sum += l0 + l1 + (l2 + l3) + (l4 + l5 + (l6 + l7));
  }
  return sum;
}

type Lanes = [number, number, number, number, number, number, number, number];
