export interface Shape {
  rows: number;
  ins: number;
  outs: number;
  /** Counts the shapes: what may vary besides the shape varies with it. */
  index: number;
}

const fewRows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17, 19, 20, 21];
const manyRows = [255, 256, 257, 511, 512, 513, 769];
const features = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40];
const outputs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33];
const manyOutputs = [255, 256, 257, 260];

/**
 * Around the widths that kernels work in: vectors of 4, panels of 8, tiles of 5 × 8 and 32, blocks of 256 rows. All
 * combinations of what is small; what is large goes with a few of each kind.
 */
export function shapes(): Shape[] {
  return [
    ...combine(fewRows, features, outputs),
    ...combine(manyRows, [1, 3, 4, 8, 33], [1, 3, 4, 5, 9]),
    ...combine([1, 4, 5, 21, 257], [1, 3, 8, 9, 17], manyOutputs),
  ].map((shape, index) => ({ ...shape, index }));
}

/** A few shapes for tests that are about numbers. */
export function someShapes(): Shape[] {
  return shapes().filter(({ index }) => index % 67 === 0);
}

function combine(rows: number[], ins: number[], outs: number[]): Omit<Shape, "index">[] {
  return rows.flatMap((r) => ins.flatMap((i) => outs.map((o) => ({ rows: r, ins: i, outs: o }))));
}

export function named({ rows, ins, outs }: Omit<Shape, "index">): string {
  return `${rows} rows, ${ins} → ${outs}`;
}
