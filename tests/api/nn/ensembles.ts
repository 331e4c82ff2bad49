/** Members of ensembles. */
import {
  GELU,
  Generator,
  Linear,
  type Module,
  Normalization,
  ReLU,
  Sequential,
  Tanh,
  type Tensor,
} from "../../../src/index.js";

const seeded = new Generator(5);
const linear = (ins: number, outs: number) => new Linear(ins, outs, { generator: seeded });

/** Of one width, and not alike inside. */
export const members = (ins: number, outs: number): Module[] => [
  new Sequential(linear(ins, 5), new Tanh(), linear(5, outs)),
  linear(ins, outs),
  new Sequential(new GELU(), new Sequential(linear(ins, 3), new ReLU()), linear(3, outs)),
];

/** Gives every number as it is: mean 0, std 1. */
export const identity = (columns: number) =>
  new Normalization([-1, 1].map((value) => new Array(columns).fill(value)));

/** A member whose output is these numbers, whatever the row. */
export function constant(...outputs: number[]): Linear {
  const made = new Linear(1, outputs.length);
  made.loadStateDict({ weight: outputs.map(() => [0]), bias: outputs });
  return made;
}

export const rowsOf = (count: number, columns: number): Tensor => new Generator(count).randn(count, columns);
