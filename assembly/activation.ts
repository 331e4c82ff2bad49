/**
 * Activations, y = f(x), and their way back, dx = dy · f′; formulas are in src/core/contract/activations.ts.
 *
 *   x, y, dy, dx   count numbers; y may be x, dx may be dy
 *
 * Loop and Formula are copied to where they are called (@inline), and where the compiler knows the formula nothing else
 * of them stays. The formulas with σ share a loop, in which asking for the kind costs nothing measurable: a loop for
 * each would be 2 KB more. A number that is no kind traps: no kernel computes another kind's formula for it. That is one
 * comparison a call, before the loop.
 */
import { Activation } from "./activation-kinds";
import { Elementary } from "./elementary";
import { Tail } from "./tail";

/** The formula of Sigmoid, SiLU and GELU forward, and of Softplus, SiLU and GELU backward. */
const GATED: i32 = -1;

export function activationForward(kind: i32, x: usize, y: usize, count: i32, slope: f32): void {
  if (kind == Activation.Tanh) Loop.forward(Activation.Tanh, kind, x, y, count, slope);
  else if (kind == Activation.ReLU) Loop.forward(Activation.ReLU, kind, x, y, count, slope);
  else if (kind == Activation.LeakyReLU) Loop.forward(Activation.LeakyReLU, kind, x, y, count, slope);
  else if (kind == Activation.Softplus) Loop.forward(Activation.Softplus, kind, x, y, count, slope);
  else if (kind == Activation.Mish) Loop.forward(Activation.Mish, kind, x, y, count, slope);
  else if (kind == Activation.ELU) Loop.forward(Activation.ELU, kind, x, y, count, slope);
  else if (kind == Activation.Sigmoid || kind == Activation.SiLU || kind == Activation.GELU)
    Loop.forward(GATED, kind, x, y, count, slope);
  else unreachable();
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
  if (kind == Activation.Tanh) Loop.backward(Activation.Tanh, kind, y, dy, dx, count, slope);
  else if (kind == Activation.Sigmoid) Loop.backward(Activation.Sigmoid, kind, y, dy, dx, count, slope);
  else if (kind == Activation.ReLU) Loop.backward(Activation.ReLU, kind, y, dy, dx, count, slope);
  else if (kind == Activation.LeakyReLU) Loop.backward(Activation.LeakyReLU, kind, x, dy, dx, count, slope);
  else if (kind == Activation.Mish) Loop.backward(Activation.Mish, kind, x, dy, dx, count, slope);
  else if (kind == Activation.ELU) Loop.backward(Activation.ELU, kind, x, dy, dx, count, slope);
  else if (kind == Activation.Softplus || kind == Activation.SiLU || kind == Activation.GELU)
    Loop.backward(GATED, kind, x, dy, dx, count, slope);
  else unreachable();
}

