import type { RpropVariant } from "./variants.js";

/** A point, its gradient, …: the arrays of one run are all of one kind. */
export type Vector = Float32Array | Float64Array;

/** The constants of a run, rounded as its arrays are. */
export interface Rule {
  readonly variant: RpropVariant;
  readonly etaMinus: number;
  readonly etaPlus: number;
  readonly minStep: number;
  readonly maxStep: number;
  /** What every operation is rounded by: Math.fround, or the identity in float64. */
  readonly round: (value: number) => number;
}

/** What a run remembers of each coordinate. */
export interface RuleState {
  /** The last gradient; 0 where it does not count. */
  readonly prev: Vector;
  readonly stepSize: Vector;
  /** What was last added to x. */
  readonly move: Vector;
  /** 1 once the gradient has flipped: until then Δ says nothing about how near the minimum is. */
  readonly turned: Uint8Array;
}

/** The box that x stays in; lower ≤ upper. */
export interface Box {
  readonly lower: Vector;
  readonly upper: Vector;
}

/**
 * One step over every coordinate, in place; gradient is left alone. A gradient of ±0 or NaN moves nothing.
 *
 * In a box, a move that would leave it ends on the bound; Δ and prev are those of the move that was asked for. A
 * coordinate that is held (see {@link isHeld}) keeps its Δ, so that it does not grow while nothing moves, and
 * remembers the gradient: the turn inwards is a flip like any other. Deviation: Shark's Rprop gives such a move up
 * where it stands and halves Δ, which nears a bound without reaching it.
 *
 * @param rose whether E(t) > E(t−1), for irprop+
 */
export function stepBy(
  { variant, etaMinus, etaPlus, minStep, maxStep, round }: Rule,
  x: Vector,
  gradient: Vector,
  { prev, stepSize, move, turned }: RuleState,
  rose: boolean,
  box: Box | null,
): void {
  const freezes = variant !== "rprop-";
  const retreats = variant === "rprop+" || (variant === "irprop+" && rose);
  for (let i = 0; i < x.length; i++) {
    const g = gradient[i] as number;
    if (box !== null && isHeld(box, i, x[i] as number, g)) {
      prev[i] = g;
      move[i] = 0;
      continue;
    }
    // Of the signs: the product of two small gradients would be 0.
    const s = Math.sign(g) * Math.sign(prev[i] as number);
    const adapted = round((stepSize[i] as number) * (s > 0 ? etaPlus : s < 0 ? etaMinus : 1));
    const delta = adapted < minStep ? minStep : adapted > maxStep ? maxStep : adapted;
    if (s < 0) turned[i] = 1;
    const flipped = freezes && s < 0;
    let by = g > 0 ? -delta : g < 0 ? delta : 0;
    if (flipped) by = retreats ? -(move[i] as number) : 0;
    if (by !== 0) by = moveBy(x, i, by, round, box); // a move of 0 would make +0 of −0
    move[i] = by;
    prev[i] = flipped ? 0 : g;
    stepSize[i] = delta;
  }
}

/** Whether x[i] stands on a bound that −gradient points out through. */
export function isHeld({ lower, upper }: Box, i: number, x: number, gradient: number): boolean {
  return gradient > 0 ? x <= (lower[i] as number) : gradient < 0 && x >= (upper[i] as number);
}

/** Moves x[i] as far as the box lets it, and returns how far. */
function moveBy(x: Vector, i: number, by: number, round: Rule["round"], box: Box | null): number {
  const from = x[i] as number;
  const to = round(from + by);
  x[i] = to;
  if (box === null) return by;
  const [lower, upper] = [box.lower[i] as number, box.upper[i] as number];
  if (to >= lower && to <= upper) return by;
  const bound = to < lower ? lower : upper;
  x[i] = bound;
  return round(bound - from);
}
