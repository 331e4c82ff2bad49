/**
 * Losses of the difference d = prediction − target (float32); derivatives and terms are in Core.squaredError,
 * absoluteError and huberError in src/core/contract/difference-losses.ts. The sum of the terms is float64: within a block of 256 rows, term i
 * goes to lane i mod 8, the lanes are added as ((0+1)+(2+3))+((4+5)+(6+7)), blocks in order.
 *
 *   prediction, target, derivative   rows × outputs; derivative may be prediction
 */
import { assertFloats } from "./check";
import { BLOCK_ROWS, RESULTS } from "./constants";

const SQUARED = 0;
const ABSOLUTE = 1;
const HUBER = 2;

export function squaredError(
  p: usize,
  t: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
  scratch: usize,
): f64 {
  return blocks(SQUARED, 0, p, t, derivative, rows, outputs, scratch + RESULTS);
}

export function absoluteError(
  p: usize,
  t: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
  scratch: usize,
): f64 {
  return blocks(ABSOLUTE, 0, p, t, derivative, rows, outputs, scratch + RESULTS);
}

export function huberError(
  p: usize,
  t: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
  delta: f32,
  scratch: usize,
): f64 {
  return blocks(HUBER, delta, p, t, derivative, rows, outputs, scratch + RESULTS);
}

function blocks(
  kind: i32,
  delta: f32,
  prediction: usize,
  target: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
  lanes: usize,
): f64 {
  assertFloats(prediction, rows * outputs);
  assertFloats(target, rows * outputs);
  assertFloats(derivative, rows * outputs);
  let sum: f64 = 0;
  for (; rows > 0; rows -= BLOCK_ROWS) {
    const count = min(rows, BLOCK_ROWS) * outputs;
    // Whole vectors of eight terms into lanes, and what is left one by one.
    const vectors = count & ~7;
    if (kind == SQUARED) squaredVectors(prediction, target, derivative, vectors, lanes);
    else if (kind == ABSOLUTE) absoluteVectors(prediction, target, derivative, vectors, lanes);
    else if (kind == HUBER) huberVectors(prediction, target, derivative, vectors, delta, lanes);
    else unreachable(); // no kind has another's formula
    const done = (<usize>vectors) << 2;
    tail(kind, delta, prediction + done, target + done, derivative + done, count - vectors, lanes);
    const low = load<f64>(lanes) + load<f64>(lanes, 8) + (load<f64>(lanes, 16) + load<f64>(lanes, 24));
    const high = load<f64>(lanes, 32) + load<f64>(lanes, 40) + (load<f64>(lanes, 48) + load<f64>(lanes, 56));
    sum += low + high;
    const bytes = (<usize>count) << 2;
    prediction += bytes;
    target += bytes;
    derivative += bytes;
  }
  return sum;
}

function squaredVectors(prediction: usize, target: usize, derivative: usize, count: i32, lanes: usize): void {
  let lane01 = f64x2.splat(0);
  let lane23 = lane01;
  let lane45 = lane01;
  let lane67 = lane01;
  for (; count > 0; count -= 8) {
    const d0 = f32x4.sub(v128.load(prediction), v128.load(target));
    const d1 = f32x4.sub(v128.load(prediction, 16), v128.load(target, 16));
    v128.store(derivative, d0);
    v128.store(derivative, d1, 16);
    const d01 = f64x2.promote_low_f32x4(d0);
    const d23 = f64x2.promote_low_f32x4(v128.shuffle<i32>(d0, d0, 2, 3, 2, 3));
    const d45 = f64x2.promote_low_f32x4(d1);
    const d67 = f64x2.promote_low_f32x4(v128.shuffle<i32>(d1, d1, 2, 3, 2, 3));
    lane01 = f64x2.add(lane01, f64x2.mul(d01, d01));
    lane23 = f64x2.add(lane23, f64x2.mul(d23, d23));
    lane45 = f64x2.add(lane45, f64x2.mul(d45, d45));
    lane67 = f64x2.add(lane67, f64x2.mul(d67, d67));
    prediction += 32;
    target += 32;
    derivative += 32;
  }
  storeLanes(lanes, lane01, lane23, lane45, lane67);
}

