/**
 * One step of Rprop in place; the rule is in Core.rprop in src/core/core.ts. Three loops of four parameters at a time, since
 * what a rule does not need costs up to twice the time, and one for the rest of each:
 *
 *   rpropStay   flips stay, no weight decay, no bounds: iRprop⁻ as everyone uses it
 *   rpropMove   flips move, against the new sign or back; no weight decay, no bounds
 *   rprop       every rule
 */
import { ON_FLIP_BACK, ON_FLIP_MOVE } from "./constants";

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
  rest(
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
    0,
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
  rest(
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
  const zero = f32x4.splat(0);
  const signBit = i32x4.splat(0x80000000);
  const one = f32x4.splat(1);
  const low = f32x4.splat(minStep);
  const high = f32x4.splat(maxStep);
  const oneToGrow = v128.xor(one, f32x4.splat(etaPlus));
  const growToShrink = v128.xor(f32x4.splat(etaPlus), f32x4.splat(etaMinus));
  // Masks of what happens to a flip: which step size its move has, if any, and whether prev is emptied.
  const flipMoves = i32x4.splat(onFlip == ON_FLIP_MOVE ? -1 : 0);
  const flipReturns = i32x4.splat(onFlip == ON_FLIP_BACK ? -1 : 0);
  let left = count;
  for (; left >= 4; left -= 4) {
    const w = v128.load(data);
    let g = v128.load(grad);
    if (maximize) g = v128.xor(g, signBit);
    if (weightDecay != 0) g = f32x4.add(g, f32x4.mul(f32x4.splat(weightDecay), w));
    const p = v128.load(prev);
    const signed = v128.or(f32x4.gt(g, zero), f32x4.lt(g, zero));
    const bothSigned = v128.and(signed, v128.or(f32x4.gt(p, zero), f32x4.lt(p, zero)));
    const flipped = v128.and(bothSigned, i32x4.shr_s(v128.xor(g, p), 31));
    const factor = v128.xor(one, v128.xor(v128.and(bothSigned, oneToGrow), v128.and(flipped, growToShrink)));
    const last = v128.load(stepSize);
    const delta = f32x4.pmin(f32x4.pmax(f32x4.mul(last, factor), low), high);
    const size = v128.bitselect(last, delta, v128.and(flipped, flipReturns));
    const stays = v128.andnot(flipped, v128.or(flipMoves, flipReturns));
    const move = v128.and(v128.xor(size, v128.and(g, signBit)), v128.andnot(signed, stays));
    const moved = f32x4.sub(w, move);
    const outside = v128.or(f32x4.lt(moved, f32x4.splat(lower)), f32x4.gt(moved, f32x4.splat(upper)));
    const shrunk = f32x4.pmax(f32x4.mul(delta, f32x4.splat(etaMinus)), low);
    v128.store(data, v128.bitselect(w, moved, outside));
    v128.store(prev, v128.andnot(g, v128.or(v128.andnot(flipped, flipMoves), outside)));
    v128.store(stepSize, v128.bitselect(shrunk, delta, outside));
    data += 16;
    grad += 16;
    prev += 16;
    stepSize += 16;
  }
  rest(
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
    weightDecay,
    lower,
    upper,
  );
}

function rest(
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
  for (; count > 0; count--) {
    const w = load<f32>(data);
    let g = maximize ? -load<f32>(grad) : load<f32>(grad);
    if (weightDecay != 0) g += weightDecay * w;
    const p = load<f32>(prev);
    const same = (g > 0 && p > 0) || (g < 0 && p < 0);
    const flipped = (g > 0 && p < 0) || (g < 0 && p > 0);
    const last = load<f32>(stepSize);
    let delta = last * (same ? etaPlus : flipped ? etaMinus : 1);
    if (delta < minStep) delta = minStep;
    if (delta > maxStep) delta = maxStep;
    const moves = !flipped || onFlip == ON_FLIP_MOVE || onFlip == ON_FLIP_BACK;
    const size = flipped && onFlip == ON_FLIP_BACK ? last : delta;
    if (flipped && onFlip != ON_FLIP_MOVE) store<f32>(prev, 0);
    else store<f32>(prev, g);
    const moved = moves && g > 0 ? w - size : moves && g < 0 ? w + size : w;
    if (moved < lower || moved > upper) {
      store<f32>(prev, 0);
      delta *= etaMinus;
      if (delta < minStep) delta = minStep;
    } else store<f32>(data, moved);
    store<f32>(stepSize, delta);
    data += 4;
    grad += 4;
    prev += 4;
    stepSize += 4;
  }
}
