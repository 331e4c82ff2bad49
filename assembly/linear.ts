/**
 * The matrix products of a linear layer; formulas and orders of sums: Core in src/core/contract/core.ts. Scratch: constants.ts.
 *
 *   x, dx        rows × inFeatures        weight   outFeatures × inFeatures
 *   y, dy        rows × outFeatures       bias     outFeatures, or address 0 for none
 *   total        float64, shaped as weight or bias; block results are added to it
 */
import { assertDoubles, assertFloats } from "./check";
import { BLOCK_ROWS, PANEL_ROW_BYTES, PANELS, RESULTS, ZEROS } from "./constants";
import { forwardNarrow } from "./narrow";
import { addColumns, copyColumns, packColumns, packRows } from "./panel";
import { tile1x8, tile1x16, tile1x32, tile4x8, tile5x8 } from "./tile";

/** With fewer outputs than this, most lanes of an 8-wide panel would be padding. */
const NARROW: i32 = 4;

/** Outputs from which a gradient of weights is faster with packed columns. */
const WORTH_PACKING: i32 = 20;

export function packForward(
  weight: usize,
  bias: usize,
  panels: usize,
  inFeatures: i32,
  outFeatures: i32,
): void {
  // What forwardNarrow reads is a panel of one column for each output.
  packRows(weight, bias, panels, inFeatures, outFeatures, outFeatures < NARROW ? 1 : PANEL_ROW_BYTES >> 2);
}

export function linearForward(
  x: usize,
  panels: usize,
  y: usize,
  rows: i32,
  inFeatures: i32,
  outFeatures: i32,
  scratch: usize,
): void {
  assertFloats(x, rows * inFeatures);
  assertFloats(y, rows * outFeatures);
  if (outFeatures < NARROW) forwardNarrow(x, panels, y, rows, inFeatures, outFeatures);
  else product(x, panels, y, rows, outFeatures, inFeatures, scratch);
}

export function packBackward(weight: usize, panels: usize, inFeatures: i32, outFeatures: i32): void {
  packColumns(weight, (<usize>inFeatures) << 2, panels, outFeatures, inFeatures);
}

export function linearGradInput(
  dy: usize,
  panels: usize,
  dx: usize,
  rows: i32,
  inFeatures: i32,
  outFeatures: i32,
  scratch: usize,
): void {
  assertFloats(dy, rows * outFeatures);
  assertFloats(dx, rows * inFeatures);
  product(dy, panels, dx, rows, inFeatures, outFeatures, scratch);
}

/**
 * Rows of x are the right-hand side here, and dy is read down its columns. Where enough outputs share them, eight
 * columns of a block of x are packed: read in place, rows that are a multiple of 4,096 bytes apart share a cache set
 * and run at 60 %, while packing for ten outputs costs 17 % (256 × 1024 → 256 and 2000 × 128 → 10 in bench/kernels.ts).
 */
export function linearGradParameters(
  dy: usize,
  x: usize,
  weightTotal: usize,
  biasTotal: usize,
  rows: i32,
  inFeatures: i32,
  outFeatures: i32,
  scratch: usize,
): void {
  assertFloats(dy, rows * outFeatures);
  assertFloats(x, rows * inFeatures);
  assertDoubles(weightTotal, inFeatures * outFeatures);
  if (biasTotal) assertDoubles(biasTotal, outFeatures);
  const dyRow = (<usize>outFeatures) << 2;
  const xRow = (<usize>inFeatures) << 2;
  const results = scratch + RESULTS;
  const panels = scratch + PANELS;
  for (; rows > 0; rows -= BLOCK_ROWS) {
    const depth = min(rows, BLOCK_ROWS);
    if (outFeatures < NARROW) {
      gradNarrow(dy, x, weightTotal, biasTotal, depth, inFeatures, outFeatures, results);
    } else {
      if (biasTotal) gradBias(dy, biasTotal, depth, outFeatures, results);
      for (let k = 0; k < inFeatures; k += 8) {
        const columns = min(inFeatures - k, 8);
        let b = x + ((<usize>k) << 2);
        let bk = xRow;
        if (outFeatures >= WORTH_PACKING) {
          packColumns(b, xRow, panels, depth, columns);
          b = panels + PANEL_ROW_BYTES;
          bk = PANEL_ROW_BYTES;
        }
        for (let o = 0; o < outFeatures; o += BLOCK_ROWS) {
          const outputs = min(outFeatures - o, BLOCK_ROWS);
          panel(
            dy + ((<usize>o) << 2),
            4,
            dyRow,
            b,
            bk,
            scratch + ZEROS,
            results,
            PANEL_ROW_BYTES,
            outputs,
            depth,
          );
          addColumns(
            results,
            PANEL_ROW_BYTES,
            weightTotal + ((<usize>o * inFeatures + k) << 3),
            inFeatures,
            outputs,
            columns,
          );
        }
      }
    }
    dy += dyRow * depth;
    x += xRow * depth;
  }
}

