import { checkFunction, describe, pluralize, Verbatim, wrongType, wrongValue } from "../errors.js";
import type { Vector } from "./rule.js";

/** Powers of two near ε^(1/3), which balances rounding (ε/h) against truncation (h²): Nocedal and Wright, section 8.1. */
const STEP_64 = 2 ** -17;
const STEP_32 = 2 ** -8;

/**
 * Makes a function with a gradient from one without, by central differences (Nocedal and Wright, Numerical
 * Optimization, 2nd edition 2006, equation 8.7), for {@link minimize}. For every coordinate
 *
 *     gradient = (fn(x + h) − fn(x − h)) / 2h,  h = 2⁻¹⁷ · max(1, |x|), in a Float32Array 2⁻⁸ · max(1, |x|)
 *
 * In float64 about ten digits are right where fn and x are of the size of 1; Rprop needs the signs alone. Where a
 * coordinate is much smaller than 1, let the function take it in another unit. x + h may be out of bounds.
 *
 * @param fn value at x; it is called 2n + 1 times for n coordinates, each time with the same array, a copy of x
 * @returns writes the gradient and returns fn(x); x is not modified. What fn throws is passed on; it throws TypeError or
 * RangeError for a fn that returns no number, and arrays that are no two equally long Float64Arrays or Float32Arrays.
 * @throws TypeError for what is no function
 * @example
 * import { differences, minimize } from "rprop";
 * const { x } = minimize(differences(([a = 0, b = 0]) => (a - 3) ** 2 + Math.abs(b)), [0, 1]);
 * console.log(Array.from(x, (value) => Number(value.toFixed(4)))); // [ 3, 0 ]
 */
export function differences<V extends Vector = Float64Array>(
  fn: (x: V) => number,
): (x: V, gradient: V) => number {
  checkFunction("fn", fn);
  return (x, gradient) => {
    const step = stepFor(x, gradient);
    const point = x.slice() as V;
    const at = (i: number, value: number) => {
      point.set(x); // fn may have written to it
      point[i] = value;
      const moved = point[i] as number; // as the array rounds it
      return { moved, value: valueAt(fn, point) };
    };
    const value = valueAt(fn, point);
    for (let i = 0; i < x.length; i++) {
      const middle = x[i] as number;
      const h = step * Math.max(1, Math.abs(middle));
      const above = at(i, middle + h);
      const below = at(i, middle - h);
      gradient[i] = (above.value - below.value) / (above.moved - below.moved);
    }
    return value;
  };
}

function stepFor(x: Vector, gradient: Vector): number {
  const expected = "a Float64Array or a Float32Array";
  const [kind, other] = [kindOf(x), kindOf(gradient)];
  if (kind !== "Float64Array" && kind !== "Float32Array") throw wrongType("x", expected, x);
  if (other !== "Float64Array" && other !== "Float32Array") throw wrongType("gradient", expected, gradient);
  if (gradient === x) throw wrongValue("gradient", "an array of its own", new Verbatim("x itself"));
  if (gradient.length !== x.length)
    throw wrongValue("gradient", `${pluralize(x.length, "number")}, as x has`, gradient.length);
  return kind === "Float64Array" ? STEP_64 : STEP_32;
}

/** Of any realm. */
function kindOf(value: unknown): string {
  return ArrayBuffer.isView(value) ? (value as Vector)[Symbol.toStringTag] : "";
}

function valueAt<V extends Vector>(fn: (x: V) => number, x: V): number {
  const value: unknown = fn(x);
  if (typeof value === "number") return value;
  throw wrongType(
    "fn",
    "a function that returns a number",
    new Verbatim(`one that returns ${describe(value)}`),
  );
}
