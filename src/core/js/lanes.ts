/** Sums of terms in float64: within a block of rows, term i goes to lane i mod 8. */
import { BLOCK_ROWS } from "../contract/core.js";

const lanes = /* @__PURE__ */ new Float64Array(8);

/** The sum of the terms of all rows × outputs, blocks of rows in order. */
export function sumInBlocks(rows: number, outputs: number, term: (i: number) => number): number {
  let sum = 0;
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const count = Math.min(rows - r, BLOCK_ROWS) * outputs;
    sum += sumInLanes(r * outputs, count, term);
  }
  return sum;
}

/** The sum of count terms, from term(start) on. */
export function sumInLanes(start: number, count: number, term: (i: number) => number): number {
  lanes.fill(0);
  for (let i = 0; i < count; i++) lanes[i & 7] = (lanes[i & 7] as number) + term(start + i);
  return sumOf(lanes);
}

export function sumOf(lanes: Float64Array): number {
  const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes as unknown as Lanes;
  return l0 + l1 + (l2 + l3) + (l4 + l5 + (l6 + l7));
}

type Lanes = [number, number, number, number, number, number, number, number];
