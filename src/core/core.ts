/**
 * The one interface between policy (shapes, options, order of calls) and arithmetic. Two cores implement it, with the
 * same names and the same bits: src/core/js in JavaScript, and src/core/wasm, which calls assembly/. The formulas and
 * orders of sums written here are the contract of both; tests/core/reference.ts is the same in the plainest loops.
 *
 * Arithmetic: float32 unless said otherwise; every operation rounds once; no fused multiply-add. NaN results are NaN
 * in both cores, with unspecified payload.
 * Rows are summed in blocks of BLOCK_ROWS, counted from the first row of the call: within a block one float32
 * accumulator from +0, rows ascending; the results of the blocks are added in order to a float64 total. So the error
 * of a sum does not grow with the number of rows.
 *
 * Counts are elements. Callers have checked shapes; kernels check nothing, allocate nothing and keep nothing. A block
 * may be longer than its shape: the rest is left alone.
 */
import type { GELU, LEAKY_RELU, RELU, SIGMOID, SILU, SOFTPLUS, TANH } from "../../assembly/constants.js";

export {
  BLOCK_ROWS,
  GELU,
  LEAKY_RELU,
  RELU,
  SIGMOID,
  SILU,
  SOFTPLUS,
  TANH,
} from "../../assembly/constants.js";

/** Which activation: a number, as kernels know nothing else. */
export type Activation =
  | typeof TANH
  | typeof SIGMOID
  | typeof RELU
  | typeof LEAKY_RELU
  | typeof GELU
  | typeof SILU
  | typeof SOFTPLUS;

/** A piece of core memory, zero when allocated. It belongs to whoever allocated it until it is freed. */
export interface Block<View extends Float32Array | Float64Array = Float32Array> {
  /** Elements. */
  readonly length: number;
  /** The numbers, for the library's own use at once: growth of the memory may detach a view that is kept. */
  readonly view: View;
  /** The same view, for hands outside: once exposed, the memory is not used again while a view could show it. */
  expose(): View;
}

/** Sums over rows, in float64. */
export type Totals = Block<Float64Array>;

/** The constants of a step, rounded to float32 by the caller. */
export interface RpropConstants {
  readonly etaMinus: number;
  readonly etaPlus: number;
  readonly minStep: number;
  readonly maxStep: number;
  readonly maximize: boolean;
}

export interface Core {
  readonly name: "wasm" | "js";

  /** @throws RangeError when memory is exhausted; everything allocated before stays usable. */
  allocate(length: number): Block;
  /** @throws RangeError as allocate. */
  allocateTotals(length: number): Totals;
  /**
   * Makes room for what the products of a linear layer of this size need besides their results; to be called before
   * them, once.
   *
   * @throws RangeError as allocate
   */
  reserve(inFeatures: number, outFeatures: number): void;
  /** Ends the life of a block: its view throws from now on. */
  free(block: Block | Totals): void;

