/**
 * Softmax, and the cross-entropy of what it gives; formulas are in src/core/contract/classification.ts.
 *
 *   x, y, derivative   rows × classes; y may be x
 *   target             rows class indices, or rows × classes
 *   weight             classes
 *
 * Four rows at a time, one in each lane, so that a sum over classes is in order. A last group of fewer repeats its last row:
 * its lanes read and write the same numbers.
 */
import { assertFloats } from "./check";
import { BLOCK_ROWS } from "./constants";
import { Elementary } from "./elementary";
import { Four } from "./four";

export function softmax(x: usize, y: usize, rows: i32, classes: i32): void {
  const bytes = (<usize>classes) << 2;
  for (; rows > 0; rows -= 4) {
    const second = bytes * min(1, rows - 1);
    const third = bytes * min(2, rows - 1);
    const fourth = bytes * min(3, rows - 1);
    const sum = exponentials(x, y, largest(x, bytes, second, third, fourth), bytes, second, third, fourth);
    for (let c: usize = 0; c < bytes; c += 4) {
      const e = Four.load(y + c, second, third, fourth);
      Four.store(y + c, f32x4.div(e, sum), second, third, fourth);
    }
    x += bytes << 2;
    y += bytes << 2;
  }
}

/** The largest of each row. */
function largest(x: usize, bytes: usize, second: usize, third: usize, fourth: usize): v128 {
  let most = Four.load(x, second, third, fourth);
  for (let c: usize = 4; c < bytes; c += 4) most = f32x4.pmax(most, Four.load(x + c, second, third, fourth));
  return most;
}

/** e = exp(x − most), and returns the sum of each row. */
function exponentials(
  x: usize,
  e: usize,
  most: v128,
  bytes: usize,
  second: usize,
  third: usize,
  fourth: usize,
): v128 {
  let low = f64x2.splat(0);
  let high = low;
  for (let c: usize = 0; c < bytes; c += 4) {
    const v = Elementary.exp(f32x4.sub(Four.load(x + c, second, third, fourth), most));
    Four.store(e + c, v, second, third, fourth);
    low = f64x2.add(low, f64x2.promote_low_f32x4(v));
    high = f64x2.add(high, f64x2.promote_low_f32x4(Four.high(v)));
  }
  return Four.narrow(low, high);
}

export function crossEntropy(
  x: usize,
  target: usize,
  indexed: bool,
  weight: usize,
  derivative: usize,
  rows: i32,
  classes: i32,
  oneMinusSmoothing: f32,
  smoothingPerClass: f32,
): f64 {
  assertFloats(x, rows * classes);
  assertFloats(weight, classes);
  assertFloats(derivative, rows * classes);
  const bytes = (<usize>classes) << 2;
  const step: usize = indexed ? 4 : bytes;
  let sum: f64 = 0;
  for (; rows > 0; rows -= BLOCK_ROWS) {
    let lane01 = f64x2.splat(0);
    let lane23 = lane01;
    let lane45 = lane01;
    let lane67 = lane01;
    const count = min(rows, BLOCK_ROWS);
    for (let r = 0; r < count; r += 4) {
      const last = count - r - 1;
      const second = bytes * min(1, last);
      const third = bytes * min(2, last);
      const fourth = bytes * min(3, last);
      const step2 = step * min(1, last);
      const step3 = step * min(2, last);
      const step4 = step * min(3, last);
      const most = largest(x, bytes, second, third, fourth);
      const e = exponentials(x, derivative, most, bytes, second, third, fourth);
      // The sum of the weighted targets, which is 1 where there are no weights.
      let low = f64x2.splat(0);
      let high = low;
      for (let c: usize = 0; c < bytes; c += 4) {
        const q = Target.weighted(
          target,
          indexed,
          c,
          step2,
          step3,
          step4,
          weight,
          oneMinusSmoothing,
          smoothingPerClass,
        );
        low = f64x2.add(low, f64x2.promote_low_f32x4(q));
        high = f64x2.add(high, f64x2.promote_low_f32x4(Four.high(q)));
      }
      const whole = Four.narrow(low, high);
      const log = Elementary.log(e);
      const lowLog = f64x2.promote_low_f32x4(log);
      const highLog = f64x2.promote_low_f32x4(Four.high(log));
      low = f64x2.splat(0);
      high = low;
      for (let c: usize = 0; c < bytes; c += 4) {
        const q = Target.weighted(
          target,
          indexed,
          c,
          step2,
          step3,
          step4,
          weight,
          oneMinusSmoothing,
          smoothingPerClass,
        );
        let distance = f32x4.sub(Four.load(x + c, second, third, fourth), most);
        // A class that cannot be may be infinitely far.
        const far = f32x4.eq(distance, f32x4.splat(-Infinity));
        distance = v128.andnot(distance, v128.and(far, f32x4.eq(q, f32x4.splat(0))));
        low = f64x2.add(low, terms(q, distance, lowLog));
        high = f64x2.add(high, terms(Four.high(q), Four.high(distance), highLog));
        const p = f32x4.div(Four.load(derivative + c, second, third, fourth), e);
        Four.store(derivative + c, f32x4.sub(f32x4.mul(p, whole), q), second, third, fourth);
      }
      const kept = Four.first(last + 1);
      low = v128.and(low, i64x2.extend_low_i32x4_s(kept));
      high = v128.and(high, i64x2.extend_high_i32x4_s(kept));
      if (r & 4) {
        lane45 = f64x2.add(lane45, low);
        lane67 = f64x2.add(lane67, high);
      } else {
        lane01 = f64x2.add(lane01, low);
        lane23 = f64x2.add(lane23, high);
      }
      x += bytes << 2;
      derivative += bytes << 2;
      target += step << 2;
    }
    sum += Four.sumOfLanes(lane01, lane23, lane45, lane67);
  }
  return sum;
}

/** q · (log − distance) of the first two of four rows. */
function terms(q: v128, distance: v128, log: v128): v128 {
  return f64x2.mul(f64x2.promote_low_f32x4(q), f64x2.sub(log, f64x2.promote_low_f32x4(distance)));
}

abstract class Target {
  /** q = weight · (t · oneMinusSmoothing + smoothingPerClass) of the class c bytes / 4, t being 1 for the class of an index and 0 for others. */
  @inline
  static weighted(
    target: usize,
    indexed: bool,
    c: usize,
    second: usize,
    third: usize,
    fourth: usize,
    weight: usize,
    oneMinusSmoothing: f32,
    smoothingPerClass: f32,
  ): v128 {
    const given = Four.load(indexed ? target : target + c, second, third, fourth);
    const own = v128.and(f32x4.eq(given, f32x4.splat(<f32>(<i32>(c >>> 2)))), f32x4.splat(1));
    const t = indexed ? own : given;
    const smoothed = f32x4.add(f32x4.mul(t, f32x4.splat(oneMinusSmoothing)), f32x4.splat(smoothingPerClass));
    return f32x4.mul(f32x4.splat(load<f32>(weight + c)), smoothed);
  }
}
