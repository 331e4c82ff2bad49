/** Activations and their derivatives in float64. */
import {
  type Activation,
  GELU,
  LEAKY_RELU,
  RELU,
  SIGMOID,
  SILU,
  SOFTPLUS,
  TANH,
} from "../../src/core/contract/activations.js";

export const SLOPE = Math.fround(0.01);

interface ExactActivation {
  name: string;
  kind: Activation;
  f(x: number): number;
  derivative(x: number): number;
  /** What Core allows y to be off from f(x), in ulp. */
  bound(x: number): number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const sigmoidSlope = (x: number) => sigmoid(x) * sigmoid(-x);
const ROOT = 2 * Math.sqrt(2 / Math.PI);
const geluArgument = (x: number) => ROOT * (x + 0.044715 * x ** 3);

export const activations: readonly ExactActivation[] = [
  { name: "tanh", kind: TANH, f: Math.tanh, derivative: (x) => 1 / Math.cosh(x) ** 2, bound: () => 1.5 },
  { name: "sigmoid", kind: SIGMOID, f: sigmoid, derivative: sigmoidSlope, bound: () => 2.5 },
  { name: "relu", kind: RELU, f: (x) => (x < 0 ? 0 : x), derivative: (x) => (x > 0 ? 1 : 0), bound: () => 0 },
  {
    name: "leakyRelu",
    kind: LEAKY_RELU,
    f: (x) => (x < 0 ? x * SLOPE : x),
    derivative: (x) => (x > 0 ? 1 : SLOPE),
    bound: () => 0.5,
  },
  {
    name: "gelu",
    kind: GELU,
    f: (x) => x * sigmoid(geluArgument(x)),
    derivative: (x) => {
      const v = geluArgument(x);
      return sigmoid(v) + x * sigmoidSlope(v) * ROOT * (1 + 3 * 0.044715 * x * x);
    },
    bound: (x) => (x > -0.5 ? 3 : 4 + 2.5 * Math.abs(geluArgument(x))),
  },
  {
    name: "silu",
    kind: SILU,
    f: (x) => x * sigmoid(x),
    derivative: (x) => sigmoid(x) + x * sigmoidSlope(x),
    bound: (x) => (x < -87 ? 54 : 3.5),
  },
  {
    name: "softplus",
    kind: SOFTPLUS,
    f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    derivative: sigmoid,
    bound: () => 2,
  },
];
