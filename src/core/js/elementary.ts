/** exp, log, tanh and sigmoid in float32: formulas and errors are in ../contract/activations.ts. Mirrors assembly/elementary.ts. */
import { EXP, LN2_HIGH, LN2_LOW, LOG, LOG2E, ROUND, TANH } from "./coefficients.js";

const abs = Math.abs;
const fround = Math.fround;

const SMALLEST_NORMAL = 2 ** -126;
const SQRT_HALF_BITS = 0x3f3504f3;

/** A float32 and its bits. */
const word = /* @__PURE__ */ new ArrayBuffer(4);
const float = /* @__PURE__ */ new Float32Array(word);
const bits = /* @__PURE__ */ new Int32Array(word);

/** 2ⁿ for n from −126 to 127. */
function powerOfTwo(n: number): number {
  bits[0] = (n + 127) << 23;
  return float[0] as number;
}

/** Σ coefficientᵢ · xⁱ, the highest first, by Horner's rule. */
function polynomial(x: number, coefficients: Float32Array): number {
  let sum = coefficients[0] as number;
  for (let i = 1; i < coefficients.length; i++) sum = fround(fround(sum * x) + (coefficients[i] as number));
  return sum;
}

/** The whole number nearest to x / ln 2. */
function exponentOf(x: number): number {
  return fround(fround(fround(x * LOG2E) + ROUND) - ROUND);
}

/** exp(x − n · ln 2). */
function expReduced(x: number, n: number): number {
  return fround(expm1Reduced(x, n) + 1);
}

/** exp(x − n · ln 2) − 1. */
function expm1Reduced(x: number, n: number): number {
  const r = fround(fround(x - n * LN2_HIGH) - fround(n * LN2_LOW));
  return fround(fround(polynomial(r, EXP) * fround(r * r)) + r);
}

export function exp(x: number): number {
  const clamped = x < -104 ? -104 : x > 89 ? 89 : x;
  const n = exponentOf(clamped);
  const half = n >> 1;
  return fround(fround(expReduced(clamped, n) * powerOfTwo(half)) * powerOfTwo(n - half));
}

/** exp(x) − 1 for x ≤ 0. */
export function expm1(x: number): number {
  const clamped = x < -20 ? -20 : x;
  const n = exponentOf(clamped);
  const power = powerOfTwo(n);
  return fround(fround(expm1Reduced(clamped, n) * power) + fround(power - 1));
}

export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const subnormal = x < SMALLEST_NORMAL;
  float[0] = subnormal ? x * 0x800000 : x;
  const e = ((bits[0] as number) - SQRT_HALF_BITS) >> 23;
  bits[0] = (bits[0] as number) - (e << 23);
  return logReduced(fround((float[0] as number) - 1), subnormal ? e - 23 : e);
}

/** log(1 + f) + e · ln 2, for f in [√½ − 1, √2 − 1]. */
export function logReduced(f: number, e: number): number {
  const square = fround(f * f);
  let p = fround(fround(polynomial(f, LOG) * f) * square);
  p = fround(p + fround(e * LN2_LOW));
  p = fround(p - fround(square * 0.5));
  return fround(fround(f + p) + e * LN2_HIGH);
}

/** log(1 + u) for u in [0, 1]. */
export function log1p(u: number): number {
  return u < fround(0.41421356) ? logReduced(u, 0) : logReduced(fround(fround(u - 1) * 0.5), 1);
}

export function tanh(x: number): number {
  const z = abs(x);
  if (!(z >= 0.625)) {
    const square = fround(z * z);
    const y = fround(fround(fround(polynomial(square, TANH) * square) * z) + z);
    return x < 0 || Object.is(x, -0) ? -y : y;
  }
  const twice = z + z > 20 ? 20 : z + z;
  const n = exponentOf(twice);
  const e = expReduced(twice, n) * powerOfTwo(n);
  const y = fround(1 - fround(2 / fround(e + 1)));
  return x < 0 ? -y : y;
}

export function sigmoid(x: number): number {
  const z = exp(-abs(x));
  return fround((x > 0 ? 1 : z) / fround(1 + z));
}
