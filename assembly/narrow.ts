/**
 * The forward product for fewer than four outputs: rows in lanes, one output at a time. Eight rows are read four
 * features at a time and transposed in registers. For each output, panels has its bias and its weights.
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
  for (; rows >= 8; rows -= 8) {
    let a = x;
    let b = a + (xi << 2);
    let w = weight;
    let sumA = f32x4.splat(bias);
    let sumB = sumA;
    let k = inFeatures;
    for (; k >= 4; k -= 4) {
      r0 = v128.load(a);
      r1 = v128.load(a + xi);
      r2 = v128.load(a + xi2);
      r3 = v128.load(a + xi3);
      t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t0, t1, 0, 1, 4, 5), v128.load32_splat(w)));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t0, t1, 2, 3, 6, 7), v128.load32_splat(w, 4)));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t2, t3, 0, 1, 4, 5), v128.load32_splat(w, 8)));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t2, t3, 2, 3, 6, 7), v128.load32_splat(w, 12)));
      r0 = v128.load(b);
      r1 = v128.load(b + xi);
      r2 = v128.load(b + xi2);
      r3 = v128.load(b + xi3);
      t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t0, t1, 0, 1, 4, 5), v128.load32_splat(w)));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t0, t1, 2, 3, 6, 7), v128.load32_splat(w, 4)));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t2, t3, 0, 1, 4, 5), v128.load32_splat(w, 8)));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t2, t3, 2, 3, 6, 7), v128.load32_splat(w, 12)));
      a += 16;
      b += 16;
      w += 16;
    }
    for (; k > 0; k--) {
      r0 = v128.load32_zero(a);
      r0 = v128.load32_lane(a + xi, r0, 1);
      r0 = v128.load32_lane(a + xi2, r0, 2);
      r0 = v128.load32_lane(a + xi3, r0, 3);
      sumA = f32x4.add(sumA, f32x4.mul(r0, v128.load32_splat(w)));
      r0 = v128.load32_zero(b);
      r0 = v128.load32_lane(b + xi, r0, 1);
      r0 = v128.load32_lane(b + xi2, r0, 2);
      r0 = v128.load32_lane(b + xi3, r0, 3);
      sumB = f32x4.add(sumB, f32x4.mul(r0, v128.load32_splat(w)));
      a += 4;
      b += 4;
      w += 4;
    }
    v128.store32_lane(y, sumA, 0);
    v128.store32_lane(y + yi, sumA, 1);
    v128.store32_lane(y + yi2, sumA, 2);
    v128.store32_lane(y + yi3, sumA, 3);
    y += yi << 2;
    v128.store32_lane(y, sumB, 0);
    v128.store32_lane(y + yi, sumB, 1);
    v128.store32_lane(y + yi2, sumB, 2);
    v128.store32_lane(y + yi3, sumB, 3);
    y += yi << 2;
    x += xi * 8;
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
