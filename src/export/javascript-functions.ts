/** The JavaScript of what layers compute: src/core/js, one row at a time. */
import { CUBIC, EXP, LINEAR, LN2_HIGH, LN2_LOW, LOG, LOG2E, ROUND, TANH } from "../core/js/coefficients.js";
import { shortest } from "../format-number.js";
import type { ActivationName } from "../nn/activation-kinds.js";
import type { Functions } from "./code.js";

/** What map is given for each kind: its result is rounded to float32. */
export const JAVASCRIPT_ACTIVATIONS: Readonly<Record<ActivationName, (slope: number) => string>> = {
  Tanh: () => "tanh",
  Sigmoid: () => "sigmoid",
  ReLU: () => "(v) => (v < 0 ? 0 : v)",
  LeakyReLU: (slope) => `(v) => (v < 0 ? v * ${slope} : v)`,
  GELU: () => "gelu",
  SiLU: () => "silu",
  Softplus: () => "softplus",
  Mish: () => "mish",
  ELU: (slope) => `(v) => (v < 0 ? expm1(v) * ${slope} : v)`,
};

const array = (values: Float32Array) => `Float32Array.of(${Array.from(values, shortest)})`;

export const JAVASCRIPT_FUNCTIONS = (): Functions => ({
  abs: "const { abs } = Math;",
  fround: "const { fround } = Math;",

  linear: `\
function linear(x, weight, bias) {
  return bias.map((sum, o) => {
    for (let k = 0; k < x.length; k++) sum = fround(sum + fround(x[k] * weight[o * x.length + k]));
    return sum;
  });
}`,

  powerOfTwo: `\
const float = new Float32Array(1), bits = new Int32Array(float.buffer);
function powerOfTwo(n) {
  bits[0] = (n + 127) << 23;
  return float[0];
}`,

  polynomial: `\
function polynomial(x, coefficients) {
  return coefficients.reduce((sum, c) => fround(fround(sum * x) + c));
}`,

  exponentOf: `\
function exponentOf(x) {
  return fround(fround(fround(x * ${LOG2E}) + ${ROUND}) - ${ROUND});
}`,

  EXP: `const EXP = ${array(EXP)};`,

  expReduced: `\
function expReduced(x, n) {
  const r = fround(fround(x - n * ${LN2_HIGH}) - fround(n * ${LN2_LOW}));
  return fround(fround(fround(polynomial(r, EXP) * fround(r * r)) + r) + 1);
}`,

  exp: `\
function exp(x) {
  const clamped = x < -104 ? -104 : x > 89 ? 89 : x;
  const n = exponentOf(clamped), half = n >> 1;
  return fround(fround(expReduced(clamped, n) * powerOfTwo(half)) * powerOfTwo(n - half));
}`,

  expm1: `\
function expm1(x) {
  const c = x < -20 ? -20 : x;
  const n = exponentOf(c), power = powerOfTwo(n);
  const r = fround(fround(c - n * ${LN2_HIGH}) - fround(n * ${LN2_LOW}));
  const q = fround(fround(polynomial(r, EXP) * fround(r * r)) + r);
  return fround(fround(q * power) + fround(power - 1));
}`,

  log1p: `\
const LOG = ${array(LOG)};
function log1p(u) {
  const e = u < ${shortest(Math.fround(0.41421356))} ? 0 : 1;
  const f = e ? fround(fround(u - 1) * .5) : u;
  const square = fround(f * f);
  let p = fround(fround(polynomial(f, LOG) * f) * square);
  p = fround(p + fround(e * ${LN2_LOW}));
  p = fround(p - fround(square * .5));
  return fround(fround(f + p) + e * ${LN2_HIGH});
}`,

  tanh: `\
const TANH = ${array(TANH)};
function tanh(x) {
  const z = abs(x);
  let y;
  if (z >= .625) {
    const twice = z + z > 20 ? 20 : z + z;
    const n = exponentOf(twice);
    y = fround(1 - fround(2 / fround(expReduced(twice, n) * powerOfTwo(n) + 1)));
  } else {
    const square = fround(z * z);
    y = fround(fround(fround(polynomial(square, TANH) * square) * z) + z);
  }
  return x < 0 ? -y : x === 0 ? x : y;
}`,

  sigmoid: `\
function sigmoid(x) {
  const z = exp(-abs(x));
  return fround((x > 0 ? 1 : z) / fround(1 + z));
}`,

  softmax: `\
function softmax(x) {
  const most = x.reduce((most, v) => (most < v ? v : most), x[0]);
  const e = x.map((v) => exp(fround(v - most)));
  const sum = fround(e.reduce((sum, v) => sum + v, 0));
  return e.map((v) => v / sum);
}`,

  gelu: `\
function gelu(x) {
  const c = x < -16 ? -16 : x;
  return c * sigmoid(fround(c * fround(fround(fround(c * c) * ${CUBIC}) + ${LINEAR})));
}`,

  silu: `\
function silu(x) {
  return (x < -104 ? -104 : x) * sigmoid(x);
}`,

  softplus: `\
function softplus(x) {
  return (x < 0 ? 0 : x) + log1p(exp(-abs(x)));
}`,

  mish: `\
function mish(x) {
  const z = exp(-abs(x)), square = fround(z * z);
  const n = fround((x > 0 ? 1 : square) + 2 * z);
  return (x < -104 ? -104 : x) * fround(n / fround(n + (x > 0 ? 2 * square : 2)));
}`,
});
