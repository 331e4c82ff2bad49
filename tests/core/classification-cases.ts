/** What the tests of classification run kernels on. */

import type { Core } from "../../src/core/contract/core.js";
import { classification } from "../../src/core/families.js";
import { inRoom } from "./cores.js";
import { generator, mixed, uniform } from "./numbers.js";

const { fround } = Math;

export const counts = [0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 513];
export const widths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 33];
export const shapes = counts.flatMap((rows) => widths.map((columns) => ({ rows, columns })));

/** Predictions that a loss is made for, of which about the share given is special. */
export function predictions(name: string, random: () => number, count: number, share: number): Float32Array {
  const spread = mixed(random, count, share);
  return name === "binaryCrossEntropy" ? spread.map(Math.abs) : spread.map((z) => 20 * z);
}

export interface CrossEntropyCase {
  x: Float32Array;
  target: Float32Array;
  indexed: boolean;
  weight: Float32Array;
  rows: number;
  columns: number;
  smoothing: number;
}

export function crossEntropyCase(
  seed: number,
  rows: number,
  columns: number,
  indexed: boolean,
  share: number,
): CrossEntropyCase {
  const random = generator(seed);
  return {
    x: mixed(random, rows * columns, share).map((z) => 10 * z),
    target: indexed
      ? Float32Array.from({ length: rows }, () => Math.floor(random() * columns))
      : mixed(random, rows * columns, share).map(Math.abs),
    indexed,
    weight: seed % 2 === 0 ? new Float32Array(columns).fill(1) : uniform(random, columns, 0, 3),
    rows,
    columns,
    smoothing: [0, 0.125, 0.3, 1][seed % 4] as number,
  };
}

export function crossEntropy(core: Core, of: CrossEntropyCase, spare = 0) {
  const { x, target, indexed, weight, rows, columns, smoothing } = of;
  return inRoom(core, (room) => {
    const [logits, aim, weights] = [
      room.input(x, spare),
      room.input(target, spare),
      room.input(weight, spare),
    ];
    const derivative = room.output(rows * columns, spare);
    const [keep, share] = [fround(1 - smoothing), fround(smoothing / columns)];
    const kernels = core.family(classification);
    const sum = kernels.crossEntropy(logits, aim, indexed, weights, derivative, rows, columns, keep, share);
    return { sum, derivative: derivative.view.slice(0, rows * columns) };
  });
}

/** Rows of x, with what is 1 for the class of an index and 0 for others, or the probabilities. */
export function rowsOf({ x, target, indexed, rows, columns }: CrossEntropyCase) {
  return Array.from({ length: rows }, (_, r) => ({
    row: Array.from(x.subarray(r * columns, (r + 1) * columns)),
    t: Array.from({ length: columns }, (_, c) =>
      indexed ? (target[r] === c ? 1 : 0) : (target[r * columns + c] as number),
    ),
  }));
}
