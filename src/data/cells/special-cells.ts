/** Cells that are no numbers and yet say something in a column of numbers, and truth values. */
import { isTooLarge } from "./number.js";

/** What programs write for a missing number beside what is missing everywhere: databases, Python, R, SAS and Excel. */
const MISSING_NUMBERS = new Set(
  "\\N <NA> None none nil (null) - -- . #DIV/0! #VALUE! #REF! #NUM! #NAME? #NULL! n.a.".split(" "),
);

const INFINITE = /^[-+]?(?:inf|infinity|∞|1\.#INF0*)$/i;

export function isMissingNumber(text: string): boolean {
  return MISSING_NUMBERS.has(text) || isInfinite(text);
}

/** Whether a text says infinity, or a number that is too large for float64. */
export function isInfinite(text: string): boolean {
  return INFINITE.test(text) || isTooLarge(text);
}

/** Pairs of words for no and yes, in any case. */
const PAIRS = [
  ["false", "true"],
  ["f", "t"],
  ["no", "yes"],
  ["n", "y"],
] as const;

/** The words of no and yes as they are first written, where texts are nothing but one pair of them, and both; else null. */
export function booleanPair(texts: Iterable<string>): readonly [no: string, yes: string] | null {
  const all = [...texts];
  for (const pair of PAIRS) {
    if (!all.every((text) => pair.some((word) => word === text.toLowerCase()))) continue;
    const [no, yes] = pair.map((word) => all.find((text) => text.toLowerCase() === word));
    return no === undefined || yes === undefined ? null : [no, yes];
  }
  return null;
}

/** 0 or 1 for any word of no or yes, and for 0 and 1; null for other texts. */
export function truthOf(text: string): 0 | 1 | null {
  const word = text.toLowerCase();
  if (word === "0" || PAIRS.some(([no]) => no === word)) return 0;
  return word === "1" || PAIRS.some(([, yes]) => yes === word) ? 1 : null;
}
