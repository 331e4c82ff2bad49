/**
 * One step of Rprop in place; the rule is in Core.rprop in src/core/contract/core.ts. Three loops of four parameters at a time, since
 * what a rule does not need costs up to twice the time:
 *
 *   rpropStay   flips stay, no weight decay, no bounds: iRprop⁻ as everyone uses it
 *   rpropMove   flips move, against the new sign or back; no weight decay, no bounds
 *   rprop       every rule, and what is left over by the others: it stores no more lanes than there are parameters
 */
import { assertFloats } from "./check";
import { ON_FLIP_BACK, ON_FLIP_STAY } from "./constants";

export function rpropStay(
  data: usize,
  grad: usize,
  prev: usize,
  stepSize: usize,
  count: i32,
  etaMinus: f32,
  etaPlus: f32,
  minStep: f32,
  maxStep: f32,
  maximize: bool,
): void {
  assertFloats(data, count);
  assertFloats(grad, count);
  assertFloats(prev, count);
  assertFloats(stepSize, count);
  const zero = f32x4.splat(0);
  const signBit = i32x4.splat(0x80000000);
  const negate = maximize ? signBit : zero;
  const one = f32x4.splat(1);
  const low = f32x4.splat(minStep);
  const high = f32x4.splat(maxStep);
  // The factor is chosen by xor: 1, or from there to η⁺, or from there to η⁻. A select takes three operations.
  const oneToGrow = v128.xor(one, f32x4.splat(etaPlus));
  const growToShrink = v128.xor(f32x4.splat(etaPlus), f32x4.splat(etaMinus));
  let left = count;
  for (; left >= 4; left -= 4) {
    const g = v128.xor(v128.load(grad), negate);
    const p = v128.load(prev);
    // Neither ±0 nor NaN; two comparisons are faster than one of abs.
    const signed = v128.or(f32x4.gt(g, zero), f32x4.lt(g, zero));
    const bothSigned = v128.and(signed, v128.or(f32x4.gt(p, zero), f32x4.lt(p, zero)));
    const flipped = v128.and(bothSigned, i32x4.shr_s(v128.xor(g, p), 31));
    const factor = v128.xor(one, v128.xor(v128.and(bothSigned, oneToGrow), v128.and(flipped, growToShrink)));
    const delta = f32x4.pmin(f32x4.pmax(f32x4.mul(v128.load(stepSize), factor), low), high);
    const move = v128.and(v128.xor(delta, v128.and(g, signBit)), v128.andnot(signed, flipped));
    v128.store(data, f32x4.sub(v128.load(data), move)); // w − (+0) has the bits of w
    v128.store(prev, v128.andnot(g, flipped));
    v128.store(stepSize, delta);
    data += 16;
    grad += 16;
    prev += 16;
    stepSize += 16;
  }
  rprop(
    data,
    grad,
    prev,
    stepSize,
    left,
    etaMinus,
    etaPlus,
    minStep,
    maxStep,
    maximize,
    ON_FLIP_STAY,
    0,
    -Infinity,
    Infinity,
  );
}

export function rpropMove(
  data: usize,
  grad: usize,
  prev: usize,
  stepSize: usize,
  count: i32,
  etaMinus: f32,
  etaPlus: f32,
  minStep: f32,
  maxStep: f32,
  maximize: bool,
  onFlip: i32,
): void {
  assertFloats(data, count);
  assertFloats(grad, count);
  assertFloats(prev, count);
  assertFloats(stepSize, count);
  const zero = f32x4.splat(0);
  const signBit = i32x4.splat(0x80000000);
  const negate = maximize ? signBit : zero;
  const one = f32x4.splat(1);
  const low = f32x4.splat(minStep);
  const high = f32x4.splat(maxStep);
  const oneToGrow = v128.xor(one, f32x4.splat(etaPlus));
  const growToShrink = v128.xor(f32x4.splat(etaPlus), f32x4.splat(etaMinus));
  const returns = i32x4.splat(onFlip == ON_FLIP_BACK ? -1 : 0);
  let left = count;
  for (; left >= 4; left -= 4) {
    const g = v128.xor(v128.load(grad), negate);
    const p = v128.load(prev);
    const signed = v128.or(f32x4.gt(g, zero), f32x4.lt(g, zero));
    const bothSigned = v128.and(signed, v128.or(f32x4.gt(p, zero), f32x4.lt(p, zero)));
    const flipped = v128.and(bothSigned, i32x4.shr_s(v128.xor(g, p), 31));
    const factor = v128.xor(one, v128.xor(v128.and(bothSigned, oneToGrow), v128.and(flipped, growToShrink)));
    const last = v128.load(stepSize);
    const delta = f32x4.pmin(f32x4.pmax(f32x4.mul(last, factor), low), high);
    const goesBack = v128.and(flipped, returns);
    // The last move went against the old sign, which is the way of the new one.
    const size = v128.bitselect(last, delta, goesBack);
    const move = v128.and(v128.xor(size, v128.and(g, signBit)), signed);
    v128.store(data, f32x4.sub(v128.load(data), move));
    v128.store(prev, v128.andnot(g, goesBack));
    v128.store(stepSize, delta);
    data += 16;
    grad += 16;
    prev += 16;
    stepSize += 16;
  }
  rprop(
    data,
    grad,
    prev,
    stepSize,
    left,
    etaMinus,
    etaPlus,
    minStep,
    maxStep,
    maximize,
    onFlip,
    0,
    -Infinity,
    Infinity,
  );
}

