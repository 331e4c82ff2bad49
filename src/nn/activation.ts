import {
  type Activation,
  GELU as GELU_KIND,
  LEAKY_RELU,
  RELU,
  SIGMOID,
  SILU,
  SOFTPLUS,
  TANH,
} from "../core/contract/activations.js";
import { activations } from "../core/families.js";
import { checkNumber, wrongValue } from "../errors.js";
import { optionsOf } from "../options.js";
import type { Parameter } from "../parameter.js";
import { Layer } from "./layer.js";
import type { Architecture } from "./module.js";
import type { Stage, StageMemory } from "./stage.js";

/** By kind. */
const NAMES = ["Tanh", "Sigmoid", "ReLU", "LeakyReLU", "GELU", "SiLU", "Softplus"] as const;

/** A function of each number on its own. */
abstract class Elementwise extends Layer {
  /** @internal */
  override readonly widths = null;
  /** @internal */
  protected abstract readonly kind: Activation;
  /** Of LeakyReLU. @internal */
  protected readonly slope: number = 0;

  /** @throws RangeError for anything: only LeakyReLU has options */
  constructor(...nothing: never[]) {
    super();
    if (nothing.length > 0) throw wrongValue("options", "none", nothing[0]);
  }

  override namedParameters(): [string, Parameter][] {
    return [];
  }

  /** @internal */
  override describe(): string {
    return NAMES[this.kind];
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: NAMES[this.kind] as "Tanh" };
  }

  /** @internal */
  override stage({ core }: StageMemory): Stage {
    const kernels = core.family(activations);
    const { kind, slope } = this;
    return {
      forward: (x, y, rows, columns) => kernels.activationForward(kind, x, y, rows * columns, slope),
      gradInput: (x, y, dy, dx, rows, columns) =>
        kernels.activationBackward(kind, x, y, dy, dx, rows * columns, slope),
    };
  }
}

/**
 * Hyperbolic tangent: y = tanh(x), for rows of any width, within 1.5 ulp.
 *
 * @example
 * import { Linear, Sequential, Tanh } from "rprop";
 * const model = new Sequential(new Linear(3, 8), new Tanh(), new Linear(8, 1));
 * const y = model.forward([[1, 2, 3], [4, 5, 6]]); // 2 × 1
 */
export class Tanh extends Elementwise {
  /** @internal */
  protected override readonly kind = TANH;
}

/**
 * The logistic function: y = 1 / (1 + exp(−x)), for rows of any width, within 2.5 ulp.
 *
 * @example
 * import { Sigmoid } from "rprop";
 * console.log(new Sigmoid().forward([0]).item()); // 0.5
 */
export class Sigmoid extends Elementwise {
  /** @internal */
  protected override readonly kind = SIGMOID;
}

/**
 * Rectifier: y = max(x, 0), for rows of any width. Its derivative at 0 is 0, as PyTorch's; NaN stays NaN.
 *
 * @example
 * import { ReLU } from "rprop";
 * console.log(new ReLU().forward([-2, 3]).toArray()); // [ 0, 3 ]
 */
export class ReLU extends Elementwise {
  /** @internal */
  protected override readonly kind = RELU;
}

export interface LeakyReLUOptions {
  /** Any number that is finite in float32. Default 0.01. */
  negativeSlope?: number;
}

/**
 * Leaky rectifier: y = x above 0, and negativeSlope · x below, for rows of any width. Its derivative at 0 is negativeSlope,
 * as PyTorch's.
 *
 * @example
 * import { LeakyReLU } from "rprop";
 * console.log(new LeakyReLU({ negativeSlope: 0.5 }).forward([-2, 3]).toArray()); // [ -1, 3 ]
 */
export class LeakyReLU extends Elementwise {
  readonly negativeSlope: number;
  /** @internal */
  protected override readonly kind = LEAKY_RELU;
  /** @internal */
  protected override readonly slope: number;

  /** @throws TypeError or RangeError for a slope that is not a finite number, or unknown options */
  constructor(options: LeakyReLUOptions = {}) {
    const { negativeSlope } = optionsOf<Required<LeakyReLUOptions>>(options, {
      negativeSlope: [0.01, checkSlope],
    });
    super();
    this.negativeSlope = negativeSlope + 0; // −0 as +0: JSON has no other
    this.slope = Math.fround(negativeSlope) + 0;
  }

  /** @internal */
  override architecture(): Architecture {
    return { type: "LeakyReLU", negativeSlope: this.negativeSlope };
  }

  /** @internal */
  override describe(): string {
    return `${super.describe()}(${this.negativeSlope})`;
  }
}

function checkSlope(name: string, value: unknown): void {
  checkNumber(name, "a number that is finite in float32", value, (slope) =>
    Number.isFinite(Math.fround(slope)),
  );
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
export class GELU extends Elementwise {
  /** @internal */
  protected override readonly kind = GELU_KIND;
}

/**
 * Sigmoid linear unit: y = x / (1 + exp(−x)), for rows of any width, within 3.5 ulp (54 below −87,
 * where y is nearly 0).
 *
 * @example
 * import { SiLU } from "rprop";
 * console.log(new SiLU().forward([1]).item().toFixed(4)); // 0.7311
 */
export class SiLU extends Elementwise {
  /** @internal */
  protected override readonly kind = SILU;
}

/**
 * A smooth rectifier: y = log(1 + exp(x)), for rows of any width, within 2 ulp. PyTorch's, with its default beta; its threshold
 * of 20 is where float32 sees no difference to x any more.
 *
 * @example
 * import { Softplus } from "rprop";
 * console.log(new Softplus().forward([0, 100]).toArray().map((y) => y.toFixed(4))); // [ '0.6931', '100.0000' ]
 */
export class Softplus extends Elementwise {
  /** @internal */
  protected override readonly kind = SOFTPLUS;
}
