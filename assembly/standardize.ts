/** Columns to mean 0 and std 1, and back; the rule is in src/core/contract/standardize.ts. A module of its own. */
import { assertFloats } from "./check";

export function standardize(
  x: usize,
  mean: usize,
  std: usize,
  y: usize,
  rows: i32,
  columns: i32,
  invert: bool,
): void {
  assertFloats(x, rows * columns);
  assertFloats(y, rows * columns);
  assertFloats(mean, columns);
  assertFloats(std, columns);
  for (; rows > 0; rows--) {
    let m = mean;
    let d = std;
    let c = columns;
    for (; c >= 4; c -= 4) {
      const v = v128.load(x);
      if (invert) v128.store(y, f32x4.add(f32x4.mul(v, v128.load(d)), v128.load(m)));
      else v128.store(y, f32x4.div(f32x4.sub(v, v128.load(m)), v128.load(d)));
      x += 16;
      y += 16;
      m += 16;
      d += 16;
    }
    for (; c > 0; c--) {
      const v = load<f32>(x);
      store<f32>(y, invert ? v * load<f32>(d) + load<f32>(m) : (v - load<f32>(m)) / load<f32>(d));
      x += 4;
      y += 4;
      m += 4;
      d += 4;
    }
  }
}

export function standardizeGradInput(
  dy: usize,
  std: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  invert: bool,
): void {
  assertFloats(dy, rows * columns);
  assertFloats(dx, rows * columns);
  assertFloats(std, columns);
  for (; rows > 0; rows--) {
    let d = std;
    let c = columns;
    for (; c >= 4; c -= 4) {
      const v = v128.load(dy);
      const by = v128.load(d);
      v128.store(dx, invert ? f32x4.mul(v, by) : f32x4.div(v, by));
      dy += 16;
      dx += 16;
      d += 16;
    }
    for (; c > 0; c--) {
      const v = load<f32>(dy);
      const by = load<f32>(d);
      store<f32>(dx, invert ? v * by : v / by);
      dy += 4;
      dx += 4;
      d += 4;
    }
  }
}
