/**
 * Binary cross-entropy, of logits and of probabilities; derivatives and terms are in src/core/contract/classification.ts. The sum
 * of the terms is float64, in the order of difference-loss.ts.
 *
 *   prediction, target, derivative   rows × outputs; derivative may be prediction
 *
 * Loop and Formula are copied to where they are called (@inline): see activation.ts.
 */
import { assertFloats } from "./check";
import { BLOCK_ROWS } from "./constants";
import { Elementary } from "./elementary";
import { Four } from "./four";
import { Tail } from "./tail";

export function binaryCrossEntropyWithLogits(
  prediction: usize,
  target: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
): f64 {
  assertFloats(prediction, rows * outputs);
  assertFloats(target, rows * outputs);
  assertFloats(derivative, rows * outputs);
  return Loop.sum(true, prediction, target, derivative, rows, outputs);
}

export function binaryCrossEntropy(
  prediction: usize,
  target: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
): f64 {
  assertFloats(prediction, rows * outputs);
  assertFloats(target, rows * outputs);
  assertFloats(derivative, rows * outputs);
  return Loop.sum(false, prediction, target, derivative, rows, outputs);
}

abstract class Loop {
  @inline
  static sum(
    logits: bool,
    prediction: usize,
    target: usize,
    derivative: usize,
    rows: i32,
    outputs: i32,
  ): f64 {
    let sum: f64 = 0;
    for (; rows > 0; rows -= BLOCK_ROWS) {
      let lane01 = f64x2.splat(0);
      let lane23 = lane01;
      let lane45 = lane01;
      let lane67 = lane01;
      // All blocks but the last are whole eights.
      const count = min(rows, BLOCK_ROWS) * outputs;
      for (let i = 0; i < count; i += 4) {
        const p = v128.load(prediction);
        const y = v128.load(target);
        // The float32 parts of the terms: log1p(exp(−|z|)) and nothing, or log p and log(1 − p).
        let first: v128;
        let second = p;
        let slope: v128;
        if (logits) {
          const e = Elementary.exp(v128.or(p, f32x4.splat(-0.0)));
          first = Elementary.log1p(e);
          slope = f32x4.sub(Formula.sigmoid(p, e), y);
        } else {
          first = f32x4.pmax(Elementary.log(p), f32x4.splat(-100));
          second = f32x4.pmax(Formula.logOfRest(p), f32x4.splat(-100));
          slope = Formula.slopeOfProbability(p, y);
        }
        let low = Formula.terms(logits, p, y, first, second);
        let high = Formula.terms(logits, Four.high(p), Four.high(y), Four.high(first), Four.high(second));
        if (i + 4 <= count) v128.store(derivative, slope);
        else {
          Tail.store(derivative, slope, count - i);
          const kept = Four.first(count - i);
          low = v128.and(low, i64x2.extend_low_i32x4_s(kept));
          high = v128.and(high, i64x2.extend_high_i32x4_s(kept));
        }
        if (i & 4) {
          lane45 = f64x2.add(lane45, low);
          lane67 = f64x2.add(lane67, high);
        } else {
          lane01 = f64x2.add(lane01, low);
          lane23 = f64x2.add(lane23, high);
        }
        prediction += 16;
        target += 16;
        derivative += 16;
      }
      sum += Four.sumOfLanes(lane01, lane23, lane45, lane67);
    }
    return sum;
  }
}

abstract class Formula {
  /** σ(z), e = exp(−|z|). */
  @inline
  static sigmoid(z: v128, e: v128): v128 {
    const one = f32x4.splat(1);
    return f32x4.div(v128.bitselect(one, e, f32x4.gt(z, f32x4.splat(0))), f32x4.add(one, e));
  }

  /** log(1 − p), without rounding 1 − p where p is small. */
  @inline
  static logOfRest(p: v128): v128 {
    const near = Elementary.logReduced(f32x4.neg(p), f32x4.splat(0));
    const far = Elementary.log(f32x4.sub(f32x4.splat(1), p));
    return v128.bitselect(near, far, f32x4.lt(f32x4.abs(p), f32x4.splat(0.25)));
  }

  @inline
  static slopeOfProbability(p: v128, y: v128): v128 {
    const spread = f32x4.mul(f32x4.sub(f32x4.splat(1), p), p);
    return f32x4.div(f32x4.sub(p, y), f32x4.pmax(spread, f32x4.splat(1e-12)));
  }

  /** Of the first two of four numbers, in float64. */
  @inline
  static terms(logits: bool, p: v128, y: v128, first: v128, second: v128): v128 {
    const aim = f64x2.promote_low_f32x4(y);
    const a = f64x2.promote_low_f32x4(first);
    if (logits) {
      const z = f64x2.promote_low_f32x4(p);
      return f64x2.add(f64x2.sub(f64x2.pmax(z, f64x2.splat(0)), f64x2.mul(z, aim)), a);
    }
    const b = f64x2.promote_low_f32x4(second);
    return f64x2.sub(f64x2.mul(f64x2.sub(aim, f64x2.splat(1)), b), f64x2.mul(aim, a));
  }
}
