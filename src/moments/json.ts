import { checkFinite, checkNonNegative, pluralize, Verbatim, wrongType, wrongValue } from "../errors.js";
import type { CoMoments } from "./co-moments.js";

/** Moments as plain numbers. */
export interface MomentsJSON {
  /** The weight of the rows. */
  n: number;
  /** Of each feature. */
  meanX: number[];
  /** Of each output. */
  meanY: number[];
  /** Σ (x − mean)(x − mean)ᵀ: the upper triangle, row by row. */
  xx: number[];
  /** Σ (x − mean)(y − mean)ᵀ: features × outputs. */
  xy: number[];
  /** Σ (y − mean)² of each output. */
  yy: number[];
}

const KEYS: readonly string[] = ["n", "meanX", "meanY", "xx", "xy", "yy"] satisfies (keyof MomentsJSON)[];

export function momentsToJSON({ n, meanX, meanY, xx, xy, yy }: CoMoments): MomentsJSON {
  const list = (values: Float64Array) => Array.from(values);
  return { n, meanX: list(meanX), meanY: list(meanY), xx: list(xx), xy: list(xy), yy: list(yy) };
}

/** @throws TypeError or RangeError for what {@link momentsToJSON} does not give */
export function momentsFromJSON(json: unknown): CoMoments {
  if (typeof json !== "object" || json === null) throw wrongType("json", "what toJSON() gives", json);
  const own = Object.keys(json);
  const missing = KEYS.find((key) => !own.includes(key));
  const stray = own.find((key) => !KEYS.includes(key));
  if (missing !== undefined || stray !== undefined) {
    const got = missing === undefined ? stray : new Verbatim(`no "${missing}"`);
    throw wrongValue("json", `the keys ${KEYS.join(", ")}`, got);
  }
  const given = json as Record<keyof MomentsJSON, unknown>;
  const { n } = given;
  checkNonNegative("json.n", n);
  const meanX = numbers("json.meanX", given.meanX, null);
  const meanY = numbers("json.meanY", given.meanY, null);
  const [p, q] = [meanX.length, meanY.length];
  const xx = numbers("json.xx", given.xx, (p * (p + 1)) / 2);
  const xy = numbers("json.xy", given.xy, p * q);
  const yy = numbers("json.yy", given.yy, q);
  for (let i = 0, at = 0; i < p; at += p - i++) checkNonNegative(`json.xx[${at}]`, xx[at]);
  yy.forEach((sum, o) => {
    checkNonNegative(`json.yy[${o}]`, sum);
  });
  return { n: n as number, meanX, meanY, xx, xy, yy };
}

/** length null is any but 0. */
function numbers(name: string, list: unknown, length: number | null): Float64Array {
  if (!Array.isArray(list)) throw wrongType(name, "an array of numbers", list);
  if (length === null && list.length === 0) throw wrongValue(name, "at least one number", 0);
  if (length !== null && list.length !== length)
    throw wrongValue(name, pluralize(length, "number"), list.length);
  for (let i = 0; i < list.length; i++) checkFinite(`${name}[${i}]`, list[i]);
  return Float64Array.from(list);
}
