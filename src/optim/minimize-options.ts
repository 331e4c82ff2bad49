import {
  checkBoolean,
  checkFinite,
  checkFunction,
  checkNonNegative,
  checkPositiveInteger,
} from "../errors.js";
import { optionsOf } from "../options.js";
import { type Bounds, boxOf } from "./bounds.js";
import { checkEtas, checkStepSizes } from "./options.js";
import type { Box, Rule, Vector } from "./rule.js";
import { checkVariant, type RpropVariant } from "./variants.js";

/** A point of a run: copies, for onIteration to keep. */
export interface MinimizeIteration<V extends Vector = Float64Array> {
  /** Steps taken to come here: 0 at x0. */
  readonly iteration: number;
  /** The coordinates. */
  readonly x: V;
  /** The value at x, with the weight decay's part where there is one. */
  readonly value: number;
  /** Its gradient, as it is compared next. */
  readonly gradient: V;
  /** Step sizes, after the step that led here. */
  readonly stepSize: V;
}

/** The options of {@link minimize}. */
export interface MinimizeOptions<V extends Vector = Float64Array> {
  /**
   * What happens where a slope flips, the step size halved: "irprop-", the default: no move; "rprop+": the last move is
   * taken back; "irprop+": it is taken back where the value rose, otherwise no move; "rprop-": a move like any other.
   * After all but the last, the slope counts as 0 in the next comparison.
   */
  variant?: RpropVariant;
  /** The first step size of every coordinate; later ones follow from the signs. Finite, at least 0. Default 0.01. */
  lr?: number;
  /** [η⁻, η⁺]: what a step size is multiplied by when the sign flips or stays. 0 < η⁻ < 1 < η⁺. Default [0.5, 1.2]. */
  etas?: readonly [number, number];
  /** [smallest, largest] step size. 0 ≤ smallest ≤ largest. Default [1e-15, 50]. */
  stepSizes?: readonly [number, number];
  /** Whether to climb: the largest value is looked for, and "best", "target" and "rose" turn with it. Default false. */
  maximize?: boolean;
  /** λ ≥ 0: minimises fn + λ/2·Σx² (maximises fn − λ/2·Σx²); its gradient is added before signs are taken. Default 0. */
  weightDecay?: number;
  /** [lower, upper] or { lower, upper }, one for all coordinates or an array of one each. Default: no bounds. */
  bounds?: Bounds;
  /** The largest number of steps, a whole number of at least 1. Default 10,000. */
  maxIterations?: number;
  /** Converged where no |gradient| is larger; coordinates held by a bound do not count. Default 0. */
  gradientTolerance?: number;
  /**
   * Converged where no step size is larger than this times max(1, |x|) of its coordinate, and every slope has flipped
   * before; coordinates that nothing moves, held by a bound or with a slope of 0, do not count. Default 1e-14 in
   * float64; in float32 2⁻²⁴, half the distance between 1 and the next number. 0 for never.
   */
  stepTolerance?: number;
  /** Ends the run at a value that is not larger (under maximize: not smaller). Default: none. */
  targetValue?: number;
  /** Called at x0 and after every step; returning false ends the run. */
  onIteration?: (point: MinimizeIteration<V>) => unknown;
}

/** Options with everything decided. */
export interface MinimizePlan<V extends Vector> {
  readonly rule: Rule;
  readonly lr: number;
  /** −1 under maximize: what values and gradients are multiplied by to be minimised. */
  readonly sign: 1 | -1;
  readonly weightDecay: number;
  readonly box: Box | null;
  readonly maxIterations: number;
  readonly gradientTolerance: number;
  readonly stepTolerance: number;
  /** Multiplied by sign; −∞ for none. */
  readonly target: number;
  readonly onIteration: ((point: MinimizeIteration<V>) => unknown) | undefined;
}

type Optional = "bounds" | "targetValue" | "onIteration";
type Decided<V extends Vector> = Required<Omit<MinimizeOptions<V>, Optional>> & {
  [Key in Optional]: MinimizeOptions<V>[Key] | undefined;
};

/** @throws TypeError or RangeError for options that are unknown or out of range, or an x0 out of bounds */
export function minimizePlanOf<V extends Vector>(options: MinimizeOptions<V>, x0: V): MinimizePlan<V> {
  const single = x0 instanceof Float32Array;
  const round = single ? Math.fround : (value: number) => value;
  const rounded = (check: typeof checkNonNegative) => (name: string, value: unknown) =>
    check(name, value, round);
  const { variant, etas, stepSizes, maximize, weightDecay, bounds, targetValue, ...limits } = optionsOf<
    Decided<V>
  >(options, {
    variant: ["irprop-", checkVariant],
    lr: [0.01, rounded(checkNonNegative)],
    etas: [[0.5, 1.2], rounded(checkEtas)],
    stepSizes: [[1e-15, 50], rounded(checkStepSizes)],
    maximize: [false, checkBoolean],
    weightDecay: [0, rounded(checkNonNegative)],
    bounds: [undefined], // boxOf checks them
    maxIterations: [10_000, checkPositiveInteger],
    gradientTolerance: [0, rounded(checkNonNegative)],
    stepTolerance: [single ? 2 ** -24 : 1e-14, rounded(checkNonNegative)],
    targetValue: [undefined, checkFinite],
    onIteration: [undefined, checkFunction],
  });
  const sign = maximize ? -1 : 1;
  return {
    ...limits,
    rule: {
      variant,
      etaMinus: round(etas[0]),
      etaPlus: round(etas[1]),
      minStep: round(stepSizes[0]),
      maxStep: round(stepSizes[1]),
      round,
    },
    sign,
    weightDecay: round(weightDecay),
    box: bounds === undefined ? null : boxOf(bounds, x0),
    target: targetValue === undefined ? -Infinity : sign * targetValue,
  };
}
