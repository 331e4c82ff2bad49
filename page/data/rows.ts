import { split } from "rprop/data";

/** Rows of inputs, row by row, and a target for each. */
export interface Rows {
  /** Inputs to a row. */
  width: number;
  x: Float32Array;
  y: Float32Array;
}

/** Rows to train on, and a share that is held out: those that `fit` draws by the same seed; none for a share of 0. */
export function parted(rows: Rows, share: number, seed: number): [training: Rows, held: Rows] {
  const [training, held] = share === 0 ? [rows.y.keys(), []] : split(rows.y.length, share, seed);
  return [chosenRows(rows, training), chosenRows(rows, held)];
}

/** The rows of these indices. */
export function chosenRows({ width, x, y }: Rows, indices: Iterable<number>): Rows {
  const rows = Array.from(indices);
  const inputs = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    inputs.set(x.subarray(row * width, (row + 1) * width), i * width);
  });
  return { width, x: inputs, y: Float32Array.from(rows, (row) => y[row]!) };
}
