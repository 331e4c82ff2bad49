/**
 * Register tiles of the matrix product  c[i, j] = start[j] + Σₖ a[i, k] · b[k, j],  float32, one accumulator per
 * result, k ascending. Every product of a linear layer runs on these: only the strides differ.
 *
 *   a   element [i, k] at a + i·ai + k·ak       one value, splat over four lanes
 *   b   row k at b + k·bk, columns contiguous   two vectors (eight for tile1x32)
 *   c   row i at c + i·ci, columns contiguous
 *
 * Strides are in bytes. Tiles read and write whole rows of 8 (32) columns: the caller gives them room.
 * 5 × 8 needs 10 accumulators, 2 vectors of b and 2 temporaries, and V8 has 15 SIMD registers on x64: 6 × 8 runs at
 * half the speed. No tile calls anything, and each is exported, which keeps Binaryen from inlining them into one
 * driver: inlined, V8 11 ran them at 40 %.
 */

export function tile5x8(
  a: usize,
  ai: usize,
  ak: usize,
  b: usize,
  bk: usize,
  start: usize,
  c: usize,
  ci: usize,
  depth: i32,
): void {
  const start0 = v128.load(start);
  const start1 = v128.load(start, 16);
  let c00 = start0;
  let c01 = start1;
  let c10 = start0;
  let c11 = start1;
  let c20 = start0;
  let c21 = start1;
  let c30 = start0;
  let c31 = start1;
  let c40 = start0;
  let c41 = start1;
  let a1 = a + ai;
  let a2 = a1 + ai;
  let a3 = a2 + ai;
  let a4 = a3 + ai;
  for (; depth > 0; depth--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
    s = v128.load32_splat(a4);
    c40 = f32x4.add(c40, f32x4.mul(s, b0));
    c41 = f32x4.add(c41, f32x4.mul(s, b1));
    a += ak;
    a1 += ak;
    a2 += ak;
    a3 += ak;
    a4 += ak;
    b += bk;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += ci;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += ci;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += ci;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += ci;
  v128.store(c, c40);
  v128.store(c, c41, 16);
}

export function tile4x8(
  a: usize,
  ai: usize,
  ak: usize,
  b: usize,
  bk: usize,
  start: usize,
  c: usize,
  ci: usize,
  depth: i32,
): void {
  const start0 = v128.load(start);
  const start1 = v128.load(start, 16);
  let c00 = start0;
  let c01 = start1;
  let c10 = start0;
  let c11 = start1;
  let c20 = start0;
  let c21 = start1;
  let c30 = start0;
  let c31 = start1;
  let a1 = a + ai;
  let a2 = a1 + ai;
  let a3 = a2 + ai;
  for (; depth > 0; depth--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
    a += ak;
    a1 += ak;
    a2 += ak;
    a3 += ak;
    b += bk;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += ci;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += ci;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += ci;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

export function tile1x8(a: usize, ak: usize, b: usize, bk: usize, start: usize, c: usize, depth: i32): void {
  let c0 = v128.load(start);
  let c1 = v128.load(start, 16);
  for (; depth > 0; depth--) {
    const s = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
    a += ak;
    b += bk;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

/** As tile1x32, for fewer columns. */
export function tile1x16(a: usize, ak: usize, b: usize, bk: usize, c: usize, depth: i32): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let sum = c0;
  for (; depth > 0; depth--) {
    const s = v128.load32_splat(a);
    sum = f32x4.add(sum, s);
    c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
    c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
    c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
    a += ak;
    b += bk;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, sum, 128);
}

/**
 * From +0; and after its 32 columns, the sum of a. One row of a leaves room for nine independent sums, which hides the
 * latency of addition.
 */
export function tile1x32(a: usize, ak: usize, b: usize, bk: usize, c: usize, depth: i32): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  let sum = c0;
  for (; depth > 0; depth--) {
    const s = v128.load32_splat(a);
    sum = f32x4.add(sum, s);
    c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
    c2 = f32x4.add(c2, f32x4.mul(s, v128.load(b, 32)));
    c3 = f32x4.add(c3, f32x4.mul(s, v128.load(b, 48)));
    c4 = f32x4.add(c4, f32x4.mul(s, v128.load(b, 64)));
    c5 = f32x4.add(c5, f32x4.mul(s, v128.load(b, 80)));
    c6 = f32x4.add(c6, f32x4.mul(s, v128.load(b, 96)));
    c7 = f32x4.add(c7, f32x4.mul(s, v128.load(b, 112)));
    a += ak;
    b += bk;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
  v128.store(c, sum, 128);
}
