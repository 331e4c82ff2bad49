import type { RpropRule } from "../core/contract/core.js";
import {
  checkBoolean,
  checkChoice,
  checkNonNegative,
  describe,
  Verbatim,
  wrongType,
  wrongValue,
} from "../errors.js";
import { checkOptions } from "../options.js";
import type { RpropParameter } from "./parameters.js";
import { checkVariant, onFlipOf, type RpropVariant } from "./variants.js";

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
  /** [lower, upper] for every parameter: a move that would leave them ends on the bound. Default [−∞, ∞]. */
  bounds?: readonly [number, number];
}

/** The options of {@link Rprop}. */
export interface RpropOptions extends RpropGroupOptions {
  /**
   * What a gradient that is NaN or infinite means. `"skip"`, the default and PyTorch's: NaN moves nothing and keeps the
   * step size, an infinite gradient is an ordinary step. `"throw"`: step() throws and leaves every parameter as it was.
   */
  nonFinite?: "skip" | "throw";
}

/** Parameters with options of their own; what is left out comes from the optimizer's. */
export interface RpropGroup extends RpropGroupOptions {
  /** At least one; a parameter is in one group only. */
  params: Iterable<RpropParameter>;
}

export type CheckedOptions = Required<RpropGroupOptions>;

/** The names of the options, and what each has to be. */
const CHECKS: { [Key in keyof CheckedOptions]: (name: string, value: unknown) => void } = {
  lr: checkFloat32,
  etas: checkEtas,
  stepSizes: checkStepSizes,
  maximize: checkBoolean,
  variant: checkVariant,
  weightDecay: checkFloat32,
  bounds: (name, value) =>
    checkPair(name, "lower ≤ upper", value, (a, b) => a <= b && a < Infinity && b > -Infinity, Math.fround),
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

export const GROUP_OPTIONS = /* @__PURE__ */ Object.keys(CHECKS) as (keyof CheckedOptions)[];

/** @throws TypeError or RangeError for a value that the option cannot have */
export function checkOption<Key extends keyof CheckedOptions>(
  key: Key,
  value: unknown,
  prefix: string,
): CheckedOptions[Key] {
  CHECKS[key](`${prefix}${key}`, value);
  // + 0, for JSON has no −0.
  return (
    Array.isArray(value) ? Object.freeze(value.map((n) => n + 0)) : value === 0 ? 0 : value
  ) as CheckedOptions[Key];
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
  const entries = GROUP_OPTIONS.map((key) => [
    key,
    checkOption(key, options[key] === undefined ? defaults[key] : options[key], prefix),
  ]);
  return Object.fromEntries(entries) as CheckedOptions;
}

/**
 * The rule of a step, as kernels take it.
 *
 * @param worse whether the loss is worse than at the step before, for irprop+
 */
export function ruleOf(options: CheckedOptions, worse: boolean): RpropRule {
  const { etas, stepSizes, maximize, variant, weightDecay, bounds } = options;
  return {
    etaMinus: Math.fround(etas[0]),
    etaPlus: Math.fround(etas[1]),
    minStep: Math.fround(stepSizes[0]),
    maxStep: Math.fround(stepSizes[1]),
    maximize,
    onFlip: onFlipOf(variant, worse),
    weightDecay: Math.fround(weightDecay),
    lower: Math.fround(bounds[0]),
    upper: Math.fround(bounds[1]),
  };
}

function checkFloat32(name: string, value: unknown): void {
  checkNonNegative(name, value, Math.fround);
}

/** round, here and below: to the precision that the step is taken in. */
export function checkEtas(name: string, etas: unknown, round = Math.fround): void {
  const inOrder = (minus: number, plus: number) => 0 < minus && minus < 1 && 1 < plus && plus < Infinity;
  checkPair(name, "0 < η⁻ < 1 < η⁺", etas, inOrder, round);
}

export function checkStepSizes(name: string, stepSizes: unknown, round = Math.fround): void {
  const inOrder = (least: number, most: number) => 0 <= least && least <= most && most < Infinity;
  checkPair(name, "0 ≤ smallest ≤ largest", stepSizes, inOrder, round);
}

function checkPair(
  name: string,
  expected: string,
  pair: unknown,
  holds: (a: number, b: number) => boolean,
  round: (value: number) => number,
): void {
  const isPair = Array.isArray(pair) && pair.length === 2;
  if (!isPair || typeof pair[0] !== "number" || typeof pair[1] !== "number") {
    throw wrongType(name, `two numbers, ${expected}`, Array.isArray(pair) ? listed(pair) : pair);
  }
  const [a, b] = [round(pair[0]), round(pair[1])];
  if (!holds(a, b)) throw wrongValue(name, expected, listed(pair));
}

function listed(values: readonly unknown[]): Verbatim {
  return new Verbatim(`[${Array.from(values, describe).join(", ")}]`);
}
