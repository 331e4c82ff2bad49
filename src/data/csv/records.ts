import Papa from "papaparse";
import { Phrase } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { trimmed } from "./number.js";

/** Cells of one record. */
export type Cells = readonly string[];

export interface Records {
  readonly records: readonly Cells[];
  /** Characters of the text up to the end of the last record. */
  readonly length: number;
}

interface Wrong {
  readonly record: number;
  readonly expected: string;
  readonly got: string;
}

const TEXT_BEHIND = { expected: "a quote at the end of its cell", got: "one with text behind it" };

/** What Papa Parse's types leave out. */
interface Parser {
  parse(text: string, start: number, ignoreLastRow: boolean): ParserResult;
}
interface ParserResult {
  data: string[][];
  errors: { code: string; row: number }[];
  meta: { cursor: number };
}

/** As parseRecords, for texts that may be wrong: with what is wrong, and in which record. */
export function tryRecords(text: string, delimiter: string, most = 0): Records & { wrong: Wrong | null } {
  const read = papaRecords(text, delimiter, most);
  const blanks = firstWithBlanks(text, read.records);
  if (blanks === Infinity || (read.wrong !== null && read.wrong.record < blanks)) return read;
  const other = papaRecords(withoutBlanks(text, delimiter), delimiter, most);
  return { ...other, length: endOfLines(text, linesOf(other.records)) };
}

function papaRecords(text: string, delimiter: string, most: number): Records & { wrong: Wrong | null } {
  // Its fast mode has no count of characters for the first few records.
  const config = { delimiter, newline: "\n" as const, preview: most, ...(most > 0 && { fastMode: false }) };
  const parser = new Papa.Parser(config) as unknown as Parser;
  const { data, errors, meta } = parser.parse(text, 0, true);
  const length = data.length === 0 ? 0 : meta.cursor;
  const record = errors.find(({ code }) => code === "InvalidQuotes")?.row;
  return { records: data, length, wrong: record === undefined ? null : { record, ...TEXT_BEHIND } };
}

/** A text without the blanks that stand between a delimiter, or the beginning of a line, and a quote: Papa Parse takes none. */
function withoutBlanks(text: string, delimiter: string): string {
  let written = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const start = at;
    while ((text[at] === " " || text[at] === "\t") && text[at] !== delimiter) at++;
    if (text[at] === '"') {
      written += text.slice(copied, start);
      copied = at;
      do at = text.indexOf('"', at + 1) + 1 || text.length;
      while (text[at] === '"');
    }
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n") at++;
  }
  return written + text.slice(copied);
}

/** Where so many lines of a text end. */
function endOfLines(text: string, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line++) end = text.indexOf("\n", end) + 1;
  return end;
}

/** The first record of a text in which blanks stand in front of a quote, and not behind another; Infinity where none does. */
function firstWithBlanks(text: string, records: readonly Cells[]): number {
  let read = 0;
  const isWrong = (cell: string) => {
    if (!/^[ \t]+"/.test(cell)) return false;
    const written = quoted(cell);
    const at = text.indexOf(written, read);
    read = at + written.length;
    return at < 0;
  };
  const record = records.findIndex((cells) => cells.some(isWrong));
  return record < 0 ? Infinity : record;
}

/** A cell as it is written in quotes. */
export function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/**
 * The records of a text that are whole, each ended by LF: what stands behind the last LF outside of quotes is left. Cells
 * that begin with a quote, blanks aside, end with one, "" within them is a quote, and they may hold delimiters and ends of lines.
 *
 * @param line of the first record, for messages
 * @param most records are read; 0: all
 * @throws FormatError for a quote that is closed before its cell ends
 */
export function parseRecords(text: string, delimiter: string, line = 1, most = 0): Records {
  const { records, length, wrong } = tryRecords(text, delimiter, most);
  if (wrong === null) return { records, length };
  const where = `line ${line + linesOf(records.slice(0, wrong.record))}`;
  throw malformed(where, wrong.expected, new Phrase(wrong.got));
}

/** Lines that records take up. */
export function linesOf(records: readonly Cells[]): number {
  let lines = records.length;
  for (const cells of records)
    for (const cell of cells) for (let i = cell.indexOf("\n"); i >= 0; i = cell.indexOf("\n", i + 1)) lines++;
  return lines;
}

export function isBlankRecord(cells: Cells): boolean {
  return cells.length === 1 && trimmed(cells[0] as string) === "";
}

export function neverClosed(line: number): FormatError {
  return malformed(`line ${line}`, "a quote that is closed", new Phrase("none up to the end"));
}
