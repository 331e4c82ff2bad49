/** Columns to mean 0 and std 1, and back: ../contract/standardize.ts. Mirrors assembly/standardize.ts. */
import type { StandardizeKernels } from "../contract/standardize.js";

const fround = Math.fround;

export const jsStandardize: StandardizeKernels = {
  standardize({ view: x }, { view: mean }, { view: std }, { view: y }, rows, columns, invert) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const v = x[r * columns + c] as number;
        const m = mean[c] as number;
        const d = std[c] as number;
        y[r * columns + c] = invert ? fround(v * d) + m : fround(v - m) / d;
      }
    }
  },

  standardizeGradInput({ view: dy }, { view: std }, { view: dx }, rows, columns, invert) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const v = dy[r * columns + c] as number;
        const d = std[c] as number;
        dx[r * columns + c] = invert ? v * d : v / d;
      }
    }
  },
};
