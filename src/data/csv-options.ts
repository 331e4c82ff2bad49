import {
  checkChoice,
  checkNumber,
  checkPositiveInteger,
  describe,
  Verbatim,
  wrongType,
  wrongValue,
} from "../errors.js";
import { type FormatError, malformed } from "../format-error.js";
import { checkOptions, checkWord, nearest } from "../options.js";
import type { DecimalMark } from "./cells/number.js";
import { BLANKS, type CsvDialect, ENCODINGS, type Encoding } from "./layout/dialect.js";

/** How a file is cut into cells, and what these say. */
export interface CsvOptions {
  /**
   * true: the first record has the names of the columns; false: the columns are called "1", "2", …; "detect": the first record
   * has names unless each of its cells is a number, or a text that is found again in its column; "unlikely": the same, but that a
   * first cell which says nothing is no reason to take numbers for names; an array: these are the names,
   * and the first record is a row. A column without a name is called by its number, such as "1", or "column 1" where another has
   * that name. Where names are one fewer than cells, as R writes them, the first column has none. Default true.
   */
  header?: boolean | "detect" | "unlikely" | readonly string[];
  /**
   * A character that is no letter, digit, quote, sign or point, or "blanks": runs of spaces and tabs, also in front of a line.
   * Default: what a first line such as sep=; says, which Excel writes; or of , ; tab | the one that cuts the first records into
   * equally many cells, and no numbers in two; or blanks.
   */
  delimiter?: string;
  /** What separates fractions. Default: found in the file; "." where the delimiter is a comma. */
  decimal?: DecimalMark;
  /** What separates fractions where the file does not tell, as in 2,125: as in other files of its kind. Default ".". */
  usualDecimal?: DecimalMark;
  /** How characters are written as bytes. Default: found in the file; bytes that are no UTF-8 are windows-1252. */
  encoding?: Encoding;
  /** Lines that begin with it are skipped, such as "#". Default: none are. */
  comment?: string;
  /** So many lines are skipped at the beginning of the file; messages count them. Default 0. */
  skip?: number;
  /** What cells say that are missing. Default "", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "\\N", "<NA>" and "?". */
  missingValues?: readonly string[];
  /** The maximum number of columns. Default 10,000. */
  maxColumns?: number;
}

/** All of them, with null for what is found in the file. */
export interface CsvSettings {
  readonly header: boolean | "detect" | "unlikely" | readonly string[];
  readonly delimiter: string | null;
  readonly decimal: DecimalMark | null;
  readonly usualDecimal: DecimalMark;
  readonly encoding: Encoding | null;
  readonly backslashQuotes: boolean | null;
  readonly comment: string | null;
  readonly skip: number;
  readonly missingValues: ReadonlySet<string>;
  readonly maxColumns: number;
}

export const MISSING_VALUES = [
  "",
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "NaN",
  "nan",
  "null",
  "NULL",
  "\\N",
  "<NA>",
  "?",
];

export const CSV_OPTION_NAMES = [
  "header",
  "delimiter",
  "decimal",
  "usualDecimal",
  "encoding",
  "comment",
  "skip",
  "missingValues",
  "maxColumns",
] as const;

/**
 * @param dialect how the file is written, where that is known; options go before it
 * @param name what the options are called in messages
 * @throws TypeError or RangeError for options that are unknown, beside others too, or out of range
 */
export function csvSettings(
  options: CsvOptions,
  others: readonly string[],
  dialect: CsvDialect | null = null,
  name = "options",
): CsvSettings {
  checkOptions(name, options, [...CSV_OPTION_NAMES, ...others]);
  const at = name === "options" ? "" : `${name}.`;
  if (dialect !== null && typeof dialect?.delimiter !== "string")
    throw wrongType("dialect", "what describeCsv gives as dialect", dialect);
  const {
    header = dialect === null || dialect.header || dialect.names,
    delimiter = dialect?.delimiter ?? null,
    decimal = dialect?.decimal ?? null,
    usualDecimal = ".",
    encoding = dialect?.encoding ?? null,
    comment = dialect?.comment ?? null,
    skip = dialect?.skip ?? 0,
    missingValues = MISSING_VALUES,
    maxColumns = 10_000,
  } = options;
  if (typeof header !== "boolean" && header !== "detect" && header !== "unlikely") {
    if (!Array.isArray(header))
      throw wrongType(`${at}header`, 'true, false, "detect" or an array of names', header);
    checkNames(`${at}header`, header);
    if (header.length === 0) throw wrongValue(`${at}header`, "at least one name", header);
  }
  if (decimal !== null) checkChoice(`${at}decimal`, [".", ","], decimal);
  checkChoice(`${at}usualDecimal`, [".", ","], usualDecimal);
  if (delimiter !== null) checkDelimiter(`${at}delimiter`, delimiter, decimal);
  if (encoding !== null) checkEncoding(`${at}encoding`, encoding);
  if (comment !== null) checkComment(`${at}comment`, comment);
  checkNumber(`${at}skip`, "a whole number from 0", skip, (n) => Number.isSafeInteger(n) && n >= 0);
  checkTexts(`${at}missingValues`, missingValues);
  checkPositiveInteger(`${at}maxColumns`, maxColumns);
  const backslashQuotes = dialect?.backslashQuotes ?? null;
  const written = { delimiter, decimal, usualDecimal, encoding, backslashQuotes, comment, skip };
  return { header, ...written, missingValues: new Set(missingValues), maxColumns };
}

