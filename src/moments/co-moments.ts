import { newArray } from "../array.js";

/** What rows say to second order, in float64. The arrays are never written to once they are here. */
export interface CoMoments {
  /** The weight of the rows: their number, less what decay has taken. */
  readonly n: number;
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  /** Σ (x − mean)(x − mean)ᵀ: the upper triangle, row by row. */
  readonly xx: Float64Array;
  /** Σ (x − mean)(y − mean)ᵀ: inFeatures × outFeatures. */
  readonly xy: Float64Array;
  /** Σ (y − mean)², of each output alone: outputs meet in no loss. */
  readonly yy: Float64Array;
}

/** Numbers in row-major order, of whatever precision. */
export type Numbers = Float32Array | Float64Array;

/** Rows of less weight count as none: their sums come near float64's end, where they lose their digits. */
const LEAST_WEIGHT = 2 ** -500;

/** Rows whose differences from the means are multiplied at once. */
const BLOCK = 128;

export function noMoments(inFeatures: number, outFeatures: number): CoMoments {
  return {
    n: 0,
    meanX: newArray(Float64Array, inFeatures),
    meanY: newArray(Float64Array, outFeatures),
    xx: newArray(Float64Array, (inFeatures * (inFeatures + 1)) / 2),
    xy: newArray(Float64Array, inFeatures * outFeatures),
    yy: newArray(Float64Array, outFeatures),
  };
}

/**
 * The moments of rows that are all at hand, in two passes: the means, and the products of the differences from them,
 * summed within blocks of 128 rows and then over the blocks. What the means miss by rounding is taken off at the end
 * (the corrected two-pass algorithm; Chan, Golub & LeVeque 1983), so that columns far from 0 keep their
 * digits.
 *
 * @param meanX of x, meanY of y: from {@link columnMeans}
 */
export function momentsOfRows(x: Numbers, y: Numbers, meanX: Float64Array, meanY: Float64Array): CoMoments {
  const [p, q] = [meanX.length, meanY.length];
  const rows = x.length / p;
  if (rows === 1) return { ...noMoments(p, q), n: 1, meanX, meanY };
  const width = 4 * Math.ceil((p + q) / 4); // of tiles; columns beyond p + q stay 0
  const block = newArray(Float64Array, width * Math.min(rows, BLOCK));
  const products = newArray(Float64Array, (p + 1) * width);
  const [missedX, missedY] = [new Float64Array(p), new Float64Array(q)];
  const moments = { ...noMoments(p, q), n: rows, meanX, meanY };
  for (let first = 0; first < rows; first += BLOCK) {
    const count = Math.min(BLOCK, rows - first);
    centre(x, meanX, first, count, block, width, 0, missedX);
    centre(y, meanY, first, count, block, width, p, missedY);
    for (let i = 0; i < p; i += 2) {
      for (let j = i & ~3; j < width; j += 4) addTile(products, block, width, i, j, count);
    }
    addSquares(moments.yy, block, width, p, count);
  }
  for (let i = 0, at = 0; i < p; i++) {
    const missed = (missedX[i] as number) / rows;
    const row = i * width;
    for (let j = i; j < p; j++)
      moments.xx[at++] = (products[row + j] as number) - missed * (missedX[j] as number);
    for (let o = 0; o < q; o++)
      moments.xy[i * q + o] = (products[row + p + o] as number) - missed * (missedY[o] as number);
  }
  for (let o = 0; o < q; o++) (moments.yy[o] as number) -= (missedY[o] as number) ** 2 / rows;
  return moments;
}

/**
 * The mean of each column, summed from its first number on, which the mean of a constant column is to the bit. Not
 * finite where a number, or the sum, is not.
 */
export function columnMeans(values: Numbers, columns: number): Float64Array {
  const means = new Float64Array(columns);
  if (values.length === 0) return means;
  for (let i = 0; i < values.length; ) {
    for (let c = 0; c < columns; c++, i++)
      means[c] = (means[c] as number) + ((values[i] as number) - (values[c] as number));
  }
  return means.map((sum, c) => (values[c] as number) + sum / (values.length / columns));
}

/**
 * The moments of all rows of two sets (Chan, Golub & LeVeque 1983; with one row in b Welford's of 1962):
 * with δ = mean_b − mean_a, mean = mean_a + δ · n_b / n and C = C_a + C_b + δδᵀ · n_a n_b / n.
 */
