import { checkChoice, checkNumber, checkPositiveInteger, wrongType, wrongValue } from "../errors.js";
import { checkOptions } from "../options.js";
import type { DecimalMark } from "./cells/number.js";
import { checkNames, checkTexts } from "./column-names.js";
import type { CsvDialect, Encoding } from "./layout/dialect.js";
import { checkComment, checkDelimiter, checkEncoding } from "./layout/dialect-checks.js";

/** How a file is cut into cells, and what these say. */
export interface CsvOptions {
  /**
   * true: the first record has the names of the columns; false: the columns are called "1", "2", …; "detect": the first record
   * has names unless each of its cells is a number, or a text that is found again in its column; an array: these are the names,
   * and the first record is a row. A column without a name is called by its number, such as "1", or "column 1" where another has
   * that name. Where names are one fewer than cells, as R writes them, the first column has none. Default true.
   */
  header?: boolean | "detect" | readonly string[];
  /**
   * A character that is no letter, digit, quote, sign or point, or "blanks": runs of spaces and tabs, also in front of a line.
   * Default: what a first line such as sep=; says, which Excel writes; or of , ; tab | the one that cuts the first records into
   * equally many cells, and no numbers in two; or blanks.
   */
  delimiter?: string;
  /** What separates fractions. Default: found in the file; "." where the delimiter is a comma. */
  decimal?: DecimalMark;
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

/** What is likely of a file before it is read, as of one that is to be like another; the file itself goes before it. */
export interface Expected {
  /** What separates fractions where the file does not tell, as in 2,125. */
  readonly decimal: DecimalMark;
  /** Whether a first line of numbers has names if its first cell says nothing, where that is to be detected. */
  readonly areNamesLikely: boolean;
}

const USUAL: Expected = { decimal: ".", areNamesLikely: true };

/** All options, with null for what is found in the file. */
export interface CsvSettings {
  readonly header: boolean | "detect" | readonly string[];
  readonly delimiter: string | null;
  readonly decimal: DecimalMark | null;
  readonly expected: Expected;
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
  "encoding",
  "comment",
  "skip",
  "missingValues",
  "maxColumns",
] as const;

/** What csvSettings knows besides the options. */
interface Known {
  /** Options that the caller takes as well. */
  readonly others?: readonly string[];
  /** How the file is written, where that is known; options go before it. */
  readonly dialect?: CsvDialect | null;
  /** What the options are called in messages. */
  readonly name?: string;
  /** Default: what is usual. */
  readonly expected?: Expected;
}

/**
 * @throws TypeError or RangeError for options that are unknown, beside others too, or out of range
 */
export function csvSettings(
  options: CsvOptions,
  { others = [], dialect = null, name = "options", expected = USUAL }: Known = {},
): CsvSettings {
  checkOptions(name, options, [...CSV_OPTION_NAMES, ...others]);
  const at = name === "options" ? "" : `${name}.`;
  if (dialect !== null && typeof dialect?.delimiter !== "string")
    throw wrongType("dialect", "what describeCsv gives as dialect", dialect);
  const {
    header = dialect === null || dialect.header || dialect.names,
    delimiter = dialect?.delimiter ?? null,
    decimal = dialect?.decimal ?? null,
    encoding = dialect?.encoding ?? null,
    comment = dialect?.comment ?? null,
    skip = dialect?.skip ?? 0,
    missingValues = MISSING_VALUES,
    maxColumns = 10_000,
  } = options;
  if (typeof header !== "boolean" && header !== "detect") {
    if (!Array.isArray(header))
      throw wrongType(`${at}header`, 'true, false, "detect" or an array of names', header);
    checkNames(`${at}header`, header);
    if (header.length === 0) throw wrongValue(`${at}header`, "at least one name", header);
  }
  if (decimal !== null) checkChoice(`${at}decimal`, [".", ","], decimal);
  if (delimiter !== null) checkDelimiter(`${at}delimiter`, delimiter, decimal);
  if (encoding !== null) checkEncoding(`${at}encoding`, encoding);
  if (comment !== null) checkComment(`${at}comment`, comment);
  checkNumber(`${at}skip`, "a whole number from 0", skip, (n) => Number.isSafeInteger(n) && n >= 0);
  checkTexts(`${at}missingValues`, missingValues);
  checkPositiveInteger(`${at}maxColumns`, maxColumns);
  const backslashQuotes = dialect?.backslashQuotes ?? null;
  const written = { delimiter, decimal, expected, encoding, backslashQuotes, comment, skip };
  return { header, ...written, missingValues: new Set(missingValues), maxColumns };
}
