import type { Owned } from "../array.js";
import { newArray } from "../array.js";
import { describe, Verbatim, wrongType, wrongValue } from "../errors.js";
import { someOf } from "./column-names.js";

/** What says which class a row is of: texts, or numbers. */
export type Label = string | number;

/** Labels as a loss takes them, with what each class stands for. */
export interface Encoded<L extends Label, Data, Shape extends readonly number[]> {
  /** The classes, each once: classes[c] is the label of class c. */
  readonly classes: readonly L[];
  /** [rows], or [rows, classes]. */
  readonly shape: Shape;
  /** The numbers in row-major order, the caller's. */
  readonly data: Data;
}

/**
 * Numbers the classes of labels, from 0: targets for CrossEntropyLoss.
 *
 * @param labels texts, or numbers that are not NaN: rows of them
 * @param classes the labels in the order of their classes. Default: those that occur, numbers ascending, texts in the order of
 * their UTF-16 code units. Give the classes of the training rows to encode other rows as they are.
 * @returns shape [rows], and the numbers, the caller's
 * @throws TypeError for labels of other kinds, or of both; RangeError for a label that is none of the classes, and for
 * classes that are given twice
 * @example
 * import { classIndices } from "rprop/data";
 * const { classes, data } = classIndices(["tea", "milk", "tea"]);
 * console.log(classes.join(" "), data.join(" ")); // milk tea 1 0 1
 */
export function classIndices<L extends Label>(
  labels: ArrayLike<L>,
  classes: readonly L[] = occurring(labels),
): Encoded<L, Owned<Int32ArrayConstructor>, readonly [rows: number]> {
  checkLabels("classes", classes);
  const indices = new Map(classes.map((label, c) => [label, c]));
  if (indices.size < classes.length)
    throw wrongValue("classes", "each class once", new Verbatim("one of them twice"));
  checkLabels("labels", labels);
  const data = Int32Array.from(labels, (label, row) => {
    const index = indices.get(label);
    if (index !== undefined) return index;
    const given = new Verbatim(`${JSON.stringify(label)} in row ${row}`);
    throw wrongValue("labels", `one of the classes ${someOf(classes).text}`, given);
  });
  return { classes: [...classes], shape: [data.length], data };
}

/**
 * Makes rows with a 1 in the column of the label's class, and 0 elsewhere: inputs that stand for a choice, or
 * probabilities for CrossEntropyLoss.
 *
 * @param labels as {@link classIndices} takes them
 * @param classes as there
 * @returns shape [rows, classes] and the numbers in row-major order, the caller's
 * @throws TypeError or RangeError as classIndices
 * @example
 * import { oneHot } from "rprop/data";
 * const { shape, data } = oneHot(["tea", "milk", "tea"], ["milk", "tea"]);
 * console.log(shape.join(" × "), data.join(" ")); // 3 × 2 0 1 1 0 0 1
 */
export function oneHot<L extends Label>(
  labels: ArrayLike<L>,
  classes?: readonly L[],
): Encoded<L, Owned<Float32ArrayConstructor>, readonly [rows: number, classes: number]> {
  const encoded = classIndices(labels, classes);
  const columns = encoded.classes.length;
  const data = newArray(Float32Array, encoded.data.length * columns);
  encoded.data.forEach((index, row) => {
    data[row * columns + index] = 1;
  });
  return { classes: encoded.classes, shape: [encoded.data.length, columns], data };
}

function occurring<L extends Label>(labels: ArrayLike<L>): L[] {
  checkLabels("labels", labels);
  return [...new Set(Array.from(labels))].sort((a, b) => (a < b ? -1 : 1));
}

/** Only labels of one kind have an order, and only those that equal themselves a class. */
function checkLabels(name: string, labels: unknown): void {
  const { length } = Object(labels);
  if (typeof labels !== "object" || !Number.isSafeInteger(length) || length < 0)
    throw wrongType(name, "an array of texts or numbers", labels);
  const all = labels as ArrayLike<unknown>;
  const kind = typeof all[0] === "string" ? "texts" : "numbers";
  for (let row = 0; row < all.length; row++) {
    const label = all[row];
    if (typeof label !== (kind === "texts" ? "string" : "number") || Number.isNaN(label))
      throw wrongType(
        name,
        `${kind}, none of them missing`,
        new Verbatim(`${describe(label)} in row ${row}`),
      );
  }
}
