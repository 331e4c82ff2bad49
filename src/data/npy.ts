import type { Owned } from "../array.js";
import { newArray } from "../array.js";
import { type Bytes, checkedBytes, fromHalves } from "../bytes.js";
import { shapeText, Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import { sizeOf } from "../tensor.js";
import { copyValues, isTensorLike, shapeOf, type Values } from "../values.js";
import { readHeader, writeHeader } from "./npy-header.js";

/** Numbers of an .npy file in row-major order, the caller's. */
export interface NpyArray {
  /** The length of each axis; [] for a scalar. */
  readonly shape: readonly number[];
  /** As many numbers as the product of the shape. */
  readonly data: NpyData;
}

/** The typed arrays that files are read as. */
export type NpyData = Owned<
  | Float32ArrayConstructor
  | Float64ArrayConstructor
  | Int8ArrayConstructor
  | Uint8ArrayConstructor
  | Int16ArrayConstructor
  | Uint16ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
>;

type Read = (buffer: ArrayBuffer) => NpyData;

/** What NumPy calls a kind of number and its bytes. Whole numbers of 64 bits become float64 where it has them. */
const READ: Readonly<Record<string, Read>> = {
  f2: (buffer) => fromHalves(new Uint16Array(buffer)),
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
  i1: (buffer) => new Int8Array(buffer),
  u1: (buffer) => new Uint8Array(buffer),
  b1: (buffer) => new Uint8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  i8: (buffer) => exact(new BigInt64Array(buffer)),
  u8: (buffer) => exact(new BigUint64Array(buffer)),
};

/**
 * Reads the array in an .npy file, as numpy.save writes it: floating point of 16, 32 and 64 bits, whole
 * numbers of 8 to 64, truth values as 0 and 1; of either byte order. What is in Fortran's order comes in C's.
 *
 * @param bytes of the whole file: a Uint8Array, a Buffer, a DataView or an ArrayBuffer
 * @returns the shape, and numbers of the file's own type in row-major order: float32 for 16 bits, float64 for whole numbers of 64
 * @throws TypeError for what are no bytes; FormatError for a file that is damaged, of another kind (objects, texts, complex
 * numbers, records), or has whole numbers beyond ±(2^53 − 1); nothing large is allocated then
 * @example
 * import { readNpy, writeNpy } from "rprop/data";
 * const { shape, data } = readNpy(writeNpy([[1, 2, 3], [4, 5, 6]]));
 * console.log(shape.join(" × "), data.join(" ")); // 2 × 3 1 2 3 4 5 6
 */
export function readNpy(bytes: Bytes): NpyArray {
  const file = checkedBytes(bytes);
  const { type, isFortran, shape, dataStart } = readHeader(file);
  const [order = "", name] = [type.slice(0, 1), type.slice(1)];
  const read = Object.hasOwn(READ, name) ? READ[name] : undefined;
  const width = Number(name.slice(1));
  if (read === undefined || !(width === 1 ? "|<>" : "<>").includes(order))
    throw malformed("descr", `< or > with ${Object.keys(READ).join(", ")}`, type);
  const size = sizeOf(shape);
  if (size * width !== file.length - dataStart) {
    const got = new Verbatim(`${file.length - dataStart} bytes`);
    throw malformed("file", `${size * width} bytes for ${type} of ${shapeText(shape).text}`, got);
  }
  const numbers = file.slice(dataStart); // at a place that suits every width
  if (order === ">") swapBytes(numbers, width);
  const data = read(numbers.buffer);
  return { shape, data: isFortran ? rowMajor(data, shape) : data };
}

/**
 * Writes numbers as an .npy file, which numpy.load reads: float32, or float64 where they are in a
 * Float64Array, which whole numbers beyond 2^24 need. In C's order.
 *
 * @param values whatever holds numbers: an array, an array of rows, a typed array or a tensor
 * @returns the bytes of the file, the caller's
 * @throws TypeError for what is not numbers; RangeError for rows of different lengths
 * @example
 * import { writeNpy } from "rprop/data";
 * const bytes = writeNpy({ shape: [2, 1], data: Float64Array.of(0.1, 0.2) });
 * console.log(bytes.length); // 144
 */
export function writeNpy(values: Values): Owned<Uint8ArrayConstructor> {
  const shape = shapeOf("values", values);
  const given = isTensorLike(values) ? values.data : values;
  const Type = given instanceof Float64Array ? Float64Array : Float32Array;
  const data = newArray<Float32Array | Float64Array>(Type, sizeOf(shape));
  copyValues(values, data);
  const header = writeHeader(`<f${Type.BYTES_PER_ELEMENT}`, shape);
  const file = new Uint8Array(header.length + data.byteLength);
  file.set(header);
  file.set(new Uint8Array(data.buffer), header.length);
  return file;
}

function exact(values: BigInt64Array | BigUint64Array): Owned<Float64ArrayConstructor> {
  const numbers = newArray(Float64Array, values.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = Number(values[i]);
    if (!Number.isSafeInteger(number)) throw malformed("file", "whole numbers within ±(2^53 − 1)", values[i]);
    numbers[i] = number;
  }
  return numbers;
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** What lies with the first index fastest, in the order with the last one fastest. */
function rowMajor<Data extends NpyData>(data: Data, shape: readonly number[]): Data {
  const ordered = data.slice() as Data;
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  for (let to = 0, from = 0; to < data.length; to++) {
    ordered[to] = data[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [length, stride] = [shape[axis] as number, strides[axis] as number];
      const next = (index[axis] as number) + 1;
      from += stride;
      index[axis] = next;
      if (next < length) break;
      from -= length * stride;
      index[axis] = 0;
    }
  }
  return ordered;
}
