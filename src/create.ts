import { newArray } from "./array.js";
import { Verbatim, wrongValue } from "./errors.js";
import { sizeOf, Tensor } from "./tensor.js";
import { checkShape, copyValues, shapeOf, type Values } from "./values.js";

/**
 * Makes a tensor of the given numbers, which are copied and rounded to float32.
 *
 * @param values an array, an array of equally long rows, a typed array or a tensor
 * @param shape whole numbers of at least 0 whose product is the number of values. Default: the shape of the
 * values
 * @returns a tensor in JavaScript memory, the caller's
 * @throws TypeError for what is not numbers; RangeError for rows of different lengths or a shape of another size
 * @example
 * import { tensor } from "rprop";
 * console.log(tensor([1, 2, 3, 4, 5, 6], [2, 3]).toRows()); // [ [ 1, 2, 3 ], [ 4, 5, 6 ] ]
 */
export function tensor(values: Values, shape?: readonly number[]): Tensor {
  const inferred = shapeOf("values", values);
  const wanted = shape === undefined ? inferred : listedShape(shape);
  if (sizeOf(wanted) !== sizeOf(inferred)) {
    throw wrongValue("shape", `${sizeOf(inferred)} values in all`, new Verbatim(`[${wanted.join(", ")}]`));
  }
  const data = newArray(Float32Array, sizeOf(wanted));
  copyValues(values, data);
  return Tensor.over(wanted, data);
}

/**
 * Makes a tensor of zeros: `zeros(2, 3)` or `zeros([2, 3])`.
 *
 * @param shape lengths, whole numbers of at least 0; none for a scalar
 * @returns a tensor in JavaScript memory, the caller's
 * @throws TypeError or RangeError for what is no shape
 * @example
 * import { zeros } from "rprop";
 * console.log(zeros(2, 3).toRows()); // [ [ 0, 0, 0 ], [ 0, 0, 0 ] ]
 */
export function zeros(...shape: number[] | [readonly number[]]): Tensor {
  return filled(shape, 0);
}

/**
 * Makes a tensor of ones: `ones(2, 3)` or `ones([2, 3])`.
 *
 * @param shape lengths, whole numbers of at least 0; none for a scalar
 * @returns a tensor in JavaScript memory, the caller's
 * @throws TypeError or RangeError for what is no shape
 * @example
 * import { ones } from "rprop";
 * console.log(ones([3]).toArray()); // [ 1, 1, 1 ]
 */
export function ones(...shape: number[] | [readonly number[]]): Tensor {
  return filled(shape, 1);
}

/** The shape in arguments such as (2, 3) or ([2, 3]). @internal */
export function shapeOfArguments(args: number[] | [readonly number[]]): readonly number[] {
  return listedShape(args.length === 1 ? args[0] : args);
}

function filled(args: number[] | [readonly number[]], value: number): Tensor {
  const shape = shapeOfArguments(args);
  return Tensor.over(shape, newArray(Float32Array, sizeOf(shape)).fill(value));
}

function listedShape(shape: unknown): readonly number[] {
  const lengths = Array.isArray(shape) ? shape : [shape];
  checkShape("shape", lengths);
  return lengths as number[];
}
