import type { RpropConstants } from "../core/core.js";
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
}

export interface RpropOptions extends RpropGroupOptions {
  /**
   * What a gradient that is NaN or infinite means. `"skip"`, the default and PyTorch's: NaN moves nothing and keeps the step size, an
   * infinite gradient is an ordinary step. `"throw"`: step() throws and leaves every parameter as it was.
   */
  nonFinite?: "skip" | "throw";
}

/** Parameters with options of their own; what is left out comes from the optimizer's. */
export interface RpropGroup extends RpropGroupOptions {
  params: Iterable<RpropParameter>;
}

/** A group as the optimizer holds it: every option given, to be read. */
export interface ParamGroup extends Readonly<Required<RpropGroupOptions>> {
  readonly params: readonly RpropParameter[];
}

const GROUP_OPTIONS = ["lr", "etas", "stepSizes", "maximize"] as const;

/**
 * @param prefix of names in messages, such as "group 0."
 * @throws TypeError or RangeError for options that are unknown or out of range
 */
export function checkedOptions(options: RpropOptions, prefix = ""): Required<RpropOptions> {
  checkOptions(`${prefix}options`, options, [...GROUP_OPTIONS, "nonFinite"]);
  const {
    lr = 0.01,
    etas = [0.5, 1.2],
    stepSizes = [1e-6, 50],
    maximize = false,
    nonFinite = "skip",
  } = options;
  checkLr(`${prefix}lr`, lr);
  checkEtas(`${prefix}etas`, etas);
  checkStepSizes(`${prefix}stepSizes`, stepSizes);
  checkBoolean(`${prefix}maximize`, maximize);
  checkChoice("nonFinite", ["skip", "throw"], nonFinite);
  return { lr, etas: [...etas], stepSizes: [...stepSizes], maximize, nonFinite };
}

/** A group over the optimizer's options. */
export function checkedGroup(
  group: RpropGroup,
  defaults: Required<RpropOptions>,
  prefix: string,
): ParamGroup {
  checkOptions(`${prefix}options`, group, ["params", ...GROUP_OPTIONS]);
  const { params, ...own } = group;
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const { nonFinite: _, ...options } = checkedOptions({ ...defaults, ...given }, prefix);
  Object.freeze(options.etas);
  Object.freeze(options.stepSizes);
  return Object.freeze({
    ...options,
    params: Object.freeze(listOf(`${prefix}params`, "parameters", params)),
  });
}

/** The elements of an iterable, at least one. */
export function listOf<T>(name: string, what: string, values: Iterable<T>): T[] {
  if (typeof (values as Partial<Iterable<T>> | null)?.[Symbol.iterator] !== "function") {
    throw wrongType(name, `an array of ${what}`, values);
  }
  const list = [...values];
  if (list.length === 0) throw wrongValue(name, "at least one parameter", new Phrase("none"));
  return list;
}

/** Rounded to float32, as the kernel takes them. */
export function constantsOf({ etas, stepSizes, maximize }: ParamGroup): RpropConstants {
  return {
    etaMinus: Math.fround(etas[0]),
    etaPlus: Math.fround(etas[1]),
    minStep: Math.fround(stepSizes[0]),
    maxStep: Math.fround(stepSizes[1]),
    maximize,
  };
}

/** round, here and below: to the precision that the step is taken in. */
export function checkLr(name: string, lr: unknown, round = Math.fround): void {
  if (typeof lr !== "number") throw wrongType(name, "a finite number of at least 0", lr);
  if (!(lr >= 0) || !Number.isFinite(round(lr))) throw wrongValue(name, "a finite number of at least 0", lr);
}

export function checkEtas(name: string, etas: unknown, round = Math.fround): void {
  const inOrder = (minus: number, plus: number) => 0 < minus && minus < 1 && 1 < plus;
  checkPair(name, "0 < η⁻ < 1 < η⁺", etas, inOrder, round);
}

export function checkStepSizes(name: string, stepSizes: unknown, round = Math.fround): void {
  const inOrder = (least: number, most: number) => 0 <= least && least <= most;
  checkPair(name, "0 ≤ smallest ≤ largest", stepSizes, inOrder, round);
}

function checkPair(
  name: string,
  expected: string,
  pair: unknown,
  holds: (a: number, b: number) => boolean,
  round: (value: number) => number,
): void {
  if (
    !Array.isArray(pair) ||
    pair.length !== 2 ||
    typeof pair[0] !== "number" ||
    typeof pair[1] !== "number"
  ) {
    throw wrongType(name, `two numbers, ${expected}`, Array.isArray(pair) ? listed(pair) : pair);
  }
  const [a, b] = [round(pair[0]), round(pair[1])];
  if (!holds(a, b) || !Number.isFinite(b)) throw wrongValue(name, expected, listed(pair));
}

function listed(values: readonly unknown[]): Phrase {
  return new Phrase(`[${Array.from(values, describe).join(", ")}]`);
}
