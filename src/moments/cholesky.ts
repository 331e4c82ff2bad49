import { newArray } from "../array.js";

/** A positive semidefinite matrix A of size × size as RᵀR, but for what rounding has left of it. */
export interface Factor {
  readonly size: number;
  /** Rows of R, and of columns of A that do not depend on others. */
  readonly rank: number;
  /** The columns of A in the order of R's: the independent ones first. */
  readonly order: Int32Array;
  /** rank × size, upper triangular: row k begins at column k. */
  readonly rows: Float64Array;
}

/**
 * Cholesky's factorization with the largest remaining diagonal entry next, each measured by its own at the start: that
 * of A scaled to ones in the diagonal, without the rounding of scaling (Higham 2002, chapter 10). Where
 * less than 64 · size · ε of a column is left, it depends on those before it, and what is left is rounding.
 *
 * @param matrix the whole of A, row by row
 */
export function factorize(matrix: Float64Array, size: number): Factor {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const rows = newArray(Float64Array, size * size);
  const start = Float64Array.from(order, (i) => matrix[i * size + i] as number);
  const left = start.slice();
  const tolerance = 64 * size * Number.EPSILON;
  const swap = (values: Float64Array | Int32Array, a: number, b: number) => {
    [values[a], values[b]] = [values[b] as number, values[a] as number];
  };
  let rank = 0;
  for (; rank < size; rank++) {
    const k = rank;
    let next = k;
    let most = tolerance;
    for (let j = k; j < size; j++) {
      const share = (left[j] as number) / (start[j] as number); // NaN for a column of zeros
      if (share > most) [next, most] = [j, share];
    }
    if (most === tolerance) break;
    for (const values of [order, start, left]) swap(values, k, next);
    for (let m = 0; m < k; m++) swap(rows, m * size + k, m * size + next);
    const pivot = Math.sqrt(left[k] as number);
    rows[k * size + k] = pivot;
    for (let j = k + 1; j < size; j++)
      rows[k * size + j] = matrix[(order[k] as number) * size + (order[j] as number)] as number;
    for (let m = 0; m < k; m++) {
      const factor = rows[m * size + k] as number;
      for (let j = k + 1; j < size; j++)
        rows[k * size + j] = (rows[k * size + j] as number) - factor * (rows[m * size + j] as number);
    }
    for (let j = k + 1; j < size; j++) {
      const entry = (rows[k * size + j] as number) / pivot;
      rows[k * size + j] = entry;
      left[j] = (left[j] as number) - entry * entry;
    }
  }
  return { size, rank, order, rows: rows.subarray(0, rank * size) };
}

/**
 * Solves Rᵀ z = b for the first rank entries of z; b in the order of A.
 *
 * @param stride between the entries of b
 */
export function forwardSolve(
  { size, rank, order, rows }: Factor,
  b: Float64Array,
  at: number,
  stride: number,
) {
  const z = new Float64Array(rank);
  for (let k = 0; k < rank; k++) {
    let sum = b[at + (order[k] as number) * stride] as number;
    for (let m = 0; m < k; m++) sum -= (rows[m * size + k] as number) * (z[m] as number);
    z[k] = sum / (rows[k * size + k] as number);
  }
  return z;
}

/** Solves R w = z, w in the order of A: 0 for columns that depend on others. */
export function backSolve({ size, rank, order, rows }: Factor, z: Float64Array, w: Float64Array): void {
  for (let k = rank - 1; k >= 0; k--) {
    let sum = z[k] as number;
    for (let j = k + 1; j < rank; j++)
      sum -= (rows[k * size + j] as number) * (w[order[j] as number] as number);
    w[order[k] as number] = sum / (rows[k * size + k] as number);
  }
}
