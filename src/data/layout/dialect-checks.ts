/** What an encoding, a comment and a delimiter may be. Each check throws TypeError or RangeError for what is none. */
import { describe, Verbatim, wrongType, wrongValue } from "../../errors.js";
import { checkWord } from "../../options.js";
import type { DecimalMark } from "../cells/number.js";
import { BLANKS, ENCODINGS, type Encoding } from "./dialect.js";

/** What encodings are called elsewhere. */
const OTHER_ENCODINGS: Readonly<Record<string, Encoding>> = {
  ...{ "latin-1": "windows-1252", "iso-8859-1": "windows-1252", "iso-8859-15": "windows-1252" },
  ...{ cp1252: "windows-1252", ansi: "windows-1252", ascii: "utf-8", "utf-16": "utf-16le" },
};

export function checkEncoding(name: string, encoding: unknown): void {
  checkWord(name, ENCODINGS, encoding, OTHER_ENCODINGS);
}

export function checkComment(name: string, comment: unknown): void {
  const expected = "a text of one line, such as #";
  if (typeof comment !== "string") throw wrongType(name, expected, comment);
  if (!/^[^\r\n]+$/.test(comment)) throw wrongValue(name, expected, comment);
}

/** Whether a text may separate cells. */
export function isDelimiter(text: string): boolean {
  return /^[\t !#-*,/:-@[-^`{-~]$/.test(text);
}

export function checkDelimiter(name: string, delimiter: unknown, decimal: DecimalMark | null): void {
  const expected = 'one character that is no letter, digit, quote, sign or point, or "blanks"';
  if (typeof delimiter !== "string") throw wrongType(name, expected, delimiter);
  if (!isDelimiter(delimiter) && delimiter !== BLANKS) {
    const one = [...delimiter].every((character) => character === delimiter[0]) ? (delimiter[0] ?? "") : "";
    const hint = isDelimiter(one) ? ` (did you mean ${JSON.stringify(one)}?)` : "";
    throw wrongValue(name, expected, new Verbatim(`${describe(delimiter)}${hint}`));
  }
  if (delimiter === decimal) throw wrongValue(name, "another than decimal", delimiter);
}