function absoluteVectors(
  prediction: usize,
  target: usize,
  derivative: usize,
  count: i32,
  lanes: usize,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const signBit = i32x4.splat(0x80000000);
  let lane01 = f64x2.splat(0);
  let lane23 = lane01;
  let lane45 = lane01;
  let lane67 = lane01;
  for (; count > 0; count -= 8) {
    const d0 = f32x4.sub(v128.load(prediction), v128.load(target));
    const d1 = f32x4.sub(v128.load(prediction, 16), v128.load(target, 16));
    // ±1 with the sign of d, or d itself where it is ±0 or NaN.
    const unit0 = v128.or(v128.and(d0, signBit), one);
    const unit1 = v128.or(v128.and(d1, signBit), one);
    v128.store(derivative, v128.bitselect(unit0, d0, v128.or(f32x4.lt(d0, zero), f32x4.gt(d0, zero))));
    v128.store(derivative, v128.bitselect(unit1, d1, v128.or(f32x4.lt(d1, zero), f32x4.gt(d1, zero))), 16);
    const a0 = v128.andnot(d0, signBit);
    const a1 = v128.andnot(d1, signBit);
    lane01 = f64x2.add(lane01, f64x2.promote_low_f32x4(a0));
    lane23 = f64x2.add(lane23, f64x2.promote_low_f32x4(v128.shuffle<i32>(a0, a0, 2, 3, 2, 3)));
    lane45 = f64x2.add(lane45, f64x2.promote_low_f32x4(a1));
    lane67 = f64x2.add(lane67, f64x2.promote_low_f32x4(v128.shuffle<i32>(a1, a1, 2, 3, 2, 3)));
    prediction += 32;
    target += 32;
    derivative += 32;
  }
  storeLanes(lanes, lane01, lane23, lane45, lane67);
}

function huberVectors(
  prediction: usize,
  target: usize,
  derivative: usize,
  count: i32,
  delta: f32,
  lanes: usize,
): void {
  const high = f32x4.splat(delta);
  const low = f32x4.splat(-delta);
  let lane01 = f64x2.splat(0);
  let lane23 = lane01;
  let lane45 = lane01;
  let lane67 = lane01;
  for (; count > 0; count -= 8) {
    const d0 = f32x4.sub(v128.load(prediction), v128.load(target));
    const d1 = f32x4.sub(v128.load(prediction, 16), v128.load(target, 16));
    // d where it is NaN: pmin and pmax keep their first operand then.
    v128.store(derivative, f32x4.pmin(f32x4.pmax(d0, low), high));
    v128.store(derivative, f32x4.pmin(f32x4.pmax(d1, low), high), 16);
    lane01 = f64x2.add(lane01, huberTerms(f64x2.promote_low_f32x4(d0), delta));
    lane23 = f64x2.add(
      lane23,
      huberTerms(f64x2.promote_low_f32x4(v128.shuffle<i32>(d0, d0, 2, 3, 2, 3)), delta),
    );
    lane45 = f64x2.add(lane45, huberTerms(f64x2.promote_low_f32x4(d1), delta));
    lane67 = f64x2.add(
      lane67,
      huberTerms(f64x2.promote_low_f32x4(v128.shuffle<i32>(d1, d1, 2, 3, 2, 3)), delta),
    );
    prediction += 32;
    target += 32;
    derivative += 32;
  }
  storeLanes(lanes, lane01, lane23, lane45, lane67);
}

function huberTerms(d: v128, delta: f32): v128 {
  const a = f64x2.abs(d);
  const limit = f64x2.splat(<f64>delta);
  const square = f64x2.mul(f64x2.mul(a, a), f64x2.splat(0.5));
  const line = f64x2.mul(limit, f64x2.sub(a, f64x2.mul(limit, f64x2.splat(0.5))));
  return v128.bitselect(square, line, f64x2.le(a, limit));
}

function storeLanes(lanes: usize, lane01: v128, lane23: v128, lane45: v128, lane67: v128): void {
  v128.store(lanes, lane01);
  v128.store(lanes, lane23, 16);
  v128.store(lanes, lane45, 32);
  v128.store(lanes, lane67, 48);
}

/** The last terms of a block, fewer than eight. */
function tail(
  kind: i32,
  delta: f32,
  prediction: usize,
  target: usize,
  derivative: usize,
  count: i32,
  lanes: usize,
): void {
  const limit = <f64>delta;
  for (; count > 0; count--) {
    const d = load<f32>(prediction) - load<f32>(target);
    const a = abs<f64>(<f64>d);
    let slope = d;
    let term = a;
    if (kind == SQUARED) {
      term = a * a;
    } else if (kind == ABSOLUTE) {
      if (d > 0) slope = 1;
      if (d < 0) slope = -1;
    } else if (kind == HUBER) {
      if (d < -delta) slope = -delta;
      if (d > delta) slope = delta;
      term = a <= limit ? a * a * 0.5 : limit * (a - limit * 0.5);
    } else unreachable();
    store<f32>(derivative, slope);
    store<f64>(lanes, load<f64>(lanes) + term);
    prediction += 4;
    target += 4;
    derivative += 4;
    lanes += 8;
  }
}
