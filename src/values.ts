import { newArray } from "./array.js";
import { describe, isDetached, pluralize, shapeText, Verbatim, wrongType, wrongValue } from "./errors.js";
import { sizeOf, Tensor, type TensorLike } from "./tensor.js";

/** @throws TypeError or RangeError for what are not lengths */
export function checkShape(name: string, shape: readonly unknown[]): void {
  for (let i = 0; i < shape.length; i++) {
    const length = shape[i];
    if (typeof length !== "number") throw wrongType(name, "whole numbers", length);
    if (!Number.isSafeInteger(length) || length < 0)
      throw wrongValue(name, "whole numbers of at least 0", length);
  }
}

/** Whatever holds numbers: a Tensor, a typed array, an array, or an array of equally long rows. */
export type Values = TensorLike | ArrayLike<number> | ArrayLike<ArrayLike<number>>;

export function isTensorLike(values: unknown): values is TensorLike {
  return typeof values === "object" && values !== null && "shape" in values && "data" in values;
}

/**
 * The shape of values once all of them are known to be numbers, NaN and infinities included.
 *
 * @throws TypeError for what is not numbers, RangeError for rows of different lengths
 */
export function shapeOf(name: string, values: Values): readonly number[] {
  if (values instanceof Tensor) {
    checkNumbers(name, values.view, "");
    return values.shape;
  }
  if (isTensorLike(values)) return shapeOfTensor(name, values);
  if (!isArrayLike(values)) throw wrongType(name, "numbers, rows of numbers or a tensor", values);
  if (isRows(values)) return shapeOfRows(name, values);
  checkNumbers(name, values, "");
  return [values.length];
}

/** Writes values, whose shape is known, in row-major order, rounded as to is. */
export function copyValues(values: Values, to: Float32Array | Float64Array): void {
  if (values instanceof Tensor) to.set(values.view);
  else if (isTensorLike(values)) to.set(values.data);
  else if (isRows(values)) {
    let at = 0;
    for (let r = 0; r < values.length; r++) {
      const row = values[r] as ArrayLike<number>;
      to.set(row, at);
      at += row.length;
    }
  } else to.set(values);
}

/**
 * A copy of values whose shape is known, for when core memory has to grow before they are copied there: growth would
 * detach what is a view of it.
 */
export function snapshot(values: Values, size: number): Float32Array {
  const copy = newArray(Float32Array, size);
  copyValues(values, copy);
  return copy;
}

/**
 * Calls check with every number, rounded to float32, and its place in row-major order; values are of known shape. Nothing is
 * copied.
 */
export function eachValue(values: Values, check: (value: number, i: number) => void): void {
  let at = 0;
  const each = (list: ArrayLike<number>) => {
    for (let i = 0; i < list.length; i++) check(Math.fround(list[i] as number), at++);
  };
  if (values instanceof Tensor) each(values.view);
  else if (isTensorLike(values)) each(values.data);
  else if (isRows(values)) for (let r = 0; r < values.length; r++) each(values[r] as ArrayLike<number>);
  else each(values);
}

/**
 * The number of rows of values that have this many columns: two-dimensional values of that width, or flat ones,
 * which are cut into rows.
 */
export function countRows(name: string, values: Values, columns: number, unit: string): number {
  return rowsIn(name, shapeOf(name, values), columns, unit);
}

/** As countRows, of values of this shape. */
export function rowsIn(name: string, shape: readonly number[], columns: number, unit: string): number {
  const refused = (got: Verbatim) => wrongValue(name, `rows × ${pluralize(columns, unit)}`, got);
  if (shape.length === 2) {
    if (shape[1] === columns) return shape[0] as number;
    // An empty array of rows says nothing about their width.
    if (shape[0] === 0) return 0;
  } else if (shape.length === 1) {
    const count = shape[0] as number;
    if (count % columns === 0) return count / columns;
    throw refused(new Verbatim(pluralize(count, "value")));
  }
  throw refused(shapeText(shape));
}

/** Rows and columns of values of this many features or, where width is null, of any; flat values are one column then. */
export function countRowsAndColumns(
  name: string,
  values: Values,
  width: number | null = null,
): readonly [rows: number, columns: number] {
  if (width !== null) return [countRows(name, values, width, "feature"), width];
  const shape = shapeOf(name, values);
  const [rows = 0, columns = 1] = shape;
  if (shape.length === 0 || shape.length > 2) throw wrongValue(name, "rows × features", shapeText(shape));
  if (columns === 0) throw wrongValue(name, "rows of at least 1 feature", shapeText(shape));
  return [rows, columns];
}

/** How other libraries say where the numbers of a view lie: by steps along each axis, or by a word. */
interface Layout {
  readonly stride?: { join?(): string };
  readonly strides?: { join?(): string };
  readonly order?: string;
  readonly fortranOrder?: boolean;
}

function shapeOfTensor(name: string, tensor: TensorLike & Layout): readonly number[] {
  const { shape, data, stride, strides = stride, order, fortranOrder } = tensor;
  if (!Array.isArray(shape)) throw wrongType(`${name}.shape`, "an array of whole numbers", shape);
  checkShape(`${name}.shape`, shape);
  if (!isArrayLike(data)) throw wrongType(`${name}.data`, "numbers", data);
  checkNumbers(`${name}.data`, data, "");
  const rowMajor = shape.map((_, axis) => sizeOf(shape.slice(axis + 1))).join();
  const isOther = fortranOrder || /F|col/.test(order as string); // "F", "column-major"
  if ((strides?.join?.() ?? (isOther || rowMajor)) !== rowMajor)
    throw wrongValue(name, "a row-major copy", tensor);
  if (data.length !== sizeOf(shape)) {
    throw wrongValue(`${name}.data`, `${sizeOf(shape)} values for ${shapeText(shape).text}`, data.length);
  }
  return shape;
}

function shapeOfRows(name: string, rows: ArrayLike<ArrayLike<number>>): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    if (!isArrayLike(row))
      throw wrongType(name, `rows of ${columns} numbers`, new Verbatim(`${describe(row)} as row ${r}`));
    checkNumbers(name, row, `row ${r}, column `); // first, as a detached row has no length
    if (row.length !== columns) {
      throw wrongValue(name, `rows of ${columns} numbers`, new Verbatim(`${row.length} in row ${r}`));
    }
  }
  return [rows.length, columns];
}

function checkNumbers(name: string, values: ArrayLike<unknown>, where: string): void {
  if (ArrayBuffer.isView(values)) {
    if (isDetached(values) || /^Big/.test(values.constructor.name)) throw wrongType(name, "numbers", values);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number") {
      throw wrongType(name, "numbers", new Verbatim(`${describe(values[i])} at ${where || "index "}${i}`));
    }
  }
}

function isArrayLike(values: unknown): values is ArrayLike<unknown> {
  if (typeof values !== "object" || values === null) return false;
  const { length } = values as { length?: unknown };
  return Number.isSafeInteger(length) && (length as number) >= 0;
}

function isRows(values: ArrayLike<unknown>): values is ArrayLike<ArrayLike<number>> {
  return isArrayLike(values[0]);
}
