/** Activations and their derivatives in float64, and what Core says of special numbers. */
import { Activation } from "../../src/core/contract/activations.js";
import { ACTIVATION_NAMES, type ActivationName } from "../../src/nn/activation-kinds.js";

export const SLOPE = Math.fround(0.01);

/** NaN, ±0, ±∞, subnormal and huge numbers. */
export const SPECIAL = [NaN, 0, -0, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 1e30, -1e30];

interface ExactActivation {
  /** What the kernel is given, where the kind has an option. */
  slope?: number;
  f(x: number): number;
  derivative(x: number): number;
  /** What Core allows y to be off from f(x), in ulp. */
  bound(x: number): number;
  /** y of SPECIAL, before it is rounded to float32, and the derivatives there. */
  special: readonly [y: readonly number[], slopes: readonly number[]];
}

const [inf, tiny, half] = [Infinity, 2 ** -149, Math.LN2];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sigmoidSlope = (x: number) => sigmoid(x) * sigmoid(-x);
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const ROOT = 2 * Math.sqrt(2 / Math.PI);
const geluArgument = (x: number) => ROOT * (x + 0.044715 * x ** 3);

const EXACT: Readonly<Record<ActivationName, ExactActivation>> = {
  Tanh: {
    f: Math.tanh,
    derivative: (x) => 1 / Math.cosh(x) ** 2,
    bound: () => 1.5,
    special: [
      [NaN, 0, -0, 1, -1, tiny, -tiny, 1, -1],
      [NaN, 1, 1, 0, 0, 1, 1, 0, 0],
    ],
  },
  Sigmoid: {
    f: sigmoid,
    derivative: sigmoidSlope,
    bound: () => 2.5,
    special: [
      [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0],
      [NaN, 0.25, 0.25, 0, 0, 0.25, 0.25, 0, 0],
    ],
  },
  ReLU: {
    f: (x) => (x < 0 ? 0 : x),
    derivative: (x) => (x > 0 ? 1 : 0),
    bound: () => 0,
    special: [
      [NaN, 0, -0, inf, 0, tiny, 0, 1e30, 0],
      [1, 0, 0, 1, 0, 1, 0, 1, 0],
    ],
  },
  LeakyReLU: {
    slope: SLOPE,
    f: (x) => (x < 0 ? x * SLOPE : x),
    derivative: (x) => (x > 0 ? 1 : SLOPE),
    bound: () => 0.5,
    special: [
      [NaN, 0, -0, inf, -inf, tiny, -0, 1e30, -1e28],
      [SLOPE, SLOPE, SLOPE, 1, SLOPE, 1, SLOPE, 1, SLOPE],
    ],
  },
  GELU: {
    f: (x) => x * sigmoid(geluArgument(x)),
    derivative: (x) => {
      const v = geluArgument(x);
      return sigmoid(v) + x * sigmoidSlope(v) * ROOT * (1 + 3 * 0.044715 * x * x);
    },
    bound: (x) => (x > -0.5 ? 3 : 4 + 2.5 * Math.abs(geluArgument(x))),
    special: [
      [NaN, 0, -0, inf, -0, 0, -0, 1e30, -0],
      [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0],
    ],
  },
  SiLU: {
    f: (x) => x * sigmoid(x),
    derivative: (x) => sigmoid(x) + x * sigmoidSlope(x),
    bound: (x) => (x < -87 ? 54 : 3.5),
    special: [
      [NaN, 0, -0, inf, -0, 0, -0, 1e30, -0],
      [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0],
    ],
  },
  Softplus: {
    f: softplus,
    derivative: sigmoid,
    bound: () => 2,
    special: [
      [NaN, half, half, inf, 0, half, half, 1e30, 0],
      [NaN, 0.5, 0.5, 1, 0, 0.5, 0.5, 1, 0],
    ],
  },
  Mish: {
    f: (x) => x * Math.tanh(softplus(x)),
    derivative: (x) => {
      const t = Math.tanh(softplus(x));
      return t + x * (1 - t * t) * sigmoid(x);
    },
    bound: (x) => (x < -87 ? 54 : 4),
    special: [
      [NaN, 0, -0, inf, -0, tiny, -tiny, 1e30, -0],
      [NaN, 0.6, 0.6, 1, 0, 0.6, 0.6, 1, 0].map(Math.fround),
    ],
  },
  ELU: {
    slope: 1,
    f: (x) => (x < 0 ? Math.expm1(x) : x),
    derivative: (x) => (x > 0 ? 1 : Math.exp(x)),
    bound: () => 1.5,
    special: [
      [NaN, 0, -0, inf, -1, tiny, -tiny, 1e30, -1],
      [NaN, 1, 1, 1, 0, 1, 1, 1, 0],
    ],
  },
};

/** Every kind. */
export const activations = ACTIVATION_NAMES.map((name) => ({
  name,
  kind: Activation[name],
  slope: 0,
  ...EXACT[name],
}));
