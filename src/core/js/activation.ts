/** Activations and their way back: ActivationKernels in ../contract/activations.ts. Mirrors assembly/activation.ts. */
import { Activation } from "../contract/activations.js";
import { CUBIC, LINEAR } from "./coefficients.js";
import { exp, expm1, log1p, sigmoid, tanh } from "./elementary.js";

const abs = Math.abs;
const fround = Math.fround;

/**
 * By the number of the kind, without any of which it does not compile. In a list: bundlers keep an object of computed keys
 * where it is not used.
 */
type ByKind<Formula> = { readonly [Kind in Activation]: Formula };

type Forward = (x: number, slope: number) => number;

const forward: ByKind<Forward> = [
  tanh,
  sigmoid,
  (x) => (x < 0 ? 0 : x), // ReLU
  (x, slope) => (x < 0 ? x * slope : x), // LeakyReLU
  (x) => {
    const c = x < -16 ? -16 : x; // GELU
    return c * sigmoid(geluArgument(c));
  },
  (x) => (x < -104 ? -104 : x) * sigmoid(x), // SiLU
  (x) => (x < 0 ? 0 : x) + log1p(exp(-abs(x))), // Softplus
  (x) => {
    const z = exp(-abs(x)); // Mish
    const n = mishNumerator(x, z);
    return (x < -104 ? -104 : x) * fround(n / fround(n + mishRest(x, z)));
  },
  (x, alpha) => (x < 0 ? expm1(x) * alpha : x), // ELU
];

/** dx from dy, and from y for the first three, from x for the others. */
type Backward = (from: number, dy: number, slope: number) => number;

const backward: ByKind<Backward> = [
  (y, dy) => dy * fround(1 - fround(y * y)), // Tanh
  (y, dy) => dy * fround(fround(1 - y) * y), // Sigmoid
  (y, dy) => (y <= 0 ? 0 : dy), // ReLU
  (x, dy, slope) => (x > 0 ? dy : dy * slope), // LeakyReLU
  (x, dy) => {
    const c = clamp(x, 16); // GELU
    return dy * gatedSlope(c, geluArgument(c), geluSlope(fround(c * c), THREE_CUBIC));
  },
  (x, dy) => dy * gatedSlope(clamp(x, 104), clamp(x, 104), 1), // SiLU
  (x, dy) => dy * sigmoid(x), // Softplus
  (x, dy) => {
    const z = exp(-abs(x)); // Mish
    const n = mishNumerator(x, z);
    const d = fround(n + mishRest(x, z));
    const s = x > 0 ? fround(z * z) : z;
    const bend = fround(fround(fround(s * 4) / d) * fround(fround(1 + z) / d));
    return dy * fround(fround(n / d) + fround(clamp(x, 104) * bend));
  },
  (x, dy, alpha) => dy * (x > 0 ? 1 : fround(exp(x) * alpha)), // ELU
];

export function activationForward(
  kind: Activation,
  x: Float32Array,
  y: Float32Array,
  count: number,
  slope: number,
): void {
  const f = forward[kind];
  for (let i = 0; i < count; i++) y[i] = f(x[i] as number, slope);
}

export function activationBackward(
  kind: Activation,
  x: Float32Array,
  y: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  count: number,
  slope: number,
): void {
  const from = kind <= Activation.ReLU ? y : x;
  const f = backward[kind];
  for (let i = 0; i < count; i++) dx[i] = f(from[i] as number, dy[i] as number, slope);
}

function clamp(x: number, limit: number): number {
  return x < -limit ? -limit : x > limit ? limit : x;
}

const THREE_CUBIC = /* @__PURE__ */ fround(0.2140644488178);

/** 2√(2/π) + cubic · x². */
function geluSlope(square: number, cubic: number): number {
  return fround(fround(square * cubic) + LINEAR);
}

/** v = 2√(2/π) · (x + 0.044715 x³). */
function geluArgument(x: number): number {
  return fround(x * geluSlope(fround(x * x), CUBIC));
}

/** Of tanh(log(1 + exp(x))) as a fraction, z = exp(−|x|). */
function mishNumerator(x: number, z: number): number {
  return fround((x > 0 ? 1 : fround(z * z)) + 2 * z);
}

/** By which the denominator is larger. */
function mishRest(x: number, z: number): number {
  return x > 0 ? fround(2 * fround(z * z)) : 2;
}

/** σ + c · σ · (1 − σ) · v′ for σ = σ(v): the derivative of x · σ(v). */
function gatedSlope(c: number, v: number, slope: number): number {
  const z = exp(-abs(v));
  const sum = fround(1 + z);
  const larger = fround(1 / sum);
  const smaller = fround(z / sum);
  const bend = fround(fround(c * fround(larger * smaller)) * slope);
  return fround((v > 0 ? larger : smaller) + bend);
}
