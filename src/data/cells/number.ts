/** A character that separates whole numbers from fractions. */
export type DecimalMark = "." | ",";

/** Each character has one place in it, so that nothing is tried twice. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number that a cell says, or null: digits, with a sign in front, a point among or beside them, and an exponent behind, if
 * at all. Nothing else that JavaScript takes for a number is one: not "", "0x10" or "Infinity", and no blanks. Neither is what is too
 * large for float64. Rounded once, to the nearest.
 */
export function parseNumber(text: string, point: DecimalMark = "."): number | null {
  const plain = point === "." ? text : text.includes(".") ? "" : text.replace(",", ".");
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Whether a text is a number, whichever mark separates its fraction. */
export function isNumber(text: string): boolean {
  return parseNumber(text, ".") !== null || parseNumber(text, ",") !== null;
}

/** Whether a text is a number with an exponent that is too large for float64, whichever mark separates its fraction. */
export function isTooLarge(text: string): boolean {
  const plain = text.replace(",", ".");
  return /[eE]/.test(plain) && NUMBER.test(plain) && !Number.isFinite(Number(plain));
}

export function otherThan(mark: DecimalMark): DecimalMark {
  return mark === "," ? "." : ",";
}

/** The marks that may separate groups of three digits, each with whole groups only, and a fraction behind. */
const GROUPED = {
  // Of India too: 12,34,567.
  ",": /^[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3})(?:\.\d*)?$/,
  ".": /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/,
  " ": /^[-+]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d*)?$/,
  "'": /^[-+]?[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d*)?$/,
} as const;

export type GroupMark = keyof typeof GROUPED;
export const GROUP_MARKS = Object.keys(GROUPED) as readonly GroupMark[];

/** Whether a mark may separate thousands, as in 1,885 or 1,234,567.5: whole groups of three digits. */
export function isGrouped(mark: GroupMark, text: string): boolean {
  return GROUPED[mark].test(text);
}

/** The text without spaces and tabs at its ends, nor what CRLF leaves behind. */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
