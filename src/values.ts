import { counted, describe, ofShape, Phrase, wrongType, wrongValue } from "./errors.js";
import { sizeOf, Tensor, type TensorLike } from "./tensor.js";

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
    values.checkAlive();
    return values.shape;
  }
  if (isTensorLike(values)) return shapeOfTensor(name, values);
  if (!isArrayLike(values)) throw wrongType(name, "numbers, rows of numbers or a tensor", values);
  if (isRows(values)) return shapeOfRows(name, values);
  checkNumbers(name, values, "");
  return [values.length];
}

/** Writes values, whose shape is known, in row-major order, rounded to float32. */
export function copyValues(values: Values, to: Float32Array): void {
  if (values instanceof Tensor) to.set(values.storage.view);
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
 * The number of rows of values that have this many columns: two-dimensional values of that width, or flat ones,
 * which are cut into rows.
 */
export function countRows(name: string, values: Values, columns: number, unit: string): number {
  const shape = shapeOf(name, values);
  const refused = (got: Phrase) => wrongValue(name, `rows × ${counted(columns, unit)}`, got);
  if (shape.length === 2) {
    if (shape[1] === columns) return shape[0] as number;
    // An empty array of rows says nothing about their width.
    if (shape[0] === 0) return 0;
  } else if (shape.length === 1) {
    const count = shape[0] as number;
    if (count % columns === 0) return count / columns;
    throw refused(new Phrase(counted(count, "value")));
  }
  throw refused(ofShape(shape));
}

function shapeOfTensor(name: string, { shape, data }: TensorLike): readonly number[] {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw wrongType(`${name}.shape`, "an array of whole numbers", shape);
  }
  if (!isArrayLike(data)) throw wrongType(`${name}.data`, "numbers", data);
  checkNumbers(`${name}.data`, data, "");
  if (data.length !== sizeOf(shape)) {
    throw wrongValue(`${name}.data`, `${sizeOf(shape)} values for shape [${shape.join(", ")}]`, data.length);
  }
  return shape;
}

function shapeOfRows(name: string, rows: ArrayLike<ArrayLike<number>>): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    if (!isArrayLike(row))
      throw wrongType(name, `rows of ${columns} numbers`, new Phrase(`${describe(row)} as row ${r}`));
    if (row.length !== columns) {
      throw wrongValue(name, `rows of ${columns} numbers`, new Phrase(`${row.length} in row ${r}`));
    }
    checkNumbers(name, row, `row ${r}, column `);
  }
  return [rows.length, columns];
}

function checkNumbers(name: string, values: ArrayLike<unknown>, where: string): void {
  if (ArrayBuffer.isView(values) && typeof (values[0] ?? 0) === "number") return;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number") {
      throw wrongType(name, "numbers", new Phrase(`${describe(values[i])} at ${where || "index "}${i}`));
    }
  }
}

function isArrayLike(values: unknown): values is ArrayLike<unknown> {
  return (
    typeof values === "object" &&
    values !== null &&
    Number.isSafeInteger((values as { length?: unknown }).length)
  );
}

function isRows(values: ArrayLike<unknown>): values is ArrayLike<ArrayLike<number>> {
  return isArrayLike(values[0]);
}
