import { Generator } from "rprop";

/**
 * Which rows are held out for validation: selection sampling, as `fit` draws its share by the same seed. Neither those nor the
 * others are none, unless share is 0.
 */
export function heldOut(rows: number, share: number, seed: number): boolean[] {
  const wanted = share === 0 ? 0 : Math.min(rows - 1, Math.max(1, Math.round(share * rows)));
  const drawn = new Generator(seed).rand(rows).data;
  let left = wanted;
  return Array.from({ length: rows }, (_, row) => {
    const held = drawn[row]! * (rows - row) < left;
    if (held) left--;
    return held;
  });
}

/** Rows of inputs, row by row, and a target for each. */
export interface Rows {
  /** Inputs to a row. */
  width: number;
  x: Float32Array;
  y: Float32Array;
}

/** The rows that are chosen, in their order. */
export function chosenRows({ width, x, y }: Rows, isChosen: (row: number) => boolean): Rows {
  const rows = Array.from(y.keys()).filter(isChosen);
  const inputs = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    inputs.set(x.subarray(row * width, (row + 1) * width), i * width);
  });
  return { width, x: inputs, y: Float32Array.from(rows, (row) => y[row]!) };
}
