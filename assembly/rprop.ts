/**
 * One step of iRprop⁻ (Igel & Hüsken 2003, section 2; PyTorch's Rprop) on count float32 parameters, in place:
 *
 *   g = maximize ? −grad : grad
 *   s = sign(g) · sign(prev)                      by comparison, so it neither underflows nor meets NaN
 *   Δ = clamp(Δ · (s > 0 ? η⁺ : s < 0 ? η⁻ : 1), minStep, maxStep)
 *   g = +0 where s < 0
 *   w = w − sign(g) · Δ                           w keeps its bits where g is ±0 or NaN
 *   prev = g
 */
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
  for (; count >= 4; count -= 4) {
    const g = v128.xor(v128.load(grad), negate);
    const p = v128.load(prev);
    // Neither ±0 nor NaN; two comparisons are faster than one of abs (measured).
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
  for (; count > 0; count--) {
    let g = maximize ? -load<f32>(grad) : load<f32>(grad);
    const p = load<f32>(prev);
    const same = (g > 0 && p > 0) || (g < 0 && p < 0);
    const flipped = (g > 0 && p < 0) || (g < 0 && p > 0);
    let delta = load<f32>(stepSize) * (same ? etaPlus : flipped ? etaMinus : 1);
    if (delta < minStep) delta = minStep;
    if (delta > maxStep) delta = maxStep;
    if (flipped) g = 0;
    if (g > 0) store<f32>(data, load<f32>(data) - delta);
    else if (g < 0) store<f32>(data, load<f32>(data) + delta);
    store<f32>(prev, g);
    store<f32>(stepSize, delta);
    data += 4;
    grad += 4;
    prev += 4;
    stepSize += 4;
  }
}
