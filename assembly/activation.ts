/**
 * Activations, y = f(x), and their way back, dx = dy · f′; formulas are in src/core/contract/activations.ts.
 *
 *   x, y, dy, dx   count numbers; y may be x, dx may be dy
 *
 * Loop and Formula are copied to where they are called (@inline), and where the compiler knows the formula nothing else
 * of them stays. The formulas with σ share a loop, in which asking for the kind costs nothing measurable: a loop for
 * each would be 2 KB more.
 */
import { GELU, LEAKY_RELU, RELU, SIGMOID, SOFTPLUS, TANH } from "./constants";
import { Elementary } from "./elementary";
import { Tail } from "./tail";

/** The formula of SIGMOID, SILU and GELU forward, and of SOFTPLUS, SILU and GELU backward. */
const GATED: i32 = -1;

export function activationForward(kind: i32, x: usize, y: usize, count: i32, slope: f32): void {
  if (kind == TANH) Loop.forward(TANH, kind, x, y, count, slope);
  else if (kind == RELU) Loop.forward(RELU, kind, x, y, count, slope);
  else if (kind == LEAKY_RELU) Loop.forward(LEAKY_RELU, kind, x, y, count, slope);
  else if (kind == SOFTPLUS) Loop.forward(SOFTPLUS, kind, x, y, count, slope);
  else Loop.forward(GATED, kind, x, y, count, slope);
}

export function activationBackward(
  kind: i32,
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  count: i32,
  slope: f32,
): void {
  if (kind == TANH) Loop.backward(TANH, kind, y, dy, dx, count, slope);
  else if (kind == SIGMOID) Loop.backward(SIGMOID, kind, y, dy, dx, count, slope);
  else if (kind == RELU) Loop.backward(RELU, kind, y, dy, dx, count, slope);
  else if (kind == LEAKY_RELU) Loop.backward(LEAKY_RELU, kind, x, dy, dx, count, slope);
  else Loop.backward(GATED, kind, x, dy, dx, count, slope);
}

/** Ends at the vector that is not full: kernels may read past the end of a block, never write. */
abstract class Loop {
  @inline
  static forward(formula: i32, kind: i32, x: usize, y: usize, count: i32, slope: f32): void {
    for (; ; count -= 4) {
      const v = Formula.forward(formula, kind, v128.load(x), slope);
      if (count < 4) {
        Tail.store(y, v, count);
        break;
      }
      v128.store(y, v);
      x += 16;
      y += 16;
    }
  }

  /** from is what the derivative is made of: x or y. */
  @inline
  static backward(formula: i32, kind: i32, from: usize, dy: usize, dx: usize, count: i32, slope: f32): void {
    for (; ; count -= 4) {
      const v = Formula.backward(formula, kind, v128.load(from), v128.load(dy), slope);
      if (count < 4) {
        Tail.store(dx, v, count);
        break;
      }
      v128.store(dx, v);
      from += 16;
      dy += 16;
      dx += 16;
    }
  }
}

/** Four numbers at a time. pmin and pmax keep a NaN that is their first operand. */
abstract class Formula {
  @inline
  static forward(formula: i32, kind: i32, x: v128, slope: f32): v128 {
    const zero = f32x4.splat(0);
    if (formula == TANH) return Elementary.tanh(x);
    if (formula == RELU) return f32x4.pmax(x, zero);
    if (formula == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, f32x4.splat(slope)), x, f32x4.lt(x, zero));
    if (formula == SOFTPLUS) {
      const u = Elementary.exp(v128.or(x, f32x4.splat(-0.0)));
      return f32x4.add(f32x4.pmax(x, zero), Elementary.log1p(u));
    }
    const c = f32x4.pmax(x, f32x4.splat(kind == GELU ? -16 : -104));
    let v = x;
    if (kind == GELU) v = f32x4.mul(c, Formula.geluSlope(f32x4.mul(c, c), f32x4.splat(0.0713548162726)));
    const sigmoid = Elementary.sigmoid(v);
    return kind == SIGMOID ? sigmoid : f32x4.mul(c, sigmoid);
  }

  @inline
  static backward(formula: i32, kind: i32, from: v128, dy: v128, slope: f32): v128 {
    const zero = f32x4.splat(0);
    const one = f32x4.splat(1);
    if (formula == TANH) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(from, from)));
    if (formula == SIGMOID) return f32x4.mul(dy, f32x4.mul(f32x4.sub(one, from), from));
    if (formula == RELU) return v128.andnot(dy, f32x4.le(from, zero));
    if (formula == LEAKY_RELU)
      return v128.bitselect(dy, f32x4.mul(dy, f32x4.splat(slope)), f32x4.gt(from, zero));
    const limit = f32x4.splat(kind == GELU ? 16 : 104);
    const c = f32x4.pmin(f32x4.pmax(from, f32x4.neg(limit)), limit);
    const square = f32x4.mul(c, c);
    let v = from;
    if (kind == GELU) v = f32x4.mul(c, Formula.geluSlope(square, f32x4.splat(0.0713548162726)));
    const z = Elementary.exp(v128.or(v, f32x4.splat(-0.0)));
    const sum = f32x4.add(one, z);
    const larger = f32x4.div(one, sum);
    const smaller = f32x4.div(z, sum);
    let derivative = v128.bitselect(larger, smaller, f32x4.gt(v, zero)); // σ(v)
    if (kind != SOFTPLUS) {
      let bend = f32x4.mul(c, f32x4.mul(larger, smaller));
      if (kind == GELU) bend = f32x4.mul(bend, Formula.geluSlope(square, f32x4.splat(0.2140644488178)));
      derivative = f32x4.add(derivative, bend);
    }
    return f32x4.mul(dy, derivative);
  }

  /** 2√(2/π) + cubic · x². */
  @inline
  static geluSlope(square: v128, cubic: v128): v128 {
    return f32x4.add(f32x4.mul(square, cubic), f32x4.splat(1.5957691216057308));
  }
}
