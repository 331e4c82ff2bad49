import { newArray } from "../array.js";
import { notFinite, pluralize, Verbatim, wrongValue } from "../errors.js";
import { Tensor } from "../tensor.js";
import { copyValues, countRows, isTensorLike, type Values } from "../values.js";
import { type CoMoments, columnMeans, momentsOfRows, type Numbers, noMoments } from "./co-moments.js";

/**
 * The moments of rows as they are given, in their own precision.
 *
 * @param prefix of x and y in messages
 * @throws TypeError or RangeError for what is not as many rows of finite numbers of these columns
 */
export function momentsOf(
  x: Values,
  y: Values,
  inFeatures: number,
  outFeatures: number,
  prefix: string,
): CoMoments {
  const [nameX, nameY] = [`${prefix}x`, `${prefix}y`];
  const rows = countRows(nameX, x, inFeatures, "feature");
  const targets = countRows(nameY, y, outFeatures, "output");
  if (targets !== rows)
    throw wrongValue(nameY, `${pluralize(rows, "row")}, as ${nameX} has`, new Verbatim(`${targets}`));
  if (rows === 0) return noMoments(inFeatures, outFeatures);
  const [given, wanted] = [numbersOf(x, rows * inFeatures), numbersOf(y, rows * outFeatures)];
  const meanX = finiteMeans(nameX, given, inFeatures);
  const meanY = finiteMeans(nameY, wanted, outFeatures);
  return momentsOfRows(given, wanted, meanX, meanY);
}

/** The numbers where they are, if they are floating-point numbers in a row; a copy in float64 of any others. */
function numbersOf(values: Values, size: number): Numbers {
  const own: unknown = values instanceof Tensor ? values.view : isTensorLike(values) ? values.data : values;
  if (own instanceof Float32Array || own instanceof Float64Array) return own;
  const copy = newArray(Float64Array, size);
  copyValues(values, copy);
  return copy;
}

function finiteMeans(name: string, values: Numbers, columns: number): Float64Array {
  const means = columnMeans(values, columns);
  if (allFinite(means)) return means;
  if (values.every(Number.isFinite)) throw tooLarge(name);
  throw notFinite(name, values, columns);
}

/** @throws RangeError where sums have overflowed; products are no larger than squares */
export function checkSums({ n, meanX, meanY, xx, xy, yy }: CoMoments, nameX: string, nameY: string): void {
  if (!Number.isFinite(n) || !allFinite(meanX) || !allFinite(xx)) throw tooLarge(nameX);
  if (!allFinite(meanY) || !allFinite(yy) || !allFinite(xy)) throw tooLarge(nameY);
}

function allFinite(sums: Float64Array): boolean {
  let rest = 0;
  for (let i = 0; i < sums.length; i++) rest += 0 * (sums[i] as number); // 0, or NaN from the first that is not
  return rest === 0;
}

function tooLarge(name: string): RangeError {
  return wrongValue(name, "numbers whose squares have a finite sum", Infinity);
}