/** Ends at the vector that is not full: kernels may read past the end of a block, never write. */
abstract class Loop {
  @inline
  static forward(formula: i32, kind: i32, x: usize, y: usize, count: i32, slope: f32): void {
    const slopes = f32x4.splat(slope);
    for (; ; count -= 4) {
      const v = Formula.forward(formula, kind, v128.load(x), slopes);
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
    const slopes = f32x4.splat(slope);
    for (; ; count -= 4) {
      const v = Formula.backward(formula, kind, v128.load(from), v128.load(dy), slopes);
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

/**
 * Four numbers at a time. pmin and pmax keep a NaN that is their first operand. What follows the last question for a
 * formula is that of GATED, the only one left.
 */
abstract class Formula {
  @inline
  static forward(formula: i32, kind: i32, x: v128, slopes: v128): v128 {
    const zero = f32x4.splat(0);
    if (formula == Activation.Tanh) return Elementary.tanh(x);
    if (formula == Activation.ReLU) return f32x4.pmax(x, zero);
    if (formula == Activation.LeakyReLU) return v128.bitselect(f32x4.mul(x, slopes), x, f32x4.lt(x, zero));
    if (formula == Activation.Softplus) {
      const u = Elementary.exp(v128.or(x, f32x4.splat(-0.0)));
      return f32x4.add(f32x4.pmax(x, zero), Elementary.log1p(u));
    }
    if (formula == Activation.ELU)
      return v128.bitselect(f32x4.mul(Elementary.expm1(x), slopes), x, f32x4.lt(x, zero));
    if (formula == Activation.Mish) {
      const z = Elementary.exp(v128.or(x, f32x4.splat(-0.0)));
      const above = f32x4.gt(x, zero);
      const n = Formula.mishNumerator(z, above);
      const t = f32x4.div(n, f32x4.add(n, Formula.mishRest(z, above)));
      return f32x4.mul(f32x4.pmax(x, f32x4.splat(-104)), t);
    }
    const c = f32x4.pmax(x, f32x4.splat(kind == Activation.GELU ? -16 : -104));
    let v = x;
    if (kind == Activation.GELU)
      v = f32x4.mul(c, Formula.geluSlope(f32x4.mul(c, c), f32x4.splat(0.0713548162726)));
    const sigmoid = Elementary.sigmoid(v);
    return kind == Activation.Sigmoid ? sigmoid : f32x4.mul(c, sigmoid);
  }

  @inline
  static backward(formula: i32, kind: i32, from: v128, dy: v128, slopes: v128): v128 {
    const zero = f32x4.splat(0);
    const one = f32x4.splat(1);
    if (formula == Activation.Tanh) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(from, from)));
    if (formula == Activation.Sigmoid) return f32x4.mul(dy, f32x4.mul(f32x4.sub(one, from), from));
    if (formula == Activation.ReLU) return v128.andnot(dy, f32x4.le(from, zero));
    if (formula == Activation.LeakyReLU)
      return v128.bitselect(dy, f32x4.mul(dy, slopes), f32x4.gt(from, zero));
    if (formula == Activation.ELU) {
      const below = f32x4.mul(Elementary.exp(from), slopes);
      return f32x4.mul(dy, v128.bitselect(one, below, f32x4.gt(from, zero)));
    }
    if (formula == Activation.Mish) {
      const z = Elementary.exp(v128.or(from, f32x4.splat(-0.0)));
      const above = f32x4.gt(from, zero);
      const n = Formula.mishNumerator(z, above);
      const d = f32x4.add(n, Formula.mishRest(z, above));
      const c = f32x4.pmin(f32x4.pmax(from, f32x4.splat(-104)), f32x4.splat(104));
      const s = v128.bitselect(f32x4.mul(z, z), z, above);
      const bend = f32x4.mul(f32x4.div(f32x4.mul(s, f32x4.splat(4)), d), f32x4.div(f32x4.add(one, z), d));
      return f32x4.mul(dy, f32x4.add(f32x4.div(n, d), f32x4.mul(c, bend)));
    }
    const limit = f32x4.splat(kind == Activation.GELU ? 16 : 104);
    const c = f32x4.pmin(f32x4.pmax(from, f32x4.neg(limit)), limit);
    const square = f32x4.mul(c, c);
    let v = from;
    if (kind == Activation.GELU) v = f32x4.mul(c, Formula.geluSlope(square, f32x4.splat(0.0713548162726)));
    const z = Elementary.exp(v128.or(v, f32x4.splat(-0.0)));
    const sum = f32x4.add(one, z);
    const larger = f32x4.div(one, sum);
    const smaller = f32x4.div(z, sum);
    let derivative = v128.bitselect(larger, smaller, f32x4.gt(v, zero)); // σ(v)
    if (kind != Activation.Softplus) {
      let bend = f32x4.mul(c, f32x4.mul(larger, smaller));
      if (kind == Activation.GELU)
        bend = f32x4.mul(bend, Formula.geluSlope(square, f32x4.splat(0.2140644488178)));
      derivative = f32x4.add(derivative, bend);
    }
    return f32x4.mul(dy, derivative);
  }

  /** (x > 0 ? 1 : z²) + 2z: of tanh(log(1 + exp(x))) as a fraction. */
  @inline
  static mishNumerator(z: v128, above: v128): v128 {
    return f32x4.add(v128.bitselect(f32x4.splat(1), f32x4.mul(z, z), above), f32x4.add(z, z));
  }

  /** x > 0 ? 2z² : 2, by which the denominator is larger. */
  @inline
  static mishRest(z: v128, above: v128): v128 {
    const square = f32x4.mul(z, z);
    return v128.bitselect(f32x4.add(square, square), f32x4.splat(2), above);
  }

  /** 2√(2/π) + cubic · x². */
  @inline
  static geluSlope(square: v128, cubic: v128): v128 {
    return f32x4.add(f32x4.mul(square, cubic), f32x4.splat(1.5957691216057308));
  }
}
