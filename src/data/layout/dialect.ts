import type { DecimalMark } from "../cells/number.js";

export const ENCODINGS = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const;

/** How characters are written as bytes. */
export type Encoding = (typeof ENCODINGS)[number];

/** Those that are found in files; the first ones are more common. */
export const DELIMITERS: readonly string[] = [",", ";", "\t", "|"];

/** The delimiter of files whose cells are separated by runs of spaces and tabs. */
export const BLANKS = "blanks";

/** How a file is written, as describeCsv found it: csvRows and readCsv take it to read the same file again in the same way. */
export interface CsvDialect {
  /** How characters are written as bytes. */
  readonly encoding: Encoding;
  /** One character, or "blanks": runs of spaces and tabs. */
  readonly delimiter: string;
  /** What separates fractions in numbers. */
  readonly decimal: DecimalMark;
  /** Whether a line of the file has the names of the columns. */
  readonly header: boolean;
  /** Those of all columns, also where the file has none. */
  readonly names: readonly string[];
  /** The line of the file that has the names, from 1; null where none does. */
  readonly headerLine: number | null;
  /** Whether the first column has no name where others have. */
  readonly isFirstUnnamed: boolean;
  /** Whether a quote within quotes is written \" instead of "". */
  readonly backslashQuotes: boolean;
  /** Lines that begin with it are skipped. */
  readonly comment: string | null;
  /** So many lines at the beginning are skipped. */
  readonly skip: number;
}
