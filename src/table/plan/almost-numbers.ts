/** Columns of texts that were meant as numbers, and how their numbers are written. */

import { type Point, parseNumber } from "../../data/csv/number.js";
import type { DescribedTexts } from "../../data/index.js";

/** A number with what people write beside digits, a sign and a point: percent, currencies, thousands. */
const ALMOST_NUMBER = /^\W*\d[\d.,'\s]*(?:[eE][-+]?\d+)?\W*$/;
/** Characters: none is longer, and the pattern tries every way to match it. */
const LONGEST = 40;

export const isAlmostNumber = (text: string) => text.length <= LONGEST && ALMOST_NUMBER.test(text);

/** Whether at least half of the different texts are numbers, or nearly. */
export function isMeantAsNumbers({ examples }: DescribedTexts): boolean {
  return 2 * examples.filter(isAlmostNumber).length >= examples.length;
}

/** What a mark between digits separates; "either" where it may be both, and null where there is none. */
export type Role = "fractions" | "thousands" | "either" | null;

/**
 * Thousands are whole groups of three digits, in every number that has the mark. They are certain where a number has two marks, or a
 * fraction behind them, and where all numbers without the mark are too small to have one.
 *
 * @param mark the character that separates no fractions, as the file is read
 */
export function roleOf(mark: Point, texts: readonly string[]): Role {
  const marked = texts.filter((text) => isMarked(mark, text));
  if (marked.length === 0) return null;
  if (marked.some((text) => !isGrouped(mark, text))) return "fractions";
  const isSure = marked.some((text) => text.split(mark).length > 2 || text.includes(otherThan(mark)));
  const plain = texts.map((text) => parseNumber(text, otherThan(mark))).filter((value) => value !== null);
  const isBelow = plain.length > 0 && plain.every((value) => Math.abs(value) < 1000);
  return isSure || isBelow ? "thousands" : "either";
}

export function otherThan(mark: Point): Point {
  return mark === "," ? "." : ",";
}

/** Whether the mark may separate thousands, as in 1,885 or 1,234,567.5. */
export function isGrouped(mark: Point, text: string): boolean {
  const [groups, fraction = "0", ...others] = text.split(otherThan(mark)) as [string, ...string[]];
  const pattern = mark === "," ? /^[-+]?[1-9]\d{0,2}(?:,\d{3})+$/ : /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+$/;
  return pattern.test(groups) && /^\d+$/.test(fraction) && others.length === 0;
}

/** Whether a text is a number under one reading of the mark. */
function isMarked(mark: Point, text: string): boolean {
  if (!text.includes(mark)) return false;
  return parseNumber(text, mark) !== null || isGrouped(mark, text) || isGrouped(otherThan(mark), text);
}