export function rprop(
  data: usize,
  grad: usize,
  prev: usize,
  stepSize: usize,
  count: i32,
  etaMinus: f32,
  etaPlus: f32,
  minStep: f32,
  maxStep: f32,
  maximize: bool,
  onFlip: i32,
  weightDecay: f32,
  lower: f32,
  upper: f32,
): void {
  assertFloats(data, count);
  assertFloats(grad, count);
  assertFloats(prev, count);
  assertFloats(stepSize, count);
  const zero = f32x4.splat(0);
  const signBit = i32x4.splat(0x80000000);
  const one = f32x4.splat(1);
  const low = f32x4.splat(minStep);
  const high = f32x4.splat(maxStep);
  const oneToGrow = v128.xor(one, f32x4.splat(etaPlus));
  const oneToShrink = v128.xor(one, f32x4.splat(etaMinus));
  // Masks of what happens to a flip: no move, the last move back, prev emptied.
  const flipStays = i32x4.splat(onFlip == ON_FLIP_STAY ? -1 : 0);
  const flipReturns = i32x4.splat(onFlip == ON_FLIP_BACK ? -1 : 0);
  const flipEmpties = v128.or(flipStays, flipReturns);
  // No comparison with NaN holds: an open side holds nothing, infinite parameters included.
  if (lower == -Infinity) lower = NaN;
  if (upper == Infinity) upper = NaN;
  const bottom = f32x4.splat(lower);
  const bottomToTop = v128.xor(bottom, f32x4.splat(-upper));
  for (let left = count; left > 0; left -= 4) {
    const w = v128.load(data);
    let g = v128.load(grad);
    if (maximize) g = v128.xor(g, signBit);
    if (weightDecay != 0) g = f32x4.add(g, f32x4.mul(f32x4.splat(weightDecay), w));
    const p = v128.load(prev);
    // Mirrored where g < 0, so that every move goes down; but moves themselves are not, which would make −0 of +0.
    const sign = v128.and(g, signBit);
    const at = v128.xor(w, sign);
    const bound = v128.xor(bottom, v128.and(i32x4.shr_s(g, 31), bottomToTop));
    const free = v128.andnot(f32x4.gt(v128.xor(g, sign), zero), f32x4.le(at, bound));
    const before = v128.xor(p, sign);
    const stayed = v128.and(free, f32x4.gt(before, zero));
    const flipped = v128.and(free, f32x4.lt(before, zero));
    const factor = v128.xor(one, v128.xor(v128.and(stayed, oneToGrow), v128.and(flipped, oneToShrink)));
    const last = v128.load(stepSize);
    const delta = f32x4.pmin(f32x4.pmax(f32x4.mul(last, factor), low), high);
    const size = v128.bitselect(last, delta, v128.and(flipped, flipReturns));
    const moves = v128.andnot(free, v128.and(flipped, flipStays));
    const moved = v128.xor(f32x4.sub(w, v128.xor(size, sign)), sign);
    const ends = v128.and(moves, f32x4.lt(moved, bound));
    const gone = f32x4.sub(at, bound);
    const next = v128.bitselect(v128.xor(f32x4.pmax(moved, bound), sign), w, moves);
    const nextPrev = v128.andnot(g, v128.and(flipped, flipEmpties));
    const nextSize = v128.bitselect(f32x4.pmax(gone, low), delta, ends);
    if (left >= 4) {
      v128.store(data, next);
      v128.store(prev, nextPrev);
      v128.store(stepSize, nextSize);
    } else {
      storeFirst(data, next, left);
      storeFirst(prev, nextPrev, left);
      storeFirst(stepSize, nextSize, left);
    }
    data += 16;
    grad += 16;
    prev += 16;
    stepSize += 16;
  }
}

/** One to three lanes. */
function storeFirst(to: usize, lanes: v128, count: i32): void {
  v128.store32_lane(to, lanes, 0);
  if (count > 1) v128.store32_lane(to, lanes, 1, 4);
  if (count > 2) v128.store32_lane(to, lanes, 2, 8);
}
