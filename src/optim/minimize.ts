import { checkFinite, checkFunction, describe, Verbatim, wrongType, wrongValue } from "../errors.js";
import {
  type MinimizeIteration,
  type MinimizeOptions,
  type MinimizePlan,
  minimizePlanOf,
} from "./minimize-options.js";
import { isPinned, type RuleState, stepBy, type Vector } from "./rule.js";

/** Writes the gradient at x, every entry of it, and returns the value. */
export type Objective<V extends Vector> = (x: V, gradient: V) => number;

/** How a minimisation ended. */
export interface MinimizeResult<X = Float64Array> {
  /** The best point seen, the latest of equally good ones; of x0's type. */
  x: X;
  /** The value there, with the weight decay's part where there is one. */
  value: number;
  /** Whether a tolerance or the target was reached. */
  converged: boolean;
  /** Steps taken. */
  iterations: number;
  /** Calls of fn. */
  evaluations: number;
  /**
   * `"converged"` by gradientTolerance or stepTolerance; `"target"`, `"limit"` and `"stopped"` by targetValue,
   * maxIterations and onIteration; `"diverged"` at a value or gradient that is not finite.
   */
  stopReason: "converged" | "target" | "limit" | "stopped" | "diverged";
}

/**
 * Minimises a differentiable function by Rprop: every coordinate has a step size of its own, which grows while the
 * sign of its slope stays and shrinks when it flips: Δ = clamp(Δ · (η⁺ or η⁻), smallest, largest), x = x − sign(slope) · Δ
 * (Riedmiller and Braun 1993; the variants: Riedmiller 1994, Igel and Hüsken 2003). Only signs of the gradient are used,
 * so a function times a power of two is minimised by the same steps. It is plain JavaScript on either core: in float64,
 * or in float32 where x0 is a Float32Array, every operation rounded, by the bits of {@link Rprop}.
 *
 * Within `bounds` a move that would leave the box ends on the bound, and its step size is the way really gone. There a
 * coordinate whose slope points out keeps it, and counts neither for gradientTolerance nor for stepTolerance. fn never
 * sees a point outside.
 *
 * @param fn gets x, a copy, and an array for the gradient, which is full of NaN; differences() makes one from a
 * function without a gradient. It may return NaN or ±∞, and leave the gradient, to say that x is out of its range.
 * @param x0 where to start: finite numbers, at least one; it is not modified
 * @param options of the rule, the bounds and the end of the run: see {@link MinimizeOptions}. Default: none
 * @returns the best point seen, which belongs to the caller. A run that diverges at x0 returns x0.
 * @throws TypeError for what is no function, no vector or no number; RangeError for an x0 that is empty, not finite or
 * out of bounds, and for options out of range
 * @throws Error when fn leaves an entry of the gradient at x0 unwritten (or writes NaN). Later such an entry ends the
 * run as diverged. What fn and onIteration throw is passed on.
 * @example
 * import { minimize } from "rprop";
 * const { x, stopReason } = minimize((x, gradient) => {
 *   const [a = 0, b = 0] = x;
 *   gradient[0] = 2 * (a - 3);
 *   gradient[1] = 200 * (b + 1);
 *   return (a - 3) ** 2 + 100 * (b + 1) ** 2;
 * }, [0, 0]);
 * console.log(x.map((value) => value.toFixed(9)), stopReason); // [ '3.000000000', '-1.000000000' ] converged
 */
export function minimize(
  fn: Objective<Float64Array>,
  x0: readonly number[],
  options?: MinimizeOptions,
): MinimizeResult<number[]>;
export function minimize(
  fn: Objective<Float64Array>,
  x0: Float64Array,
  options?: MinimizeOptions,
): MinimizeResult<Float64Array>;
export function minimize(
  fn: Objective<Float32Array>,
  x0: Float32Array,
  options?: MinimizeOptions<Float32Array>,
): MinimizeResult<Float32Array>;
export function minimize<V extends Vector>(
  fn: Objective<V>,
  x0: V | readonly number[],
  options: MinimizeOptions<V> = {},
): MinimizeResult<V | number[]> {
  checkFunction("fn", fn);
  const start = startOf(x0) as V;
  const { best, ...outcome } = run(fn, start, minimizePlanOf(options, start));
  return { ...outcome, x: Array.isArray(x0) ? Array.from(best) : best };
}

