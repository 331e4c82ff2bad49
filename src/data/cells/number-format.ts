import { checkChoice, wrongType, wrongValue } from "../../errors.js";
import { type DecimalMark, GROUP_MARKS, type GroupMark, isGrouped, parseNumber } from "./number.js";

/** How the numbers of a column are written. */
export interface NumberFormat {
  /** What separates fractions. */
  readonly decimal: DecimalMark;
  /** What separates groups of three digits; " " is any kind of space; "" where nothing does. */
  readonly thousands: "" | GroupMark;
  /** What stands in front of numbers or behind them, such as "$", "€", "EUR" or "%"; "" where nothing does. */
  readonly unit: string;
  /** true where the minus of negative numbers stands behind their digits, as SAP writes 5.00-; otherwise it is not there. */
  readonly minusBehind?: true;
}

/** A number without its sign and unit. */
export interface Parts {
  readonly sign: 1 | -1;
  /** Whether the sign stands behind the digits. */
  readonly minusBehind: boolean;
  readonly unit: string;
  readonly body: string;
}

/** Spaces of any width in text from the web and from word processors; the first three separate thousands. */
const SPACES = /[ \u00a0\u202f\u2009]/g;
const UNIT =
  "[$€£¥₹₽₩₺₴₫₪฿₱¢%]|R\\$|US\\$|kr|zł|EUR|USD|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|CAD|AUD|NZD|BRL|MXN|ZAR|TRY|KRW|SGD|HKD";
const MINUS = "[-\u2212]";
const SIGN = "[-+\u2212]?";
const WRITTEN = new RegExp(
  `^ *(?:(${UNIT}) *(?=\\())?(\\(?)(${SIGN}) *(${UNIT}|) *(${SIGN}) *(\\d[\\d.,' ’]*(?:[eE][-+]?\\d+)?|[.,]\\d+)(${MINUS}?) *(${UNIT}|)(\\)?) *$`,
);
/** Characters: no number is longer, and the pattern may try several ways to match. */
const MAX_LENGTH = 40;

/** What a text of digits with marks, a sign and a unit is made of; null for any other text. */
export function partsOf(text: string): Parts | null {
  if (text.length > MAX_LENGTH) return null;
  const match = WRITTEN.exec(text.replace(SPACES, " "));
  if (match === null) return null;
  const [, outside = "", opened, outer = "", inside = "", inner = "", body = ""] = match;
  const [minus = "", behind = "", closed] = match.slice(7);
  const before = outside || inside;
  const signs = outer + inner + minus + (opened === "(" ? "(" : "");
  if (
    (opened === "") !== (closed === "") ||
    signs.length > 1 ||
    (minus !== "" && body.endsWith(" ")) ||
    [outside, inside, behind].filter(Boolean).length > 1
  )
    return null;
  const sign = signs === "" || signs === "+" ? 1 : -1;
  return { sign, minusBehind: minus !== "", unit: before || behind, body: body.trim().replaceAll("’", "'") };
}

/** The mark that may separate thousands in a text of digits and marks, or null. */
export function groupedBy(body: string): GroupMark | null {
  return GROUP_MARKS.find((mark) => isGrouped(mark, body)) ?? null;
}

/** What stands behind a number that a program has given, in a column that has a format: it is no text in that format. */
export const EXACT = "\u0001";

/** A text as it was before it was marked as exact. */
export function unmarked(text: string): string {
  return text.endsWith(EXACT) ? text.slice(0, -1) : text;
}

/**
 * The number that a text says in a format, or null: the unit is there unless it is 0, and groups are whole. A number without
 * the mark of groups has at most three digits in front of its fraction, and four where groups are separated by spaces or ', which
 * many styles leave out there.
 */
export function parseFormatted(text: string, format: NumberFormat): number | null {
  if (text.endsWith(EXACT)) return parseNumber(unmarked(text));
  const parts = partsOf(text);
  if (parts === null || !mayHaveSign(parts, format)) return null;
  const { decimal, thousands, unit } = format;
  const { sign, body } = parts;
  const isMarked = thousands !== "" && body.includes(thousands);
  if (isMarked && !isGrouped(thousands, body)) return null;
  const value = parseNumber(isMarked ? body.replaceAll(thousands, "") : body, decimal);
  if (value === null || (parts.unit !== unit && !(value === 0 && parts.unit === ""))) return null;
  const digits = thousands === " " || thousands === "'" ? 4 : 3;
  if (thousands !== "" && !isMarked && /^\d*/.exec(body)![0].replace(/^0+/, "").length > digits) return null;
  return sign * value;
}

/** Whether the sign stands where those of a format do: a minus behind digits may as well be half of a range. */
export function mayHaveSign({ minusBehind }: Parts, format: NumberFormat): boolean {
  return !minusBehind || format.minusBehind === true;
}

/** Whether a column in a format has numbers that are none in the file's, or others: then no cell is read as a plain one. */
export function readsOtherwise(format: NumberFormat, point: DecimalMark): boolean {
  return format.thousands !== "" || format.unit !== "" || format.decimal !== point;
}

/** @throws TypeError or RangeError for what is no format */
export function checkFormat(name: string, format: unknown): asserts format is NumberFormat {
  const { decimal, thousands, unit, minusBehind } = Object(format);
  if (typeof unit !== "string") throw wrongType(name, "decimal, thousands and unit", format);
  checkChoice(`${name}.decimal`, [".", ","], decimal);
  checkChoice(`${name}.thousands`, ["", ...GROUP_MARKS], thousands);
  if (minusBehind !== undefined && minusBehind !== true)
    throw wrongValue(`${name}.minusBehind`, "true, or none", minusBehind);
  if (decimal === thousands) throw wrongValue(`${name}.thousands`, "another than decimal", thousands);
  if (unit !== "" && partsOf(`1${unit}`)?.unit !== unit)
    throw wrongValue(`${name}.unit`, 'a currency that is known, such as "$" or "EUR", "%" or ""', unit);
}
