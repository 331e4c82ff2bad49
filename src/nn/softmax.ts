import { classification } from "../core/families.js";
import { activeCore } from "../core/select.js";
import { shapeText, wrongValue } from "../errors.js";
import { Tensor } from "../tensor.js";
import { copyValues, shapeOf, snapshot, type Values } from "../values.js";

/** @throws TypeError or RangeError for what is not rows of at least one class */
function rowsAndClasses(values: Values): readonly [rows: number, classes: number] {
  const shape = shapeOf("t", values);
  const [rows = 0, classes = 0] = shape;
  if (shape.length !== 2 || classes === 0) throw wrongValue("t", "rows × classes", shapeText(shape));
  return [rows, classes];
}

/**
 * Makes probabilities of logits: exp(t[r, c]) / Σ exp(t[r, k]) in each row, without overflow. Rows add up to
 * 1 within 1e-6. A row with NaN or ∞ in it, or of −∞ alone, becomes NaN. As torch.softmax(t, 1).
 *
 * @param t rows × classes: any values, or a module's output
 * @returns a tensor of its own, rows × classes
 * @throws TypeError or RangeError for what is not rows of numbers, or when memory is exhausted; Error for a stale output
 * @example
 * import { softmax } from "rprop";
 * console.log(softmax([[0, 0], [1e4, -1e4]]).toRows()); // [ [ 0.5, 0.5 ], [ 1, 0 ] ]
 */
export function softmax(t: Values): Tensor {
  const [rows, classes] = rowsAndClasses(t);
  const data = snapshot(t, rows * classes);
  const core = activeCore();
  const block = core.allocate(Math.max(1, data.length));
  try {
    copyValues(data, block.view);
    core.family(classification).softmax(block, block, rows, classes);
    data.set(block.view.subarray(0, data.length));
  } finally {
    core.free(block);
  }
  return Tensor.over([rows, classes], data);
}

/**
 * Finds the index of the largest number of each row, the first of those that are equal in float32 (±0 are).
 * NaN counts as larger than any number, as in torch.argmax: a row's first NaN is what is found.
 *
 * @param t rows × classes: any values, or a module's output
 * @returns an index for each row
 * @throws TypeError or RangeError for what is not rows of numbers; Error for a stale output
 * @example
 * import { argmax } from "rprop";
 * console.log(argmax([[1, 3, 2], [5, 5, 0]])); // [ 1, 0 ]
 */
export function argmax(t: Values): number[] {
  const [rows, classes] = rowsAndClasses(t);
  const data = snapshot(t, rows * classes);
  return Array.from({ length: rows }, (_, r) => {
    let best = 0;
    const at = (c: number) => data[r * classes + c] as number;
    for (let c = 1; c < classes; c++) if (!(at(c) <= at(best)) && !Number.isNaN(at(best))) best = c;
    return best;
  });
}