function run<V extends Vector>(fn: Objective<V>, x: V, plan: MinimizePlan<V>) {
  const { rule, sign, box, onIteration } = plan;
  const state: RuleState = {
    prev: like(x, 0),
    stepSize: like(x, plan.lr),
    hasFlipped: new Uint8Array(x.length),
  };
  const [point, gradient] = [like(x, 0), like(x, 0)]; // what fn sees
  const best = x.slice() as V;
  // Values are multiplied by sign: the smallest is the best.
  let bestValue = Infinity;
  let before = Infinity;
  for (let iteration = 0; ; iteration++) {
    point.set(x); // fn may write to it
    const value = decayed(plan, x, gradient, evaluate(fn, point, gradient));
    const finite = Number.isFinite(value);
    if (finite && iteration === 0) checkWritten(gradient);
    const usable = finite && gradient.every(Number.isFinite);
    if (iteration === 0 || (usable && value <= bestValue)) {
      best.set(x);
      bestValue = value;
    }
    const end = (stopReason: MinimizeResult["stopReason"]) => ({
      best,
      value: sign * bestValue,
      converged: stopReason === "converged" || stopReason === "target",
      iterations: iteration,
      evaluations: iteration + 1,
      stopReason,
    });
    if (!usable) return end("diverged");
    if (onIteration?.(pictureOf(iteration, x, value, gradient, state, sign)) === false) return end("stopped");
    if (value <= plan.target) return end("target");
    if (isConverged(plan, x, gradient, state)) return end("converged");
    if (iteration === plan.maxIterations) return end("limit");
    stepBy(rule, x, gradient, state, value > before, box);
    before = value;
  }
}

/** An array of x's kind and length, full of value. */
function like<V extends Vector>(x: V, value: number): V {
  const made = x.slice() as V;
  made.fill(value);
  return made;
}

/** A copy of x0 in the precision of the run. */
function startOf(x0: unknown): Vector {
  const kind = ArrayBuffer.isView(x0) ? (x0 as Vector)[Symbol.toStringTag] : "";
  if (!Array.isArray(x0) && kind !== "Float32Array" && kind !== "Float64Array")
    throw wrongType("x0", "a Float64Array, a Float32Array or an array of numbers", x0);
  const given = x0 as ArrayLike<unknown>;
  if (given.length === 0) throw wrongValue("x0", "at least one number", x0);
  for (let i = 0; i < given.length; i++) checkFinite(`x0[${i}]`, given[i]);
  const numbers = x0 as ArrayLike<number>;
  return kind === "Float32Array" ? Float32Array.from(numbers) : Float64Array.from(numbers);
}

function evaluate<V extends Vector>(fn: Objective<V>, point: V, gradient: V): number {
  gradient.fill(NaN);
  const value: unknown = fn(point, gradient);
  if (typeof value !== "number") throw wrongType("fn", "a function that returns a number", returned(value));
  return value;
}

function returned(value: unknown): Verbatim {
  return new Verbatim(`one that returns ${describe(value)}`);
}

function checkWritten(gradient: Vector): void {
  const i = gradient.findIndex(Number.isNaN);
  if (i >= 0) throw new Error(`fn left gradient[${i}] unwritten, or wrote NaN to it: write every entry`);
}

/** Value and gradient of what is to be minimised, from those of fn. */
function decayed<V extends Vector>(
  { sign, weightDecay, rule: { round } }: MinimizePlan<V>,
  x: V,
  gradient: V,
  value: number,
): number {
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] as number;
    const g = sign * (gradient[i] as number);
    gradient[i] = weightDecay === 0 ? g : g + round(weightDecay * at);
    squares += at * at;
  }
  return weightDecay === 0 ? sign * value : sign * value + (weightDecay / 2) * squares;
}

function isConverged<V extends Vector>(
  { box, gradientTolerance, stepTolerance }: MinimizePlan<V>,
  x: V,
  gradient: V,
  { stepSize, hasFlipped }: RuleState,
): boolean {
  let [flat, small] = [true, true];
  for (let i = 0; i < x.length; i++) {
    const [at, g] = [x[i] as number, gradient[i] as number];
    if (g === 0 || isPinned(box, i, at, g)) continue; // nothing moves it
    if (Math.abs(g) > gradientTolerance) flat = false;
    const most = stepTolerance * Math.max(1, Math.abs(at));
    if (hasFlipped[i] === 0 || (stepSize[i] as number) > most) small = false;
  }
  return flat || small;
}

function pictureOf<V extends Vector>(
  iteration: number,
  x: V,
  value: number,
  gradient: V,
  { stepSize }: RuleState,
  sign: number,
): MinimizeIteration<V> {
  const slopes = gradient.map((g) => sign * g) as V;
  const [at, sizes] = [x.slice() as V, stepSize.slice() as V];
  return { iteration, x: at, value: sign * value, gradient: slopes, stepSize: sizes };
}
