/** Squared error: Core.squaredError in ../contract/core.ts. Mirrors assembly/difference-loss.ts, whose others are in difference-losses.ts. */
import { BLOCK_ROWS } from "../contract/core.js";
import { sumOf } from "./lanes.js";

const lanes = /* @__PURE__ */ new Float64Array(8);

/** A loop of its own: one that is shared with other losses takes five times as long as soon as they are used. */
export function squaredError(
  prediction: Float32Array,
  target: Float32Array,
  derivative: Float32Array,
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
    sum += sumOf(lanes);
  }
  return sum;
}