function gradNarrow(
  dy: usize,
  x: usize,
  weightTotal: usize,
  biasTotal: usize,
  depth: i32,
  inFeatures: i32,
  outFeatures: i32,
  results: usize,
): void {
  const dyRow = (<usize>outFeatures) << 2;
  const xRow = (<usize>inFeatures) << 2;
  for (let o = 0; o < outFeatures; o++) {
    for (let k = 0; k < inFeatures; k += 32) {
      if (inFeatures - k > 16) tile1x32(dy, dyRow, x + ((<usize>k) << 2), xRow, results, depth);
      else tile1x16(dy, dyRow, x + ((<usize>k) << 2), xRow, results, depth);
      addColumns(results, 128, weightTotal + ((<usize>k) << 3), inFeatures, 1, min(inFeatures - k, 32));
    }
    if (biasTotal) {
      addColumns(results + 128, 16, biasTotal, 1, 1, 1);
      biasTotal += 8;
    }
    dy += 4;
    weightTotal += (<usize>inFeatures) << 3;
  }
}

/** Sums of the columns of dy, sixteen side by side, which hides the latency of addition. */
function gradBias(dy: usize, total: usize, depth: i32, outFeatures: i32, results: usize): void {
  const dyRow = (<usize>outFeatures) << 2;
  for (let o = 0; o < outFeatures; o += 16) {
    let column = dy + ((<usize>o) << 2);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let r = depth; r > 0; r--) {
      s0 = f32x4.add(s0, v128.load(column));
      s1 = f32x4.add(s1, v128.load(column, 16));
      s2 = f32x4.add(s2, v128.load(column, 32));
      s3 = f32x4.add(s3, v128.load(column, 48));
      column += dyRow;
    }
    v128.store(results, s0);
    v128.store(results, s1, 16);
    v128.store(results, s2, 32);
    v128.store(results, s3, 48);
    addColumns(results, 64, total + ((<usize>o) << 3), outFeatures, 1, min(outFeatures - o, 16));
  }
}

/** c = a · panels, a and c row-major and contiguous; 256 rows of a stay in cache while the panels pass. */
function product(
  a: usize,
  panels: usize,
  c: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  scratch: usize,
): void {
  const ai = (<usize>depth) << 2;
  const ci = (<usize>columns) << 2;
  for (; rows > 0; rows -= BLOCK_ROWS) {
    const block = min(rows, BLOCK_ROWS);
    let start = panels;
    for (let j = 0; j < columns; j += 8) {
      const to = c + ((<usize>j) << 2);
      if (columns - j >= 8)
        panel(a, ai, 4, start + PANEL_ROW_BYTES, PANEL_ROW_BYTES, start, to, ci, block, depth);
      else {
        panel(
          a,
          ai,
          4,
          start + PANEL_ROW_BYTES,
          PANEL_ROW_BYTES,
          start,
          scratch + RESULTS,
          PANEL_ROW_BYTES,
          block,
          depth,
        );
        copyColumns(scratch + RESULTS, to, ci, block, columns - j);
      }
      start += (<usize>depth + 1) * PANEL_ROW_BYTES;
    }
    a += ai * block;
    c += ci * block;
  }
}

/** Eight columns of c for any number of rows: fives, and fours where fives would leave ones. */
function panel(
  a: usize,
  ai: usize,
  ak: usize,
  b: usize,
  bk: usize,
  start: usize,
  c: usize,
  ci: usize,
  rows: i32,
  depth: i32,
): void {
  for (; rows >= 20 || (rows >= 5 && (rows & 3) != 0); rows -= 5) {
    tile5x8(a, ai, ak, b, bk, start, c, ci, depth);
    a += ai * 5;
    c += ci * 5;
  }
  for (; rows >= 4; rows -= 4) {
    tile4x8(a, ai, ak, b, bk, start, c, ci, depth);
    a += ai << 2;
    c += ci << 2;
  }
  for (; rows > 0; rows--) {
    tile1x8(a, ak, b, bk, start, c, depth);
    a += ai;
    c += ci;
  }
}
