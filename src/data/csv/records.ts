import Papa from "papaparse";
import { Phrase } from "../../errors.js";
import { malformed } from "../../format-error.js";
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
const BLANKS_BEFORE = { expected: "cells that begin with their quote", got: "blanks in front of one" };

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
  // Its fast mode has no count of characters for the first few records.
  const config = { delimiter, newline: "\n" as const, preview: most, ...(most > 0 && { fastMode: false }) };
  const parser = new Papa.Parser(config) as unknown as Parser;
  const { data, errors, meta } = parser.parse(text, 0, true);
  const length = data.length === 0 ? 0 : meta.cursor;
  const closed = errors.find(({ code }) => code === "InvalidQuotes")?.row ?? Infinity;
  const opened = firstWithBlanks(text, data);
  if (closed < opened) return { records: data, length, wrong: { record: closed, ...TEXT_BEHIND } };
  return { records: data, length, wrong: opened === Infinity ? null : { record: opened, ...BLANKS_BEFORE } };
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
 * that begin with a quote end with one, "" within them is a quote, and they may hold delimiters and ends of lines.
 *
 * @param line of the first record, for messages
 * @param most records are read; 0: all
 * @throws FormatError for a quote that is closed before its cell ends, and for blanks in front of one
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
