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
  for (; rows >= 8; rows -= 8) {
    let a = x;
    let b = x + (xi << 2);
    let w = weight;
    let sumA = f32x4.splat(bias);
    let sumB = sumA;
    let k = inFeatures;
    for (; k >= 4; k -= 4) {
      const w0 = v128.load32_splat(w);
      const w1 = v128.load32_splat(w, 4);
      const w2 = v128.load32_splat(w, 8);
      const w3 = v128.load32_splat(w, 12);
      let r0 = v128.load(a);
      let r1 = v128.load(a + xi);
      let r2 = v128.load(a + xi * 2);
      let r3 = v128.load(a + xi * 3);
      let t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      let t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      let t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      let t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t0, t1, 0, 1, 4, 5), w0));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t0, t1, 2, 3, 6, 7), w1));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t2, t3, 0, 1, 4, 5), w2));
      sumA = f32x4.add(sumA, f32x4.mul(v128.shuffle<i32>(t2, t3, 2, 3, 6, 7), w3));
      r0 = v128.load(b);
      r1 = v128.load(b + xi);
      r2 = v128.load(b + xi * 2);
      r3 = v128.load(b + xi * 3);
      t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t0, t1, 0, 1, 4, 5), w0));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t0, t1, 2, 3, 6, 7), w1));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t2, t3, 0, 1, 4, 5), w2));
      sumB = f32x4.add(sumB, f32x4.mul(v128.shuffle<i32>(t2, t3, 2, 3, 6, 7), w3));
      a += 16;
      b += 16;
      w += 16;
    }
    for (; k > 0; k--) {
      const s = v128.load32_splat(w);
      let va = v128.load32_zero(a);
      va = v128.load32_lane(a + xi, va, 1);
      va = v128.load32_lane(a + xi * 2, va, 2);
      va = v128.load32_lane(a + xi * 3, va, 3);
      sumA = f32x4.add(sumA, f32x4.mul(va, s));
      let vb = v128.load32_zero(b);
      vb = v128.load32_lane(b + xi, vb, 1);
      vb = v128.load32_lane(b + xi * 2, vb, 2);
      vb = v128.load32_lane(b + xi * 3, vb, 3);
      sumB = f32x4.add(sumB, f32x4.mul(vb, s));
      a += 4;
      b += 4;
      w += 4;
    }
    v128.store32_lane(y, sumA, 0);
    v128.store32_lane(y + yi, sumA, 1);
    v128.store32_lane(y + yi * 2, sumA, 2);
    v128.store32_lane(y + yi * 3, sumA, 3);
    y += yi << 2;
    v128.store32_lane(y, sumB, 0);
    v128.store32_lane(y + yi, sumB, 1);
    v128.store32_lane(y + yi * 2, sumB, 2);
    v128.store32_lane(y + yi * 3, sumB, 3);
    y += yi << 2;
    x += xi << 3;
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
