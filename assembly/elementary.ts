/**
 * exp, log, tanh and sigmoid in float32: formulas and errors are in src/core/contract/activations.ts, the coefficients those of
 * S. L. Moshier's Cephes library (expf.c, logf.c, tanhf.c). src/core/js/elementary.ts is the same, one number at a time.
 */
import { Tail } from "./tail";

/** Added to a number below 2²² and taken away again, this rounds it to a whole one, which its low bits hold meanwhile. */
const ROUND: f32 = 12582912; // 1.5 · 2²³

/**
 * Four numbers at a time. Loops are fast only without calls, so these are copied to where they are used: that is
 * what @inline asks for, and only on a method is it legal TypeScript.
 */
export abstract class Elementary {
  /** exp(x) = 2ⁿ · exp(r), n the whole number nearest to x / ln 2. */
  @inline
  static exp(x: v128): v128 {
    // Beyond, the result is 0 or ∞ anyway. These two keep NaN.
    const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
    const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(ROUND));
    const p = Elementary.expReduced(clamped, shifted);
    // 2ⁿ in two factors: neither overflows, and the first product is exact, so that a subnormal result rounds once.
    const n = i32x4.sub(shifted, f32x4.splat(ROUND));
    const half = i32x4.shr_s(n, 1);
    return f32x4.mul(f32x4.mul(p, Elementary.powerOfTwo(half)), Elementary.powerOfTwo(i32x4.sub(n, half)));
  }

  /** exp(r), r = x − n · ln 2; shifted is n + ROUND. */
  @inline
  static expReduced(x: v128, shifted: v128): v128 {
    return f32x4.add(Elementary.expm1Reduced(x, shifted), f32x4.splat(1));
  }

  /** exp(x) − 1 for x ≤ 0 = 2ⁿ · (exp(r) − 1) + (2ⁿ − 1), which loses no digits near 0, where n is 0. */
  @inline
  static expm1(x: v128): v128 {
    const clamped = f32x4.pmax(x, f32x4.splat(-20)); // from −17.4 on it is −1; pmax keeps NaN
    const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(ROUND));
    const power = Elementary.powerOfTwo(i32x4.sub(shifted, f32x4.splat(ROUND)));
    const scaled = f32x4.mul(Elementary.expm1Reduced(clamped, shifted), power);
    return f32x4.add(scaled, f32x4.sub(power, f32x4.splat(1)));
  }

  /** exp(r) − 1, r as above. */
  @inline
  static expm1Reduced(x: v128, shifted: v128): v128 {
    const n = f32x4.sub(shifted, f32x4.splat(ROUND));
    // ln 2 in two parts, the first so short that its product with n is exact (Cody & Waite 1980).
    const near = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
    const r = f32x4.sub(near, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
    let p = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), r), f32x4.splat(1.3981999507e-3));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
    p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
    return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
  }

  @inline
  static powerOfTwo(n: v128): v128 {
    return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
  }

  /** log(x) = log(1 + f) + e · ln 2, where x = 2ᵉ · (1 + f) and 1 + f lies in [√½, √2). */
  @inline
  static log(x: v128): v128 {
    const subnormal = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
    const bits = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal); // 2²³
    const e = i32x4.shr_s(i32x4.sub(bits, i32x4.splat(0x3f3504f3)), 23); // the bits of √½
    const f = f32x4.sub(i32x4.sub(bits, i32x4.shl(e, 23)), f32x4.splat(1));
    const exponent = i32x4.sub(e, v128.and(subnormal, i32x4.splat(23)));
    let y = Elementary.logReduced(f, f32x4.convert_i32x4_s(exponent));
    y = v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity))); // ∞ and NaN are their own logarithms
    y = v128.or(y, f32x4.lt(x, f32x4.splat(0))); // all ones: NaN
    return v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, f32x4.splat(0)));
  }

  /** log(1 + f) + e · ln 2, for f in [√½ − 1, √2 − 1]. */
  @inline
  static logReduced(f: v128, e: v128): v128 {
    const square = f32x4.mul(f, f);
    let p = f32x4.sub(f32x4.mul(f32x4.splat(7.0376836292e-2), f), f32x4.splat(1.151461031e-1));
    p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.167699874e-1));
    p = f32x4.sub(f32x4.mul(p, f), f32x4.splat(1.2420140846e-1));
    p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.4249322787e-1));
    p = f32x4.sub(f32x4.mul(p, f), f32x4.splat(1.6668057665e-1));
    p = f32x4.add(f32x4.mul(p, f), f32x4.splat(2.0000714765e-1));
    p = f32x4.sub(f32x4.mul(p, f), f32x4.splat(2.4999993993e-1));
    p = f32x4.add(f32x4.mul(p, f), f32x4.splat(3.3333331174e-1));
    p = f32x4.mul(f32x4.mul(p, f), square);
    p = f32x4.add(p, f32x4.mul(e, f32x4.splat(-2.1219444e-4)));
    p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
    return f32x4.add(f32x4.add(f, p), f32x4.mul(e, f32x4.splat(0.693359375)));
  }

  /** log(1 + u) for u in [0, 1]. */
  @inline
  static log1p(u: v128): v128 {
    const low = f32x4.lt(u, f32x4.splat(0.41421356));
    const halved = f32x4.mul(f32x4.sub(u, f32x4.splat(1)), f32x4.splat(0.5)); // 1 + u = 2 · (1 + halved)
    return Elementary.logReduced(v128.bitselect(u, halved, low), v128.andnot(f32x4.splat(1), low));
  }

  /** A polynomial below 0.625, 1 − 2 / (exp(2|x|) + 1) from there on, with the sign of x. */
  @inline
  static tanh(x: v128): v128 {
    const sign = v128.and(x, f32x4.splat(-0.0));
    const z = f32x4.abs(x);
    const square = f32x4.mul(z, z);
    let p = f32x4.add(f32x4.mul(f32x4.splat(-5.70498872745e-3), square), f32x4.splat(2.06390887954e-2));
    p = f32x4.sub(f32x4.mul(p, square), f32x4.splat(5.37397155531e-2));
    p = f32x4.add(f32x4.mul(p, square), f32x4.splat(1.33314422036e-1));
    p = f32x4.sub(f32x4.mul(p, square), f32x4.splat(3.33332819422e-1));
    p = f32x4.add(f32x4.mul(f32x4.mul(p, square), z), z);
    const twice = f32x4.pmin(f32x4.add(z, z), f32x4.splat(20)); // tanh 10 is 1
    const shifted = f32x4.add(f32x4.mul(twice, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(ROUND));
    // n is small and positive: adding it to the exponent's bits multiplies by 2ⁿ.
    const e = i32x4.add(Elementary.expReduced(twice, shifted), i32x4.shl(shifted, 23));
    const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
    return v128.or(v128.bitselect(far, p, f32x4.ge(z, f32x4.splat(0.625))), sign);
  }

  /** (x > 0 ? 1 : z) / (1 + z), z = exp(−|x|), which loses nothing on either side. */
  @inline
  static sigmoid(x: v128): v128 {
    const one = f32x4.splat(1);
    const z = Elementary.exp(v128.or(x, f32x4.splat(-0.0)));
    return f32x4.div(v128.bitselect(one, z, f32x4.gt(x, f32x4.splat(0))), f32x4.add(one, z));
  }
}

/** y = exp(x) for count numbers; y may be x. */
export function exp(x: usize, y: usize, count: i32): void {
  for (; ; count -= 4) {
    const v = Elementary.exp(v128.load(x));
    if (count < 4) {
      Tail.store(y, v, count);
      return;
    }
    v128.store(y, v);
    x += 16;
    y += 16;
  }
}

/** y = log(x) for count numbers; y may be x. */
export function log(x: usize, y: usize, count: i32): void {
  for (; ; count -= 4) {
    const v = Elementary.log(v128.load(x));
    if (count < 4) {
      Tail.store(y, v, count);
      return;
    }
    v128.store(y, v);
    x += 16;
    y += 16;
  }
}