  /**
   * y[r, o] = bias[o] + Σₖ x[r, k] · weight[o, k], k ascending from the bias (or +0).
   * x rows × inFeatures, weight outFeatures × inFeatures, y rows × outFeatures.
   */
  linearForward(
    x: Block,
    weight: Block,
    bias: Block | null,
    y: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /** total[o, k] += Σᵣ dy[r, o] · x[r, k], rows in blocks. */
  linearGradWeight(
    dy: Block,
    x: Block,
    total: Totals,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /** total[o] += Σᵣ dy[r, o], rows in blocks. */
  linearGradBias(dy: Block, total: Totals, rows: number, outFeatures: number): void;

  /** dx[r, k] = Σₒ dy[r, o] · weight[o, k], o ascending from +0. */
  linearGradInput(
    dy: Block,
    weight: Block,
    dx: Block,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): void;

  /**
   * y = exp(x), within 1 ulp: 2ⁿ · exp(r), n = x / ln 2 rounded to a whole number, r = x − n · ln 2 with ln 2 in two
   * parts, exp(r) a polynomial by Horner's rule; every operation is in src/core/js/elementary.ts, of this and of what
   * follows. Ulp is the unit in the last place of the exact result, 2⁻¹⁴⁹ of a subnormal one: those are rounded
   * once more. ∞ and +0 where float32 ends. NaN stays NaN. y may be x.
   */
  exp(x: Block, y: Block, count: number): void;

  /**
   * y = log(x), within 1 ulp: log(1 + f) + e · ln 2, x = 2ᵉ · (1 + f), 1 + f in [√½, √2), log(1 + f) a polynomial; of
   * subnormal x too. −∞ of ±0, NaN below, ∞ of ∞. NaN stays NaN. y may be x.
   */
  log(x: Block, y: Block, count: number): void;

  /**
   * y = f(x), each element on its own, within the errors on the right. NaN stays NaN. y may be x.
   *
   *   TANH        |x| < 0.625: |x| + |x|³ · polynomial(x²), else 1 − 2 / (exp(2|x|) + 1); with the sign of x   1.5 ulp
   *   SIGMOID     (x > 0 ? 1 : z) / (1 + z), z = exp(−|x|)                                                   2.5 ulp
   *   RELU        x < 0 ? +0 : x                                                                             exact
   *   LEAKY_RELU  x < 0 ? x · slope : x                                                                    0.5 ulp
   *   GELU        c · σ(v), v = c · (c² · 0.07135482 + 1.5957691), c = max(x, −16)                  4 + 2.5 |v| ulp
   *   SILU        max(x, −104) · σ(x)                                   3.5 ulp, below x = −87 (where σ is subnormal) 54
   *   SOFTPLUS    max(x, 0) + log1p(exp(−|x|))                                                               2 ulp
   *
   * σ is SIGMOID. v is 2√(2/π) · (x + 0.044715 x³), so that GELU is ½x · (1 + tanh(v / 2)) without its cancellation;
   * for x > −0.5 it is within 3 ulp, and everywhere within 1.5e-7 |x|. log1p(u) is as log with f = u and e = 0 below
   * u = 0.41421356, with f = (u − 1) · 0.5 and e = 1 from there on. GELU and SILU of −∞ are −0, their limit.
   *
   * @param slope of LEAKY_RELU, rounded to float32 by the caller
   */
  activationForward(kind: Activation, x: Block, y: Block, count: number, slope: number): void;

  /**
   * dx = dy · f′, each element on its own; y is what activationForward made of x. The first three read y, the others x.
   * dx may be dy. All f′ are within 2⁻²².
   *
   *   TANH        dy · (1 − y · y)
   *   SIGMOID     dy · ((1 − y) · y)
   *   RELU        y ≤ 0 ? +0 : dy
   *   LEAKY_RELU  x > 0 ? dy : dy · slope
   *   GELU        dy · (σ(v) + (c · t) · (c² · 0.21406445 + 1.5957691)), v as above, c = clamp(x, ±16)
   *   SILU        dy · (σ(v) + c · t), v = x, c = clamp(x, ±104)
   *   SOFTPLUS    dy · σ(x)
   *
   * t = (1 / (1 + z)) · (z / (1 + z)), z = exp(−|v|), is σ(v) · (1 − σ(v)). f′(±∞) is the limit. At NaN, f′ is NaN, but for
   * RELU, where it is 1, and LEAKY_RELU, where it is slope, as in PyTorch.
   */
  activationBackward(
    kind: Activation,
    x: Block,
    y: Block,
    dy: Block,
    dx: Block,
    count: number,
    slope: number,
  ): void;

  /**
   * derivative = prediction − target (derivative may be prediction), and returns Σ derivative² in float64: within a block of rows element i
   * (row-major) goes to lane i mod 8; a block is ((0+1)+(2+3))+((4+5)+(6+7)); blocks are added in order.
   * The factor 2 and 1/N are part of the scale that accumulate applies.
   */
  squaredError(prediction: Block, target: Block, derivative: Block, rows: number, outputs: number): number;

  /** grad = f32(grad + f32(total · scale)), the product in float64; total becomes +0. */
  accumulate(grad: Block, total: Totals, scale: number): void;

  /** How many entries are NaN or infinite. */
  countNonFinite(values: Block): number;

  /**
   * One step of iRprop⁻ over every element, in place (Igel & Hüsken 2003, section 2):
   *   g = maximize ? −grad : grad
   *   s = sign(g) · sign(prev), of the signs, so that nothing underflows; NaN has no sign
   *   Δ = clamp(Δ · (s > 0 ? η⁺ : s < 0 ? η⁻ : 1), minStep, maxStep)
   *   g = +0 where s < 0;  data = data − sign(g) · Δ, untouched where g is ±0 or NaN;  prev = g
   */
  rprop(data: Block, grad: Block, prev: Block, stepSize: Block, constants: RpropConstants): void;
}
