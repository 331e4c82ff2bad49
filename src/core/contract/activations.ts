/** The kernels of activations, and the elementary functions that they are made of: contracts as in core.ts. */
import type { Activation } from "../../../assembly/activation-kinds.js";
import type { Block } from "./core.js";

/** Which activation: a number, as kernels know nothing else. */
export { Activation } from "../../../assembly/activation-kinds.js";

export interface ActivationKernels {
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
   *   Tanh        |x| < 0.625: |x| + |x|³ · polynomial(x²), else 1 − 2 / (exp(2|x|) + 1); with the sign of x   1.5 ulp
   *   Sigmoid     (x > 0 ? 1 : z) / (1 + z), z = exp(−|x|)                                                   2.5 ulp
   *   ReLU        x < 0 ? +0 : x                                                                             exact
   *   LeakyReLU   x < 0 ? x · slope : x                                                                    0.5 ulp
   *   GELU        c · σ(v), v = c · (c² · 0.07135482 + 1.5957691), c = max(x, −16)                  4 + 2.5 |v| ulp
   *   SiLU        max(x, −104) · σ(x)                                   3.5 ulp, below x = −87 (where σ is subnormal) 54
   *   Softplus    max(x, 0) + log1p(exp(−|x|))                                                               2 ulp
   *   Mish        max(x, −104) · (n / d), n = (x > 0 ? 1 : z²) + 2z, z = exp(−|x|),
   *               d = n + (x > 0 ? 2z² : 2)                             4 ulp, below x = −87 (where z is subnormal) 54
   *   ELU         x < 0 ? (exp(x) − 1) · slope : x                                              1.5 ulp, with a slope of 1
   *
   * σ is Sigmoid. v is 2√(2/π) · (x + 0.044715 x³), so that GELU is ½x · (1 + tanh(v / 2)) without its cancellation;
   * for x > −0.5 it is within 3 ulp, and everywhere within 1.5e-7 |x|. log1p(u) is as log with f = u and e = 0 below
   * u = 0.41421356, with f = (u − 1) · 0.5 and e = 1 from there on. n / d is
   * tanh(log(1 + exp(x))) as a fraction of exp(x), multiplied by exp(−2x) above 0: nothing overflows or cancels. GELU, SiLU and
   * Mish of −∞ are −0, their limit. exp(x) − 1 is 2ⁿ · (exp(r) − 1) + (2ⁿ − 1), n and r as in exp of max(x, −20).
   *
   * @param kind a number that is none of them throws
   * @param slope of LeakyReLU, and alpha of ELU, its slope left of 0, rounded to float32 by the caller
   */
  activationForward(kind: Activation, x: Block, y: Block, count: number, slope: number): void;

  /**
   * dx = dy · f′, each element on its own; y is what activationForward made of x. The first three read y, the others x.
   * dx may be dy. All f′ are within 2⁻²².
   *
   *   Tanh        dy · (1 − y · y)
   *   Sigmoid     dy · ((1 − y) · y)
   *   ReLU        y ≤ 0 ? +0 : dy
   *   LeakyReLU   x > 0 ? dy : dy · slope
   *   GELU        dy · (σ(v) + (c · t) · (c² · 0.21406445 + 1.5957691)), v as above, c = clamp(x, ±16)
   *   SiLU        dy · (σ(v) + c · t), v = x, c = clamp(x, ±104)
   *   Softplus    dy · σ(x)
   *   Mish        dy · (n / d + c · ((4s / d) · ((1 + z) / d))), n, d and z as above, s = x > 0 ? z² : z, c as SiLU's
   *   ELU         dy · (x > 0 ? 1 : exp(x) · slope)
   *
   * t = (1 / (1 + z)) · (z / (1 + z)), z = exp(−|v|), is σ(v) · (1 − σ(v)). f′(±∞) is the limit. At NaN, f′ is NaN, but for
   * ReLU, where it is 1, and LeakyReLU, where it is slope, as in PyTorch.
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
}
