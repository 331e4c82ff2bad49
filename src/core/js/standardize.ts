/** Columns to mean 0 and deviation 1, and back: Core.standardize in ../core.ts. Mirrors assembly/standardize.ts. */
const { fround } = Math;

export function standardize(
  x: Float32Array,
  mean: Float32Array,
  deviation: Float32Array,
  y: Float32Array,
  rows: number,
  columns: number,
  invert: boolean,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const v = x[r * columns + c] as number;
      const m = mean[c] as number;
      const d = deviation[c] as number;
      y[r * columns + c] = invert ? fround(v * d) + m : fround(v - m) / d;
    }
  }
}

export function standardizeGradInput(
  dy: Float32Array,
  deviation: Float32Array,
  dx: Float32Array,
  rows: number,
  columns: number,
  invert: boolean,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const v = dy[r * columns + c] as number;
      const d = deviation[c] as number;
      dx[r * columns + c] = invert ? v * d : v / d;
    }
  }
}
