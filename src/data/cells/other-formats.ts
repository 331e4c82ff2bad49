/** Numbers of a column in another table than the one that its format was found in. */
import { GROUP_MARKS, isGrouped, otherThan, parseNumber } from "./number.js";
import { mayHaveSign, type NumberFormat, partsOf } from "./number-format.js";

/** Signs and codes of one currency; signs of several, such as kr, are left aside. */
const CURRENCIES = "€ EUR|$ USD US$|£ GBP|₹ INR|zł PLN|₩ KRW|₺ TRY|R$ BRL|¥ JPY"
  .split("|")
  .map((signs) => signs.split(" "));

function isSameUnit(a: string, b: string): boolean {
  return a === b || CURRENCIES.some((signs) => signs.includes(a) && signs.includes(b));
}

/** The numbers that digits and marks may be, each once: 150.000 may be 150 or 150000. */
function readingsOf(body: string): number[] {
  const fractions = ([".", ","] as const).map((point) => parseNumber(body, point));
  const grouped = GROUP_MARKS.filter((mark) => isGrouped(mark, body)).flatMap((mark) => {
    const digits = body.replaceAll(mark, "");
    const points = mark === "," || mark === "." ? [otherThan(mark)] : ([".", ","] as const);
    return points.map((point) => parseNumber(digits, point));
  });
  return [...new Set([...fractions, ...grouped].filter((value) => value !== null))];
}

/** The numbers that a text may be without a look at its column; none where it is no number. */
export function possibleNumbers(text: string): number[] {
  const parts = partsOf(text);
  return parts === null ? [] : readingsOf(parts.body).map((value) => parts.sign * value);
}

/**
 * The number that a text says which is not written in the format of its column, or null where it is none or may be more than one.
 * Its unit is that of the column, in another sign of the same currency at most, or is left out, and so may be the marks of
 * thousands. Without the unit of the column a number stands for itself: its marks have to leave one reading.
 */
export function parseOtherwise(text: string, format: NumberFormat): number | null {
  const parts = partsOf(text);
  if (parts === null || !mayHaveSign(parts, format)) return null;
  const { decimal, thousands, unit } = format;
  const { sign, body } = parts;
  if (isSameUnit(parts.unit, unit)) {
    const isMarked = thousands !== "" && body.includes(thousands);
    if (isMarked && !isGrouped(thousands, body)) return null; // what separates thousands there separates no fractions
    const value = parseNumber(isMarked ? body.replaceAll(thousands, "") : body, decimal);
    if (value !== null) return sign * value;
  } else if (parts.unit !== "") return null;
  const [value, another] = readingsOf(body);
  return value === undefined || another !== undefined ? null : sign * value;
}
