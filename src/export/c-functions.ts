/** The C of what layers compute: src/core/js, one row at a time. $ stands for the beginning of every name. */
import { CUBIC, EXP, LINEAR, LN2_HIGH, LN2_LOW, LOG, LOG2E, ROUND, TANH } from "../core/js/coefficients.js";
import type { ActivationName } from "../nn/activation-kinds.js";
import type { Functions } from "./code.js";
import { hexadecimal } from "./hexadecimal.js";

/** The new v of each kind. */
export const C_ACTIVATIONS: Readonly<Record<ActivationName, (slope: string) => string>> = {
  Tanh: () => "$tanh(v)",
  Sigmoid: () => "$sigmoid(v)",
  ReLU: () => "v < 0.0f ? 0.0f : v",
  LeakyReLU: (slope) => `v < 0.0f ? v * ${slope} : v`,
  GELU: () => "$gelu(v)",
  SiLU: () => "$silu(v)",
  Softplus: () => "$softplus(v)",
  Mish: () => "$mish(v)",
  ELU: (slope) => `v < 0.0f ? $expm1(v) * ${slope} : v`,
};

/** The statements of p = Σ coefficientᵢ · xⁱ, the highest first, by Horner's rule. */
function polynomial(x: string, coefficients: Float32Array): string {
  const [first, ...rest] = Array.from(coefficients, hexadecimal);
  return [`  float p = ${first};`, ...rest.map((c) => `  p = p * ${x} + ${c};`)].join("\n");
}

export const C_FUNCTIONS = (): Functions => ({
  power_of_two: `\
/* For n from -126 to 127, modulo 2^32. */
static float $power_of_two(uint32_t n) {
  const uint32_t bits = (n + 127u) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return power;
}`,

  shifted: `\
/* The whole number nearest to x / ln 2, plus 1.5 * 2^23: so it is in the low bits too. */
static float $shifted(float x) {
  return x * ${hexadecimal(LOG2E)} + ${hexadecimal(ROUND)};
}`,

  whole: `\
static uint32_t $whole(float shifted) {
  uint32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  return bits - 0x4b400000u;
}`,

  exp_reduced: `\
static float $exp_reduced(float x, float shifted) {
  const float n = shifted - ${hexadecimal(ROUND)};
  const float r = (x - n * ${hexadecimal(LN2_HIGH)}) - n * ${hexadecimal(LN2_LOW)};
${polynomial("r", EXP)}
  return (p * (r * r) + r) + 1.0f;
}`,

  exp: `\
static float $exp(float x) {
  const float clamped = x < -104.0f ? -104.0f : x > 89.0f ? 89.0f : x;
  const float shifted = $shifted(clamped);
  const uint32_t n = $whole(shifted);
  const uint32_t half = (n + 256u) / 2u - 128u;
  return $exp_reduced(clamped, shifted) * $power_of_two(half) * $power_of_two(n - half);
}`,

  expm1: `\
static float $expm1(float x) {
  const float c = x < -20.0f ? -20.0f : x;
  const float shifted = $shifted(c);
  const float n = shifted - ${hexadecimal(ROUND)};
  const float power = $power_of_two($whole(shifted));
  const float r = (c - n * ${hexadecimal(LN2_HIGH)}) - n * ${hexadecimal(LN2_LOW)};
${polynomial("r", EXP)}
  return (p * (r * r) + r) * power + (power - 1.0f);
}`,

  log1p: `\
/* For u from 0 to 1. */
static float $log1p(float u) {
  const float e = u < ${hexadecimal(Math.fround(0.41421356))} ? 0.0f : 1.0f;
  const float f = u < ${hexadecimal(Math.fround(0.41421356))} ? u : (u - 1.0f) * 0.5f;
  const float square = f * f;
${polynomial("f", LOG)}
  p = p * f * square + e * ${hexadecimal(LN2_LOW)} - square * 0.5f;
  return (f + p) + e * ${hexadecimal(LN2_HIGH)};
}`,

  tanh: `\
static float $tanh(float x) {
  const float z = x < 0.0f ? -x : x;
  float y;
  if (z >= 0.625f) {
    const float twice = z + z > 20.0f ? 20.0f : z + z;
    const float shifted = $shifted(twice);
    y = 1.0f - 2.0f / ($exp_reduced(twice, shifted) * $power_of_two($whole(shifted)) + 1.0f);
  } else {
    const float square = z * z;
  ${polynomial("square", TANH).replaceAll("\n", "\n  ")}
    y = p * square * z + z;
  }
  return x < 0.0f ? -y : x == 0.0f ? x : y;
}`,

  sigmoid: `\
static float $sigmoid(float x) {
  const float z = $exp(x > 0.0f ? -x : x);
  return (x > 0.0f ? 1.0f : z) / (1.0f + z);
}`,

  softmax: `\
static void $softmax(float *y, int count) {
  float most = y[0];
  for (int o = 1; o < count; o++) most = most < y[o] ? y[o] : most;
  double sum = 0.0;
  for (int o = 0; o < count; o++) {
    y[o] = $exp(y[o] - most);
    sum += y[o];
  }
  const float whole = (float)sum;
  for (int o = 0; o < count; o++) y[o] /= whole;
}`,

  gelu: `\
static float $gelu(float x) {
  const float c = x < -16.0f ? -16.0f : x;
  return c * $sigmoid(c * (c * c * ${hexadecimal(CUBIC)} + ${hexadecimal(LINEAR)}));
}`,

  silu: `\
static float $silu(float x) {
  return (x < -104.0f ? -104.0f : x) * $sigmoid(x);
}`,

  softplus: `\
static float $softplus(float x) {
  return (x < 0.0f ? 0.0f : x) + $log1p($exp(x > 0.0f ? -x : x));
}`,

  mish: `\
static float $mish(float x) {
  const float z = $exp(x > 0.0f ? -x : x);
  const float n = (x > 0.0f ? 1.0f : z * z) + 2.0f * z;
  return (x < -104.0f ? -104.0f : x) * (n / (n + (x > 0.0f ? 2.0f * (z * z) : 2.0f)));
}`,
});
