const fround = Math.fround;

/** A matrix inside an array: element [i, j] at offset + i·row + j·column. */
export interface Strided {
  readonly values: Float32Array;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/**
 * c[i, j] = start[j] + Σₖ a[i, k] · b[k, j], float32, one accumulator per result, k ascending; from +0 where start
 * is null. c is row-major and contiguous.
 *
 * Several sums run side by side, each in its own order: two rows and four columns at a time, where a value loaded
 * serves two or four of them (measured: three times as fast as one sum at a time), and at the edges four sums along
 * a column or a row (twice).
 */
export function product(
  a: Strided,
  b: Strided,
  start: Float32Array | null,
  c: Float32Array,
  rows: number,
  columns: number,
  depth: number,
): void {
  const evenRows = rows & ~1;
  const tiledColumns = columns & ~3;
  for (let i = 0; i < evenRows; i += 2) {
    for (let j = 0; j < tiledColumns; j += 4) tile2x4(a, b, start, c, i, j, columns, depth);
  }
  for (let j = tiledColumns; j < columns; j++) {
    let i = 0;
    for (; i + 4 <= evenRows; i += 4) fourSums(a, b, start, c, i, 1, j, 0, columns, depth);
    for (; i < evenRows; i++) c[i * columns + j] = sum(a, b, start, i, j, depth);
  }
  for (let i = evenRows; i < rows; i++) {
    let j = 0;
    for (; j + 4 <= columns; j += 4) fourSums(a, b, start, c, i, 0, j, 1, columns, depth);
    for (; j < columns; j++) c[i * columns + j] = sum(a, b, start, i, j, depth);
  }
}

function sum(
  a: Strided,
  b: Strided,
  start: Float32Array | null,
  i: number,
  j: number,
  depth: number,
): number {
  const av = a.values;
  const bv = b.values;
  let ai = a.offset + i * a.row;
  let bi = b.offset + j * b.column;
  let result = start === null ? 0 : (start[j] as number);
  for (let k = 0; k < depth; k++) {
    result = fround(result + fround((av[ai] as number) * (bv[bi] as number)));
    ai += a.column;
    bi += b.row;
  }
  return result;
}

/** c[i + n·di, j + n·dj] for n from 0 to 3. */
function fourSums(
  a: Strided,
  b: Strided,
  start: Float32Array | null,
  c: Float32Array,
  i: number,
  di: number,
  j: number,
  dj: number,
  columns: number,
  depth: number,
): void {
  const av = a.values;
  const bv = b.values;
  const aStep = a.column;
  const bStep = b.row;
  const aNext = a.row * di;
  const bNext = b.column * dj;
  let ai = a.offset + i * a.row;
  let bi = b.offset + j * b.column;
  let s0 = start === null ? 0 : (start[j] as number);
  let s1 = start === null ? 0 : (start[j + dj] as number);
  let s2 = start === null ? 0 : (start[j + 2 * dj] as number);
  let s3 = start === null ? 0 : (start[j + 3 * dj] as number);
  for (let k = 0; k < depth; k++) {
    s0 = fround(s0 + fround((av[ai] as number) * (bv[bi] as number)));
    s1 = fround(s1 + fround((av[ai + aNext] as number) * (bv[bi + bNext] as number)));
    s2 = fround(s2 + fround((av[ai + 2 * aNext] as number) * (bv[bi + 2 * bNext] as number)));
    s3 = fround(s3 + fround((av[ai + 3 * aNext] as number) * (bv[bi + 3 * bNext] as number)));
    ai += aStep;
    bi += bStep;
  }
  const at = i * columns + j;
  const next = di * columns + dj;
  c[at] = s0;
  c[at + next] = s1;
  c[at + 2 * next] = s2;
  c[at + 3 * next] = s3;
}

function tile2x4(
  a: Strided,
  b: Strided,
  start: Float32Array | null,
  c: Float32Array,
  i: number,
  j: number,
  columns: number,
  depth: number,
): void {
  const av = a.values;
  const bv = b.values;
  const aStep = a.column;
  const bStep = b.row;
  const bNext = b.column;
  let a0 = a.offset + i * a.row;
  let a1 = a0 + a.row;
  let b0 = b.offset + j * bNext;
  let b1 = b0 + bNext;
  let b2 = b1 + bNext;
  let b3 = b2 + bNext;
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  if (start !== null) {
    c00 = start[j] as number;
    c01 = start[j + 1] as number;
    c02 = start[j + 2] as number;
    c03 = start[j + 3] as number;
  }
  let c10 = c00;
  let c11 = c01;
  let c12 = c02;
  let c13 = c03;
  for (let k = 0; k < depth; k++) {
    const x0 = av[a0] as number;
    const x1 = av[a1] as number;
    const y0 = bv[b0] as number;
    const y1 = bv[b1] as number;
    const y2 = bv[b2] as number;
    const y3 = bv[b3] as number;
    c00 = fround(c00 + fround(x0 * y0));
    c01 = fround(c01 + fround(x0 * y1));
    c02 = fround(c02 + fround(x0 * y2));
    c03 = fround(c03 + fround(x0 * y3));
    c10 = fround(c10 + fround(x1 * y0));
    c11 = fround(c11 + fround(x1 * y1));
    c12 = fround(c12 + fround(x1 * y2));
    c13 = fround(c13 + fround(x1 * y3));
    a0 += aStep;
    a1 += aStep;
    b0 += bStep;
    b1 += bStep;
    b2 += bStep;
    b3 += bStep;
  }
  const upper = i * columns + j;
  const lower = upper + columns;
  c[upper] = c00;
  c[upper + 1] = c01;
  c[upper + 2] = c02;
  c[upper + 3] = c03;
  c[lower] = c10;
  c[lower + 1] = c11;
  c[lower + 2] = c12;
  c[lower + 3] = c13;
}
