/** Larger ones are infinite in float32. */
const LARGEST = 3.4028234663852886e38;
const NUMBER = { ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i };
const MISSING = /^(|na|n\/a|nan|null|\?)$/i;

/** What stands before the fraction. */
export type Point = keyof typeof NUMBER;

/** Where commas do not separate values, they may stand before fractions. */
export function pointsOf(delimiter: string): Point[] {
  return delimiter === "," ? ["."] : [".", ","];
}

/** A decimal number that float32 holds; NaN for everything else that Number() makes numbers of, such as "", "0x10" or "1e400". */
export function readNumber(text: string, point: Point): number {
  if (!NUMBER[point].test(text)) return NaN;
  const value = Number(text.replace(",", "."));
  return Math.abs(value) <= LARGEST ? value : NaN;
}

/** Whether a cell is one of the usual ways to say that there is no value. */
export function isMissing(text: string): boolean {
  return MISSING.test(text);
}