export function joined(a: CoMoments, b: CoMoments): CoMoments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const share = b.n / n;
  const weight = a.n * share;
  const [p, q] = [a.meanX.length, a.meanY.length];
  const differenceX = a.meanX.map((mean, i) => (b.meanX[i] as number) - mean);
  const differenceY = a.meanY.map((mean, o) => (b.meanY[o] as number) - mean);
  const meanX = a.meanX.map((mean, i) => mean + (differenceX[i] as number) * share);
  const meanY = a.meanY.map((mean, o) => mean + (differenceY[o] as number) * share);
  const [xx, xy, yy] = [a.xx.slice(), a.xy.slice(), a.yy.slice()];
  for (let i = 0, at = 0, cross = 0; i < p; i++) {
    const weighted = weight * (differenceX[i] as number);
    for (let j = i; j < p; j++, at++)
      xx[at] = (xx[at] as number) + (b.xx[at] as number) + weighted * (differenceX[j] as number);
    for (let o = 0; o < q; o++, cross++)
      xy[cross] = (xy[cross] as number) + (b.xy[cross] as number) + weighted * (differenceY[o] as number);
  }
  for (let o = 0; o < q; o++)
    yy[o] = (yy[o] as number) + (b.yy[o] as number) + weight * (differenceY[o] as number) ** 2;
  return { n, meanX, meanY, xx, xy, yy };
}

/** The moments of the same rows, each of factor times its weight; none where next to nothing is left of that. */
export function scaled(moments: CoMoments, factor: number): CoMoments {
  const n = moments.n * factor;
  const times = (sums: Float64Array) => sums.map((sum) => sum * factor);
  const { meanX, meanY, xx, xy, yy } = moments;
  if (n < LEAST_WEIGHT) return noMoments(meanX.length, meanY.length);
  return { n, meanX, meanY, xx: times(xx), xy: times(xy), yy: times(yy) };
}

/** The whole of a symmetric matrix from its upper triangle, row by row. */
export function symmetric(upper: Float64Array, size: number): Float64Array {
  const matrix = newArray(Float64Array, size * size);
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = i; j < size; j++, at++) {
      matrix[i * size + j] = upper[at] as number;
      matrix[j * size + i] = upper[at] as number;
    }
  }
  return matrix;
}

/** Writes differences of count rows from the means to the block, from column offset on, and adds their sums to missed. */
function centre(
  values: Numbers,
  means: Float64Array,
  first: number,
  count: number,
  block: Float64Array,
  width: number,
  offset: number,
  missed: Float64Array,
): void {
  const columns = means.length;
  for (let r = 0, i = first * columns; r < count; r++) {
    const row = r * width + offset;
    for (let c = 0; c < columns; c++, i++) {
      const difference = (values[i] as number) - (means[c] as number);
      block[row + c] = difference;
      missed[c] = (missed[c] as number) + difference;
    }
  }
}

/** Adds the products of columns i and i + 1 with j … j + 3, over count rows of a block. */
function addTile(
  products: Float64Array,
  block: Float64Array,
  width: number,
  i: number,
  j: number,
  count: number,
): void {
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let r = 0, a = i, b = j; r < count; r++, a += width, b += width) {
    const p = block[a] as number;
    const q = block[a + 1] as number;
    const d0 = block[b] as number;
    const d1 = block[b + 1] as number;
    const d2 = block[b + 2] as number;
    const d3 = block[b + 3] as number;
    p0 += p * d0;
    p1 += p * d1;
    p2 += p * d2;
    p3 += p * d3;
    q0 += q * d0;
    q1 += q * d1;
    q2 += q * d2;
    q3 += q * d3;
  }
  const sums = [p0, p1, p2, p3, q0, q1, q2, q3];
  for (let k = 0; k < 8; k++) {
    const at = (i + (k >> 2)) * width + j + (k & 3);
    products[at] = (products[at] as number) + (sums[k] as number);
  }
}

function addSquares(sums: Float64Array, block: Float64Array, width: number, offset: number, count: number) {
  for (let o = 0; o < sums.length; o++) {
    let sum = 0;
    for (let r = 0, i = offset + o; r < count; r++, i += width) sum += (block[i] as number) ** 2;
    sums[o] = (sums[o] as number) + sum;
  }
}
