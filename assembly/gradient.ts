/**
 * grad = f32((fresh ? +0 : grad) + f32(total · scale)) for count gradients; total (float64) returns to +0 for the next sum.
 */
import { assertDoubles, assertFloats } from "./check";
export function accumulate(grad: usize, total: usize, count: i32, scale: f64, fresh: bool): void {
  assertFloats(grad, count);
  assertDoubles(total, count);
  const keep = i32x4.splat(fresh ? 0 : -1);
  const zero = f64x2.splat(0);
  const factor = f64x2.splat(scale);
  for (; count >= 4; count -= 4) {
    const low = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(total), factor));
    const high = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(total, 16), factor));
    v128.store(total, zero);
    v128.store(total, zero, 16);
    v128.store(grad, f32x4.add(v128.and(v128.load(grad), keep), v128.shuffle<i32>(low, high, 0, 1, 4, 5)));
    grad += 16;
    total += 32;
  }
  for (; count > 0; count--) {
    store<f32>(grad, (fresh ? 0 : load<f32>(grad)) + <f32>(load<f64>(total) * scale));
    store<f64>(total, 0);
    grad += 4;
    total += 8;
  }
}

/** How many of count values are NaN or infinite: those whose exponent bits are all ones. */
export function countNonFinite(values: usize, count: i32): i32 {
  assertFloats(values, count);
  const exponent = i32x4.splat(0x7f800000);
  let found = i32x4.splat(0);
  for (; count >= 4; count -= 4) {
    // A comparison that holds is −1 in its lane.
    found = i32x4.sub(found, i32x4.eq(v128.and(v128.load(values), exponent), exponent));
    values += 16;
  }
  let sum =
    i32x4.extract_lane(found, 0) +
    i32x4.extract_lane(found, 1) +
    i32x4.extract_lane(found, 2) +
    i32x4.extract_lane(found, 3);
  for (; count > 0; count--) {
    if ((load<u32>(values) & 0x7f800000) == 0x7f800000) sum++;
    values += 4;
  }
  return sum;
}
