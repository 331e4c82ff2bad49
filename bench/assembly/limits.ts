/** What this machine can do at most with 128-bit vectors, to stand beside the kernels. Nothing here is of use otherwise. */

/** n times 12 independent multiplications and additions of four lanes: 96 n operations, and no memory. */
export function multiplyAdd(n: i32, by: f32): f32 {
  const s = f32x4.splat(by);
  let c0 = s;
  let c1 = s;
  let c2 = s;
  let c3 = s;
  let c4 = s;
  let c5 = s;
  let c6 = s;
  let c7 = s;
  let c8 = s;
  let c9 = s;
  let c10 = s;
  let c11 = s;
  for (; n > 0; n--) {
    c0 = f32x4.add(f32x4.mul(c0, s), s);
    c1 = f32x4.add(f32x4.mul(c1, s), s);
    c2 = f32x4.add(f32x4.mul(c2, s), s);
    c3 = f32x4.add(f32x4.mul(c3, s), s);
    c4 = f32x4.add(f32x4.mul(c4, s), s);
    c5 = f32x4.add(f32x4.mul(c5, s), s);
    c6 = f32x4.add(f32x4.mul(c6, s), s);
    c7 = f32x4.add(f32x4.mul(c7, s), s);
    c8 = f32x4.add(f32x4.mul(c8, s), s);
    c9 = f32x4.add(f32x4.mul(c9, s), s);
    c10 = f32x4.add(f32x4.mul(c10, s), s);
    c11 = f32x4.add(f32x4.mul(c11, s), s);
  }
  c0 = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  c4 = f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7));
  c8 = f32x4.add(f32x4.add(c8, c9), f32x4.add(c10, c11));
  c0 = f32x4.add(c0, f32x4.add(c4, c8));
  return (
    f32x4.extract_lane(c0, 0) +
    f32x4.extract_lane(c0, 1) +
    f32x4.extract_lane(c0, 2) +
    f32x4.extract_lane(c0, 3)
  );
}

/** Copies bytes, a multiple of 64, with vectors: each byte is read once and written once. */
export function copy(to: usize, from: usize, bytes: usize): void {
  for (; bytes > 0; bytes -= 64) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    to += 64;
    from += 64;
  }
}
