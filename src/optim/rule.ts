import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY } from "../core/contract/core.js";
import { onFlipOf, type RpropVariant } from "./variants.js";

/** A point, its gradient, …: the arrays of one run are all of one kind. */
export type Vector = Float32Array | Float64Array;

/** The constants of a run, rounded as its arrays are. */
export interface Rule {
  readonly variant: RpropVariant;
  readonly etaMinus: number;
  readonly etaPlus: number;
  readonly minStep: number;
  readonly maxStep: number;
  /** Rounds the result of every operation: Math.fround, or the identity in float64. */
  readonly round: (value: number) => number;
}

/** The state of each coordinate between steps. */
export interface RuleState {
  /** The last gradient; 0 where it does not count. */
  readonly prev: Vector;
  readonly stepSize: Vector;
  /** 1 once the gradient has flipped: until then Δ says nothing about how near the minimum is. */
  readonly hasFlipped: Uint8Array;
}

/** The box that x stays in; lower ≤ upper. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}

/**
 * One step over every coordinate, in place; gradient is left alone. It is the rule of Core.rprop in ../core/contract/core.ts, in
 * either precision and with a bound for each coordinate; decay and direction are in the gradient already. The kernel is
 * not made of it: one function for both takes up to three times as long. tests/api/optim/parity.test.ts holds them together.
 *
 * @param worse whether E(t) is worse than E(t−1), for irprop+
 */
export function stepBy(
  { variant, etaMinus, etaPlus, minStep, maxStep, round }: Rule,
  x: Vector,
  gradient: Vector,
  { prev, stepSize, hasFlipped }: RuleState,
  worse: boolean,
  box: Box | null,
): void {
  const onFlip = onFlipOf(variant, worse);
  for (let i = 0; i < x.length; i++) {
    const from = x[i] as number;
    const g = gradient[i] as number;
    const free = (g > 0 || g < 0) && !isPinned(box, i, from, g);
    // Of the signs: the product of two small gradients would be 0.
    const s = free ? Math.sign(g) * Math.sign(prev[i] as number) : 0;
    const last = stepSize[i] as number;
    const adapted = round(last * (s > 0 ? etaPlus : s < 0 ? etaMinus : 1));
    let delta = adapted < minStep ? minStep : adapted > maxStep ? maxStep : adapted;
    if (free && !(s < 0 && onFlip === ON_FLIP_STAY)) {
      const size = s < 0 && onFlip === ON_FLIP_BACK ? last : delta;
      const moved = round(g > 0 ? from - size : from + size);
      const bound = boundAhead(box, i, g);
      const ends = g > 0 ? moved < bound : moved > bound;
      x[i] = ends ? bound : moved;
      if (ends) delta = Math.max(Math.abs(bound - from), minStep);
    }
    if (s < 0) hasFlipped[i] = 1;
    prev[i] = s < 0 && onFlip !== ON_FLIP_MOVE ? 0 : g;
    stepSize[i] = delta;
  }
}

/** Whether x[i] stands on the bound that −gradient points to, or beyond it. */
export function isPinned(box: Box | null, i: number, x: number, gradient: number): boolean {
  const distance = x - boundAhead(box, i, gradient); // NaN between infinities: no bound is there
  return gradient > 0 ? distance <= 0 : gradient < 0 && distance >= 0;
}

function boundAhead(box: Box | null, i: number, gradient: number): number {
  if (box === null) return gradient > 0 ? -Infinity : Infinity;
  return (gradient > 0 ? box.lower : box.upper)[i] as number;
}
