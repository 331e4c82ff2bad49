/** Numbers of elementary functions and activations in float32, which code that models are exported to holds too. */
const fround = Math.fround;

/** Added to a number below 2²² and taken away again, this rounds it to a whole one. */
export const ROUND = 12582912; // 1.5 · 2²³
export const LOG2E = /* @__PURE__ */ fround(Math.LOG2E);
export const LN2_HIGH = 0.693359375; // so short that its product with an exponent is exact
export const LN2_LOW = /* @__PURE__ */ fround(-2.1219444e-4);

// Of polynomials, the highest first.
export const EXP = /* @__PURE__ */ Float32Array.of(
  1.98756915e-4,
  1.3981999507e-3,
  8.3334519073e-3,
  4.1665795894e-2,
  1.6666665459e-1,
  5.0000001201e-1,
);

export const LOG = /* @__PURE__ */ Float32Array.of(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);

export const TANH = /* @__PURE__ */ Float32Array.of(
  -5.70498872745e-3,
  2.06390887954e-2,
  -5.37397155531e-2,
  1.33314422036e-1,
  -3.33332819422e-1,
);

// Of GELU.
export const LINEAR = /* @__PURE__ */ fround(1.5957691216057308); // 2√(2/π)
export const CUBIC = /* @__PURE__ */ fround(0.0713548162726); // 2√(2/π) · 0.044715
