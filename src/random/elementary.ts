// Logarithm, exponential, sine and cosine. JavaScript engines differ in the last bits of Math.log, Math.exp,
// Math.sin and Math.cos, so those are not used.
//
// The float32 functions are those of PyTorch's AVX2 kernel, to the bit: the polynomials of S. L. Moshier's
// Cephes library (logf.c, sinf.c), each product fused with the addition after it. The float64 functions are
// plain series, within 2 ulp: PyTorch takes the C library's there, and rounds their product to float32.

import { multiplyAdd } from "./uniform.js";

const fround = Math.fround;

const SQRT_HALF = /* @__PURE__ */ fround(Math.SQRT1_2);
const LN2_HIGH = 0.693359375; // so few bits that its product with an exponent is exact
const LN2_LOW = /* @__PURE__ */ fround(-2.1219444e-4);

/** ln x in float32, for x = k·2^-24 in (0, 1]. */
export function log32(x: number): number {
  // x = 2^exponent · (1 + f), where 1 + f lies in [√½, √2).
  const k = x * 0x1000000;
  const bits = 32 - Math.clz32(k);
  let exponent = bits - 24;
  let f = k / (1 << bits);
  if (f < SQRT_HALF) {
    exponent -= 1;
    f = 2 * f - 1;
  } else {
    f -= 1;
  }
  const square = fround(f * f);
  let y = multiplyAdd(fround(7.0376836292e-2), f, fround(-1.151461031e-1));
  y = multiplyAdd(y, f, fround(1.167699874e-1));
  y = multiplyAdd(y, f, fround(-1.2420140846e-1));
  y = multiplyAdd(y, f, fround(1.4249322787e-1));
  y = multiplyAdd(y, f, fround(-1.6668057665e-1));
  y = multiplyAdd(y, f, fround(2.0000714765e-1));
  y = multiplyAdd(y, f, fround(-2.4999993993e-1));
  y = multiplyAdd(y, f, fround(3.3333331174e-1));
  y = multiplyAdd(fround(y * f), square, fround(exponent * LN2_LOW));
  y = multiplyAdd(-0.5, square, y);
  return multiplyAdd(exponent, LN2_HIGH, fround(f + y));
}

/** sin x in float32, for x in [0, 2π]. */
export function sin32(x: number): number {
  return sine32(x, 0);
}

/** cos x in float32, for x in [0, 2π]. */
export function cos32(x: number): number {
  return sine32(x, 1);
}

/** sin(x + turns·π/2). */
function sine32(x: number, turns: number): number {
  // x = quadrant·π/2 + r, |r| ≤ π/4, with π/4 in three parts.
  const octants = Math.floor(fround(x * fround(1.27323954473516)));
  const quadrant = (octants + 1) >> 1;
  const even = 2 * quadrant;
  let r = multiplyAdd(even, -0.78515625, x);
  r = multiplyAdd(even, -2.4187564849853516e-4, r);
  r = multiplyAdd(even, fround(-3.774894977445941e-8), r);
  const square = fround(r * r);
  const turned = quadrant + turns;
  let y: number;
  if (turned & 1) {
    y = multiplyAdd(fround(2.443315711809948e-5), square, fround(-1.388731625493765e-3));
    y = multiplyAdd(y, square, fround(4.166664568298827e-2));
    y = multiplyAdd(fround(y * square), square, -0.5 * square);
    y = fround(y + 1);
  } else {
    y = multiplyAdd(fround(-1.9515295891e-4), square, fround(8.3321608736e-3));
    y = multiplyAdd(y, square, fround(-1.6666654611e-1));
    y = multiplyAdd(fround(y * square), r, r);
  }
  return turned & 2 ? -y : y;
}

// ln 2 in two parts, the first of 32 bits, so that its product with an exponent is exact.
const LN2_HEAD = 0.6931471803691238;
const LN2_TAIL = 1.9082149292705877e-10;

/** ln x in float64, for finite x > 0. */
export function log64(x: number): number {
  let exponent = 0;
  let scaled = x;
  while (scaled > Math.SQRT2) {
    scaled /= 2;
    exponent += 1;
  }
  while (scaled < Math.SQRT1_2) {
    scaled *= 2;
    exponent -= 1;
  }
  // ln(1 + f) = 2 artanh(s) = 2s + 2s³/3 + 2s⁵/5 + …, s = f / (2 + f), |s| < 0.172. As 2s = f − s·f, the
  // rounding of s hardly matters in the form f − s·(f − tail).
  const f = scaled - 1;
  const s = f / (2 + f);
  const square = s * s;
  let tail = 0;
  for (let n = 23; n >= 3; n -= 2) tail = (tail + 2 / n) * square;
  return exponent * LN2_HEAD - (s * (f - tail) - exponent * LN2_TAIL - f);
}

/** e^x in float64, for any x: 0 and infinity where a float64 ends. */
export function exp64(x: number): number {
  if (!(x > -746)) return Number.isNaN(x) ? NaN : 0;
  if (x > 710) return Infinity;
  // x = exponent · ln 2 + r, |r| ≤ ½ ln 2, and e^r = 1 + r + r²/2 + …
  let exponent = Math.floor(x / Math.LN2 + 0.5);
  const r = x - exponent * LN2_HEAD - exponent * LN2_TAIL;
  let sum = 1;
  for (let n = 14; n >= 3; n--) sum = 1 + (sum * r) / n;
  let y = 1 + (r + (r * r * sum) / 2);
  // Large steps come last: only the last of them can leave the normal numbers, so the result is rounded once.
  for (; exponent % 64 !== 0; exponent -= Math.sign(exponent)) y *= exponent > 0 ? 2 : 0.5;
  for (; exponent !== 0; exponent -= 64 * Math.sign(exponent)) y *= exponent > 0 ? 2 ** 64 : 2 ** -64;
  return y;
}

/** sin x in float64, for x in [0, 2π]. */
export function sin64(x: number): number {
  return sine64(x, 0);
}

/** cos x in float64, for x in [0, 2π]. */
export function cos64(x: number): number {
  return sine64(x, 1);
}

// π/2 in three parts, the first two of 33 bits, so that their products with a quadrant are exact.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;

/** sin(x + turns·π/2). */
function sine64(x: number, turns: number): number {
  const quadrant = Math.floor(x * (2 / Math.PI) + 0.5);
  const r = x - quadrant * HALF_PI_1 - quadrant * HALF_PI_2 - quadrant * HALF_PI_3;
  const square = r * r;
  const turned = quadrant + turns;
  let y: number;
  if (turned & 1) {
    const half = square / 2;
    const near = 1 - half;
    // What the rounding of `near` lost joins the small terms.
    y = near + (1 - near - half + (square * square * nested(square, 6)) / 24);
  } else {
    y = r - r * ((square * nested(square, 5)) / 6);
  }
  return turned & 2 ? -y : y;
}

/**
 * 1 − r²/((n−1)n) · (1 − r²/((n+1)(n+2)) · …): the Taylor series of sine or cosine from its term in r^(n−2)
 * on, over that term.
 */
function nested(square: number, n: number): number {
  let sum = 1;
  for (let k = n + 12; k >= n; k -= 2) sum = 1 - (square * sum) / ((k - 1) * k);
  return sum;
}