/** What encodings are called elsewhere. */
const OTHER_ENCODINGS: Readonly<Record<string, Encoding>> = {
  ...{ "latin-1": "windows-1252", "iso-8859-1": "windows-1252", "iso-8859-15": "windows-1252" },
  ...{ cp1252: "windows-1252", ansi: "windows-1252", ascii: "utf-8", "utf-16": "utf-16le" },
};

function checkEncoding(name: string, encoding: unknown): void {
  checkWord(name, ENCODINGS, encoding, OTHER_ENCODINGS);
}

function checkComment(name: string, comment: unknown): void {
  const expected = "a text of one line, such as #";
  if (typeof comment !== "string") throw wrongType(name, expected, comment);
  if (!/^[^\r\n]+$/.test(comment)) throw wrongValue(name, expected, comment);
}

export function isDelimiter(text: string): boolean {
  return /^[\t !#-*,/:-@[-^`{-~]$/.test(text);
}

function checkDelimiter(name: string, delimiter: unknown, decimal: DecimalMark | null): void {
  const expected = 'one character that is no letter, digit, quote, sign or point, or "blanks"';
  if (typeof delimiter !== "string") throw wrongType(name, expected, delimiter);
  if (!isDelimiter(delimiter) && delimiter !== BLANKS) {
    const one = [...delimiter].every((character) => character === delimiter[0]) ? (delimiter[0] ?? "") : "";
    const hint = isDelimiter(one) ? ` (did you mean ${JSON.stringify(one)}?)` : "";
    throw wrongValue(name, expected, new Verbatim(`${describe(delimiter)}${hint}`));
  }
  if (delimiter === decimal) throw wrongValue(name, "another than decimal", delimiter);
}

/** Names of columns: texts, none of them twice. */
export function checkNames(name: string, names: unknown): asserts names is readonly string[] {
  checkTexts(name, names);
  const seen = new Set<string>();
  const twice = names.find((each) => seen.has(each) || !seen.add(each));
  if (twice !== undefined)
    throw wrongValue(name, "each name once", new Verbatim(`${JSON.stringify(twice)} twice`));
}

function checkTexts(name: string, texts: unknown): asserts texts is readonly string[] {
  if (!Array.isArray(texts)) throw wrongType(name, "an array of texts", texts);
  for (const text of texts) if (typeof text !== "string") throw wrongType(name, "an array of texts", text);
}

/** @param advice what may help @throws FormatError where a file has no column of a name */
export function checkHas(names: readonly string[], wanted: readonly string[], advice = ""): void {
  const known = new Set(names);
  const absent = wanted.find((name) => !known.has(name));
  if (absent === undefined) return;
  const near = nearest(absent, names);
  const hint = near === null ? "" : ` (is ${JSON.stringify(near)} meant?)`;
  throw malformed(
    "file",
    `a column ${JSON.stringify(absent)}`,
    new Verbatim(someOf(names).text + hint + advice),
  );
}

/** For a file that has names alone, as a path has that was taken for a text, and JSON that is no table. */
export function noTableRows(names: readonly string[]): FormatError {
  const isPath = names.length === 1 && /^\S+\.\w{2,7}$/.test(names[0] as string);
  const isJson = /^\[.*\]$/.test(names.join(","));
  const advice = isPath
    ? ": of a path nothing is read, pass what the file holds"
    : isJson
      ? ': a table in JSON is an array of objects, such as [{"size": 3}]'
      : "";
  return malformed(
    "file",
    "at least one row",
    new Verbatim(`the names ${someOf(names).text} alone${advice}`),
  );
}

/** Names in a message: the first of them where there are many. */
export function someOf(names: readonly (string | number)[]): Verbatim {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name));
  return new Verbatim(shown.join(", ") + (names.length > 20 ? ", …" : ""));
}
