import { describe, pluralize, Verbatim, wrongType, wrongValue } from "../errors.js";
import type { Box, Vector } from "./rule.js";

/** What one coordinate may be, both ends included. A side that is left out, or infinite, is open. */
export type Bound = readonly [lower: number, upper: number] | { lower?: number; upper?: number };

/** One bound for every coordinate, or one each. */
export type Bounds = Bound | readonly Bound[];

/**
 * The box, in arrays like x0.
 *
 * @throws TypeError for what are no bounds; RangeError for NaN, lower > upper, another number of bounds than
 * coordinates, or an x0 that is not inside
 */
export function boxOf(bounds: Bounds, x0: Vector): Box {
  const each = isOne(bounds) ? null : bounds;
  if (each !== null && each.length !== x0.length) {
    throw wrongValue("bounds", `${pluralize(x0.length, "bound")}, one for each coordinate`, each.length);
  }
  const [lower, upper] = [x0.slice(), x0.slice()];
  x0.forEach((value, i) => {
    const name = each === null ? "bounds" : `bounds[${i}]`;
    const [low, high] = endsOf(name, each === null ? bounds : each[i]);
    lower[i] = low;
    upper[i] = high;
    if (value >= (lower[i] as number) && value <= (upper[i] as number)) return;
    throw wrongValue(`x0[${i}]`, `a number within [${low}, ${high}]`, value);
  });
  return { lower, upper };
}

function isOne(bounds: Bounds): bounds is Bound {
  if (!Array.isArray(bounds)) return true; // endsOf refuses what is no object
  return bounds.length === 2 && bounds.every((end) => typeof end === "number");
}

function endsOf(name: string, bound: unknown): readonly [number, number] {
  const expected = "[lower, upper] or { lower, upper }";
  if (typeof bound !== "object" || bound === null) throw wrongType(name, expected, bound);
  const ends = Array.isArray(bound) ? bound : named(name, bound);
  const listed = new Verbatim(`[${ends.map(describe).join(", ")}]`);
  if (ends.length !== 2 || ends.some((end) => typeof end !== "number"))
    throw wrongType(name, expected, listed);
  const [lower, upper] = ends as [number, number];
  if (!(lower <= upper) || lower === Infinity || upper === -Infinity)
    throw wrongValue(name, "lower ≤ upper", listed);
  return [lower, upper];
}

function named(name: string, bound: object): [unknown, unknown] {
  const { lower = -Infinity, upper = Infinity, ...others } = bound as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other === undefined) return [lower, upper];
  throw wrongType(name, "[lower, upper] or { lower, upper }", new Verbatim(`"${other}"`));
}
