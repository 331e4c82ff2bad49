/**
 * The forward product for fewer than four outputs, one at a time: rows in lanes. Four rows are multiplied by four weights as
 * they are, and the products transposed in registers. For each output, panels has its bias and its weights.
 */
export function forwardNarrow(
  x: usize,
  panels: usize,
  y: usize,
  rows: i32,
  inFeatures: i32,
  outFeatures: i32,
): void {
  for (let o = 0; o < outFeatures; o++) {
    column(x, panels + 4, load<f32>(panels), y, rows, inFeatures, (<usize>outFeatures) << 2);
    panels += (<usize>inFeatures + 1) << 2;
    y += 4;
  }
}

function column(x: usize, weight: usize, bias: f32, y: usize, rows: i32, inFeatures: i32, yi: usize): void {
  const xi = (<usize>inFeatures) << 2;
  const xi2 = xi * 2;
  const xi3 = xi * 3;
  const yi2 = yi * 2;
  const yi3 = yi * 3;
  let r0: v128;
  let r1: v128;
  let r2: v128;
  let r3: v128;
  let t0: v128;
  let t1: v128;
  let t2: v128;
  let t3: v128;
  for (; rows >= 4; rows -= 4) {
    let from = x;
    let w = weight;
    let sum = f32x4.splat(bias);
    let k = inFeatures;
    for (; k >= 4; k -= 4) {
      const wk = v128.load(w);
      r0 = f32x4.mul(v128.load(from), wk);
      r1 = f32x4.mul(v128.load(from + xi), wk);
      r2 = f32x4.mul(v128.load(from + xi2), wk);
      r3 = f32x4.mul(v128.load(from + xi3), wk);
      t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      sum = f32x4.add(sum, v128.shuffle<i32>(t0, t1, 0, 1, 4, 5));
      sum = f32x4.add(sum, v128.shuffle<i32>(t0, t1, 2, 3, 6, 7));
      sum = f32x4.add(sum, v128.shuffle<i32>(t2, t3, 0, 1, 4, 5));
      sum = f32x4.add(sum, v128.shuffle<i32>(t2, t3, 2, 3, 6, 7));
      from += 16;
      w += 16;
    }
    for (; k > 0; k--) {
      r0 = v128.load32_zero(from);
      r0 = v128.load32_lane(from + xi, r0, 1);
      r0 = v128.load32_lane(from + xi2, r0, 2);
      r0 = v128.load32_lane(from + xi3, r0, 3);
      sum = f32x4.add(sum, f32x4.mul(r0, v128.load32_splat(w)));
      from += 4;
      w += 4;
    }
    v128.store32_lane(y, sum, 0);
    v128.store32_lane(y + yi, sum, 1);
    v128.store32_lane(y + yi2, sum, 2);
    v128.store32_lane(y + yi3, sum, 3);
    y += yi << 2;
    x += xi << 2;
  }
  for (; rows > 0; rows--) {
    let sum = bias;
    let w = weight;
    for (let k = inFeatures; k > 0; k--) {
      sum += load<f32>(x) * load<f32>(w);
      x += 4;
      w += 4;
    }
    store<f32>(y, sum);
    y += yi;
  }
}
