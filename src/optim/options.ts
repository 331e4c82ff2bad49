import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY, type RpropRule } from "../core/core.js";
import {
  checkBoolean,
  checkChoice,
  checkOptions,
  describe,
  Phrase,
  wrongType,
  wrongValue,
} from "../errors.js";
import type { RpropParameter } from "./parameters.js";

/**
 * What a step does where the sign of a gradient has flipped (docs/RPROP.md):
 * `"irprop-"` stays, PyTorch's; `"irprop+"` takes the last move back if the loss has risen, else stays; `"rprop+"` always
 * takes it back; `"rprop-"` moves against the new sign.
 */
export type RpropVariant = "irprop-" | "irprop+" | "rprop-" | "rprop+";

/** What may differ between groups of parameters. */
export interface RpropGroupOptions {
  /** The first step size; later ones follow from the signs. Finite, at least 0. Default 0.01. */
  lr?: number;
  /** [η⁻, η⁺]: what a step size is multiplied by when the sign flips or stays. 0 < η⁻ < 1 < η⁺. Default [0.5, 1.2]. */
  etas?: readonly [number, number];
  /** [smallest, largest] step size. 0 ≤ smallest ≤ largest. Default [1e-6, 50]. */
  stepSizes?: readonly [number, number];
  /** Whether to climb the gradient. Default false. */
  maximize?: boolean;
  /** Default `"irprop-"`. */
  variant?: RpropVariant;
  /** Times the parameter, it is added to the gradient before its sign is taken. Finite, at least 0. Default 0. */
  weightDecay?: number;
  /** [lower, upper] for every parameter: a move that would leave them is not made. Default [−∞, ∞]. */
  bounds?: readonly [number, number];
}

export interface RpropOptions extends RpropGroupOptions {
  /**
   * What a gradient that is NaN or infinite means. `"skip"`, the default and PyTorch's: NaN moves nothing and keeps the
   * step size, an infinite gradient is an ordinary step. `"throw"`: step() throws and leaves every parameter as it was.
   */
  nonFinite?: "skip" | "throw";
}

/** Parameters with options of their own; what is left out comes from the optimizer's. */
export interface RpropGroup extends RpropGroupOptions {
  params: Iterable<RpropParameter>;
}

export type CheckedOptions = Required<RpropGroupOptions>;

/** The names of the options, and what each has to be. */
const CHECKS: { [Key in keyof CheckedOptions]: (name: string, value: unknown) => void } = {
  lr: checkNonNegative,
  etas: (name, value) =>
    checkPair(name, "0 < η⁻ < 1 < η⁺", value, (a, b) => 0 < a && a < 1 && 1 < b && b < Infinity),
  stepSizes: (name, value) =>
    checkPair(name, "0 ≤ smallest ≤ largest", value, (a, b) => 0 <= a && a <= b && b < Infinity),
  maximize: checkBoolean,
  variant: (name, value) => checkChoice(name, ["irprop-", "irprop+", "rprop-", "rprop+"], value),
  weightDecay: checkNonNegative,
  bounds: (name, value) => checkPair(name, "lower ≤ upper", value, (a, b) => a <= b),
};

const DEFAULTS: CheckedOptions = {
  lr: 0.01,
  etas: [0.5, 1.2],
  stepSizes: [1e-6, 50],
  maximize: false,
  variant: "irprop-",
  weightDecay: 0,
  bounds: [-Infinity, Infinity],
};

export const GROUP_OPTIONS = Object.keys(CHECKS) as (keyof CheckedOptions)[];

/** @throws TypeError or RangeError for a value that the option cannot have */
export function checkOption<Key extends keyof CheckedOptions>(
  key: Key,
  value: unknown,
  prefix: string,
): CheckedOptions[Key] {
  CHECKS[key](`${prefix}${key}`, value);
  return (Array.isArray(value) ? Object.freeze([...value]) : value) as CheckedOptions[Key];
}

/**
 * The optimizer's options.
 *
 * @throws TypeError or RangeError for options that are unknown or out of range
 */
export function checkedOptions(options: RpropOptions): CheckedOptions & { nonFinite: "skip" | "throw" } {
  checkOptions("options", options, [...GROUP_OPTIONS, "nonFinite"]);
  const { nonFinite = "skip", ...own } = options;
  checkChoice("nonFinite", ["skip", "throw"], nonFinite);
  return { ...completed(own, DEFAULTS, ""), nonFinite };
}

/** Options over others; undefined stands for "not given". */
export function completed(
  options: RpropGroupOptions,
  defaults: CheckedOptions,
  prefix: string,
): CheckedOptions {
  const entries = GROUP_OPTIONS.map((key) => [key, checkOption(key, options[key] ?? defaults[key], prefix)]);
  return Object.fromEntries(entries) as CheckedOptions;
}

/**
 * The rule of a step, as kernels take it.
 *
 * @param rose whether the loss is higher than at the step before, for irprop+
 */
export function ruleOf(options: CheckedOptions, rose: boolean): RpropRule {
  const { etas, stepSizes, maximize, variant, weightDecay, bounds } = options;
  const onFlip = {
    "irprop-": ON_FLIP_STAY,
    "irprop+": rose ? ON_FLIP_BACK : ON_FLIP_STAY,
    "rprop-": ON_FLIP_MOVE,
    "rprop+": ON_FLIP_BACK,
  }[variant];
  return {
    etaMinus: Math.fround(etas[0]),
    etaPlus: Math.fround(etas[1]),
    minStep: Math.fround(stepSizes[0]),
    maxStep: Math.fround(stepSizes[1]),
    maximize,
    onFlip,
    weightDecay: Math.fround(weightDecay),
    lower: Math.fround(bounds[0]),
    upper: Math.fround(bounds[1]),
  };
}

function checkNonNegative(name: string, value: unknown): void {
  const expected = "a finite number of at least 0";
  if (typeof value !== "number") throw wrongType(name, expected, value);
  // As float32, where the step is taken.
  if (!(value >= 0) || !Number.isFinite(Math.fround(value))) throw wrongValue(name, expected, value);
}

function checkPair(
  name: string,
  expected: string,
  pair: unknown,
  holds: (a: number, b: number) => boolean,
): void {
  const isPair = Array.isArray(pair) && pair.length === 2;
  if (!isPair || typeof pair[0] !== "number" || typeof pair[1] !== "number") {
    throw wrongType(name, `two numbers, ${expected}`, Array.isArray(pair) ? listed(pair) : pair);
  }
  const [a, b] = pair.map(Math.fround) as [number, number];
  if (!holds(a, b)) throw wrongValue(name, expected, listed(pair));
}

function listed(values: readonly unknown[]): Phrase {
  return new Phrase(`[${Array.from(values, describe).join(", ")}]`);
}
