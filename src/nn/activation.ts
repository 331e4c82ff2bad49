/** The activations: a class for each kind, and the table of them all. Every export is public. */
import type { ActivationName } from "./activation-kinds.js";
import { Elementwise, givenOptions, PlainElementwise } from "./elementwise.js";
import type { Architecture, Module } from "./module.js";

/**
 * Hyperbolic tangent: y = tanh(x), for rows of any width, within 1.5 ulp.
 *
 * @example
 * import { Tanh } from "rprop";
 * console.log(new Tanh().forward([-1, 0, 1]).toArray().map((y) => y.toFixed(4))); // [ '-0.7616', '0.0000', '0.7616' ]
 */
export class Tanh extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "Tanh";
}

/**
 * The logistic function: y = 1 / (1 + exp(−x)), for rows of any width, within 2.5 ulp.
 *
 * @example
 * import { Sigmoid } from "rprop";
 * console.log(new Sigmoid().forward([0]).item()); // 0.5
 */
export class Sigmoid extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "Sigmoid";
}

/**
 * Rectifier: y = max(x, 0), for rows of any width (Nair & Hinton 2010). Its derivative at 0 is 0, as
 * PyTorch's; NaN stays NaN.
 *
 * @example
 * import { ReLU } from "rprop";
 * console.log(new ReLU().forward([-2, 3]).toArray()); // [ 0, 3 ]
 */
export class ReLU extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "ReLU";
}

/** The options of {@link LeakyReLU}. */
export interface LeakyReLUOptions {
  /** Any number that is finite in float32. Default 0.01. */
  negativeSlope?: number;
}

/**
 * Leaky rectifier: y = x above 0, and negativeSlope · x below, for rows of any width (Maas, Hannun & Ng 2013).
 * Its derivative at 0 is negativeSlope, as PyTorch's.
 *
 * @example
 * import { LeakyReLU } from "rprop";
 * console.log(new LeakyReLU({ negativeSlope: 0.5 }).forward([-2, 3]).toArray()); // [ -1, 3 ]
 */
export class LeakyReLU extends Elementwise {
  /** As it was given; computed with in float32. */
  readonly negativeSlope: number;
  /** @internal */
  protected override readonly kind = "LeakyReLU";
  /** @internal */
  protected override readonly slope: number;

  /**
   * Makes an activation.
   *
   * @param options `negativeSlope`: the slope below 0, default 0.01
   * @throws TypeError or RangeError for a slope that is not a finite number, or unknown options
   */
  constructor(options: LeakyReLUOptions = {}) {
    const { negativeSlope } = givenOptions("LeakyReLU", options);
    super();
    this.negativeSlope = negativeSlope;
    this.slope = Math.fround(negativeSlope) + 0;
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: this.kind, negativeSlope: this.negativeSlope };
  }

  /** @internal */
  override describe(): string {
    return `${super.describe()}(${this.negativeSlope})`;
  }
}

/**
 * Gaussian error linear unit in its tanh form: y = ½x · (1 + tanh(√(2/π) · (x + 0.044715 x³))), for rows of any
 * width, within 1.5e-7 |x| (Hendrycks & Gimpel 2016, section 2).
 *
 * Deviation: PyTorch's default is the form with erf, up to 5e-4 away; this is its `GELU(approximate="tanh")`.
 *
 * @example
 * import { GELU } from "rprop";
 * console.log(new GELU().forward([1]).item().toFixed(4)); // 0.8412
 */
export class GELU extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "GELU";
}

/**
 * Sigmoid linear unit: y = x / (1 + exp(−x)), for rows of any width, within 3.5 ulp (54 below −87, where y is
 * nearly 0) (Elfwing, Uchibe & Doya 2018). As torch.nn.SiLU.
 *
 * @example
 * import { SiLU } from "rprop";
 * console.log(new SiLU().forward([1]).item().toFixed(4)); // 0.7311
 */
export class SiLU extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "SiLU";
}

/**
 * A smooth rectifier: y = log(1 + exp(x)), for rows of any width, within 2 ulp (Dugas et al. 2001).
 * PyTorch's, with its default beta; its threshold of 20 is where float32 sees no difference to x any more.
 *
 * @example
 * import { Softplus } from "rprop";
 * console.log(new Softplus().forward([0, 100]).toArray().map((y) => y.toFixed(4))); // [ '0.6931', '100.0000' ]
 */
export class Softplus extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "Softplus";
}

/**
 * A self-gated unit: y = x · tanh(log(1 + exp(x))), for rows of any width, within 4 ulp (54 below −87, where y is nearly 0)
 * (Misra 2019). As torch.nn.Mish.
 *
 * @example
 * import { Mish } from "rprop";
 * console.log(new Mish().forward([1]).item().toFixed(4)); // 0.8651
 */
export class Mish extends PlainElementwise {
  /** @internal */
  protected override readonly kind = "Mish";
}

/** The options of {@link ELU}. */
export interface ELUOptions {
  /** Any number that is finite in float32. Default 1. */
  alpha?: number;
}

/**
 * Exponential linear unit: y = x above 0, and alpha · (exp(x) − 1) below, for rows of any width, within 1.5 ulp where alpha
 * is 1 (Clevert et al. 2015, equation 15). Its derivative at 0 is alpha. As torch.nn.ELU.
 *
 * @example
 * import { ELU } from "rprop";
 * console.log(new ELU({ alpha: 2 }).forward([-1, 3]).toArray().map((y) => y.toFixed(4))); // [ '-1.2642', '3.0000' ]
 */
export class ELU extends Elementwise {
  /** As it was given; computed with in float32. */
  readonly alpha: number;
  /** @internal */
  protected override readonly kind = "ELU";
  /** @internal */
  protected override readonly slope: number;

  /**
   * Makes an activation.
   *
   * @param options `alpha`: what y approaches far below 0, with the other sign; default 1
   * @throws TypeError or RangeError for an alpha that is not a finite number, or unknown options
   */
  constructor(options: ELUOptions = {}) {
    const { alpha } = givenOptions("ELU", options);
    super();
    this.alpha = alpha;
    this.slope = Math.fround(alpha) + 0;
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: this.kind, alpha: this.alpha };
  }

  /** @internal */
  override describe(): string {
    return `${super.describe()}(${this.alpha})`;
  }
}

/**
 * Every activation by its name, as files and PyTorch have it. What is made without options has PyTorch's.
 *
 * @example
 * import { ACTIVATIONS, Linear, Sequential } from "rprop";
 * const models = Object.values(ACTIVATIONS).map(
 *   (Activation) => new Sequential(new Linear(2, 8), new Activation(), new Linear(8, 1)),
 * );
 * console.log(models.every((model) => model.forward([1, 2]).size === 1)); // true
 */
export const ACTIVATIONS = {
  Tanh,
  Sigmoid,
  ReLU,
  LeakyReLU,
  GELU,
  SiLU,
  Softplus,
  Mish,
  ELU,
} as const satisfies Record<ActivationName, new () => Module>;
