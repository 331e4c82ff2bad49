import {
  checkEach,
  disposed,
  isDetached,
  notOurs,
  pluralize,
  Verbatim,
  wrongType,
  wrongValue,
} from "../errors.js";
import { Parameter } from "../parameter.js";

/** Arrays of one's own, equally long: data is updated in place from grad. */
export interface PlainParameter {
  /** What is trained: at least one number. */
  readonly data: Float32Array;
  /** Its gradient, in memory of its own: to be written before each step. */
  readonly grad: Float32Array;
}

/** What an optimizer trains. */
export type RpropParameter = Parameter | PlainParameter;

/** @throws TypeError, RangeError or Error for what no optimizer can train */
export function checkParameter(param: unknown, name: string): void {
  if (param instanceof Parameter) {
    if (param.disposed) throw disposed(name);
    return;
  }
  if (typeof param !== "object" || param === null || !("data" in param) || !("grad" in param)) {
    throw wrongType(name, "a Parameter, or { data, grad } of two Float32Arrays", param);
  }
  if ("shape" in param) {
    throw notOurs(name, "a parameter of this library", param);
  }
  checkArrays(name, param);
  const { data, grad } = param as PlainParameter;
  if (data.length === 0) throw wrongValue(`${name}.data`, "at least one value", data.length);
  if (overlap(data, grad))
    throw wrongValue(`${name}.grad`, "an array of its own", new Verbatim("the memory of data"));
}

/** @throws TypeError or RangeError for what are not two Float32Arrays of one length */
export function checkArrays(name: string, { data, grad }: { data: unknown; grad: unknown }): void {
  for (const [key, array] of [
    ["data", data],
    ["grad", grad],
  ] as const) {
    if (!isFloat32Array(array) || isDetached(array))
      throw wrongType(`${name}.${key}`, "a Float32Array", array);
  }
  const { length } = data as Float32Array;
  const got = (grad as Float32Array).length;
  if (got !== length) throw wrongValue(`${name}.grad`, `${pluralize(length, "value")}, as data has`, got);
}

/** Of any realm: test runners and frames have a Float32Array of their own. */
function isFloat32Array(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && (value as Float32Array)[Symbol.toStringTag] === "Float32Array";
}

/** Whether two arrays share memory. */
function overlap(a: Float32Array, b: Float32Array): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}

/** @throws RangeError for a parameter with a value outside of the bounds, given as float32 takes them */
export function checkWithin(
  values: Float32Array,
  [lower, upper]: readonly [number, number],
  name: string,
): void {
  if (lower === -Infinity && upper === Infinity) return;
  const [low, high] = [Math.fround(lower), Math.fround(upper)];
  const expected = `values within the bounds [${lower}, ${upper}]`;
  checkEach(name, expected, values, (value) => !(value < low || value > high)); // NaN is neither
}

/** The elements of an iterable, at least one. */
export function parameterList<T>(name: string, what: string, values: Iterable<T>): T[] {
  if (typeof (values as Partial<Iterable<T>> | null)?.[Symbol.iterator] !== "function") {
    throw wrongType(name, `an array of ${what}, such as model.parameters()`, values);
  }
  const list = [...values];
  if (list.length === 0) throw wrongValue(name, "at least one parameter", new Verbatim("none"));
  return list;
}

/** Whether two parameters share numbers that a step changes. */
export function shareNumbers(a: RpropParameter, b: RpropParameter): boolean {
  if (a === b) return true;
  const [one, other] = [dataOf(a), dataOf(b)];
  const shared = (data: Float32Array | null, of: Float32Array | null) =>
    data !== null && of !== null && overlap(data, of);
  return shared(one, other) || shared(one, gradOf(b)) || shared(gradOf(a), other);
}

/** Null once it is disposed. */
export function dataOf(param: RpropParameter): Float32Array | null {
  if (!(param instanceof Parameter)) return param.data;
  return param.disposed ? null : param.block.view;
}

/** Null for a Parameter, whose gradient is its own. */
function gradOf(param: RpropParameter): Float32Array | null {
  return param instanceof Parameter ? null : param.grad;
}
