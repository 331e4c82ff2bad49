import { BLOCK_ROWS, RESULTS } from "./constants";

/**
 * Squared error: derivative = prediction − target (float32; the factor 2 and 1/N come later, with the scale), and
 * the returned value Σ derivative² in float64. Within a block of 256 rows, element i goes to lane i mod 8, the lanes
 * are added as ((0+1)+(2+3))+((4+5)+(6+7)), blocks in order.
 *
 *   prediction, target, derivative   rows × outputs; derivative may be prediction
 */
export function squaredError(
  prediction: usize,
  target: usize,
  derivative: usize,
  rows: i32,
  outputs: i32,
  scratch: usize,
): f64 {
  let sum: f64 = 0;
  for (; rows > 0; rows -= BLOCK_ROWS) {
    const count = min(rows, BLOCK_ROWS) * outputs;
    sum += squaredErrorBlock(prediction, target, derivative, count, scratch + RESULTS);
    const bytes = (<usize>count) << 2;
    prediction += bytes;
    target += bytes;
    derivative += bytes;
  }
  return sum;
}

function squaredErrorBlock(
  prediction: usize,
  target: usize,
  derivative: usize,
  count: i32,
  lanes: usize,
): f64 {
  let lane01 = f64x2.splat(0);
  let lane23 = lane01;
  let lane45 = lane01;
  let lane67 = lane01;
  for (; count >= 8; count -= 8) {
    const d0 = f32x4.sub(v128.load(prediction), v128.load(target));
    const d1 = f32x4.sub(v128.load(prediction, 16), v128.load(target, 16));
    v128.store(derivative, d0);
    v128.store(derivative, d1, 16);
    const d01 = f64x2.promote_low_f32x4(d0);
    const d23 = f64x2.promote_low_f32x4(v128.shuffle<i32>(d0, d0, 2, 3, 2, 3));
    const d45 = f64x2.promote_low_f32x4(d1);
    const d67 = f64x2.promote_low_f32x4(v128.shuffle<i32>(d1, d1, 2, 3, 2, 3));
    lane01 = f64x2.add(lane01, f64x2.mul(d01, d01));
    lane23 = f64x2.add(lane23, f64x2.mul(d23, d23));
    lane45 = f64x2.add(lane45, f64x2.mul(d45, d45));
    lane67 = f64x2.add(lane67, f64x2.mul(d67, d67));
    prediction += 32;
    target += 32;
    derivative += 32;
  }
  v128.store(lanes, lane01);
  v128.store(lanes, lane23, 16);
  v128.store(lanes, lane45, 32);
  v128.store(lanes, lane67, 48);
  for (let lane = lanes; count > 0; count--) {
    const d = load<f32>(prediction) - load<f32>(target);
    store<f32>(derivative, d);
    store<f64>(lane, load<f64>(lane) + <f64>d * <f64>d);
    prediction += 4;
    target += 4;
    derivative += 4;
    lane += 8;
  }
  const low = load<f64>(lanes) + load<f64>(lanes, 8) + (load<f64>(lanes, 16) + load<f64>(lanes, 24));
  const high = load<f64>(lanes, 32) + load<f64>(lanes, 40) + (load<f64>(lanes, 48) + load<f64>(lanes, 56));
  return low + high;
}
