/** Packs right-hand matrices into panels of eight columns, and copies a panel's results out of scratch. */

/**
 * Panels of the transposed matrix: with panels of 8 columns, panel j holds rows 8j … 8j + 7 of weight as its columns,
 * below their biases. weight is rows × depth; bias has rows entries, or address 0 stands for +0. Missing rows are zeros.
 */
export function packRows(
  weight: usize,
  bias: usize,
  panels: usize,
  depth: i32,
  rows: i32,
  columns: i32,
): void {
  const step = (<usize>columns) << 2;
  const panelBytes = (<usize>depth + 1) * step;
  for (let row = 0; row < rows; row++) {
    let to = panels + panelBytes * (row / columns) + ((row % columns) << 2);
    store<f32>(to, bias ? load<f32>(bias + ((<usize>row) << 2)) : 0);
    for (let k = depth; k > 0; k--) {
      to += step;
      store<f32>(to, load<f32>(weight));
      weight += 4;
    }
  }
  for (let row = rows; row % columns != 0; row++) {
    let to = panels + panelBytes * (row / columns) + ((row % columns) << 2);
    for (let k = depth; k >= 0; k--) {
      store<f32>(to, 0);
      to += step;
    }
  }
}

/**
 * Panels of the matrix as it is: panel j holds columns 8j … 8j + 7 below eight +0. matrix has depth rows that are
 * row bytes apart; missing columns are zeros.
 */
export function packColumns(matrix: usize, row: usize, panels: usize, depth: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  for (; columns > 0; columns -= 8) {
    v128.store(panels, zero);
    v128.store(panels, zero, 16);
    panels += 32;
    let from = matrix;
    for (let k = depth; k > 0; k--) {
      if (columns >= 8) {
        v128.store(panels, v128.load(from));
        v128.store(panels, v128.load(from, 16), 16);
      } else
        for (let j = 0; j < 8; j++)
          store<f32>(panels + (j << 2), j < columns ? load<f32>(from + (j << 2)) : 0);
      panels += 32;
      from += row;
    }
    matrix += 32;
  }
}

/** The first columns (< 8) of each row of an 8-wide panel, to rows that are ci bytes apart. */
export function copyColumns(panel: usize, c: usize, ci: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--) {
    for (let j = 0; j < columns; j++) store<f32>(c + (j << 2), load<f32>(panel + (j << 2)));
    panel += 32;
    c += ci;
  }
}

/** total += block for the first columns of each row; block rows are blockRow bytes apart, total's width elements. */
export function addColumns(
  block: usize,
  blockRow: usize,
  total: usize,
  width: i32,
  rows: i32,
  columns: i32,
): void {
  for (; rows > 0; rows--) {
    let from = block;
    let to = total;
    let j = columns;
    for (; j >= 4; j -= 4) {
      const v = v128.load(from);
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v)));
      const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
      v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
      from += 16;
      to += 32;
    }
    for (; j > 0; j--) {
      store<f64>(to, load<f64>(to) + <f64>load<f32>(from));
      from += 4;
      to += 8;
    }
    block += blockRow;
    total += (<usize>width) << 3;
  }
}
