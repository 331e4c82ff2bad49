import { newArray } from "../array.js";
import { notFinite, wrongValue } from "../errors.js";
import type { Criterion } from "../nn/losses/criterion.js";
import type { Module } from "../nn/module.js";
import { validationCount, validationMask } from "../random/validation-rows.js";
import { snapshot, type Values } from "../values.js";
import { type Rows, shapesOf } from "./trainers/dataset.js";

/**
 * Two sets of the rows, each in their order: those to train on and the share for validation, drawn by the seed.
 *
 * @param share between 0 and 1; the number of rows is rounded, but neither set is empty
 * @throws TypeError or RangeError for rows that do not fit, are not finite, or are fewer than two
 */
export function splitRows(
  model: Module,
  rows: Rows,
  criterion: Criterion,
  share: number,
  seed: number,
): [training: Rows, validation: Rows] {
  const { rows: count, columns, outputs, targetColumns } = shapesOf(model, rows, criterion);
  if (count < 2) throw wrongValue("x", "at least two rows for a validation share", count);
  const wanted = validationCount(share, count);
  const mask = validationMask(count, wanted, seed);
  // Here, since rows have other numbers in their sets.
  criterion.validate("y", null, rows.y, count, outputs);
  const parts = (name: string, values: Values, width: number): [Values, Values] => {
    const all = snapshot(values, count * width);
    if (!all.every(Number.isFinite)) throw notFinite(name, all, width);
    const sets = [
      newArray(Float32Array, (count - wanted) * width),
      newArray(Float32Array, wanted * width),
    ] as const;
    const at = [0, 0] as [number, number];
    mask.forEach((isValidation, row) => {
      const set = isValidation as 0 | 1;
      sets[set].set(all.subarray(row * width, (row + 1) * width), at[set]);
      at[set] += width;
    });
    const shaped = (data: Float32Array) => ({
      shape: width === 1 ? [data.length] : [data.length / width, width],
      data,
    });
    return [shaped(sets[0]), shaped(sets[1])];
  };
  const x = parts("x", rows.x, columns);
  const y = parts("y", rows.y, targetColumns);
  return [
    { x: x[0], y: y[0] },
    { x: x[1], y: y[1] },
  ];
}
