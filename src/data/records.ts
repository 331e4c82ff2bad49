import Papa from "papaparse";
import { Phrase } from "../errors.js";
import { malformed } from "../io/format-error.js";
import { trimmed } from "./number.js";

/** Cells of one record. */
export type Cells = readonly string[];

export interface Records {
  readonly records: readonly Cells[];
  /** Characters of the text up to the end of the last record. */
  readonly length: number;
}

/** What Papa Parse's types leave out. */
interface Parser {
  parse(text: string, start: number, ignoreLastRow: boolean): ParserResult;
}
interface ParserResult {
  data: string[][];
  errors: { code: string; row: number }[];
  meta: { cursor: number };
}

/**
 * The records of a text that are whole, each ended by LF: what stands behind the last LF outside of quotes is left. Cells
 * that begin with a quote end with one, "" within them is a quote, and they may hold delimiters and ends of lines.
 *
 * @param line of the first record, for messages
 * @param most records are read
 * @throws FormatError for a quote that is closed before its cell ends
 */
export function parseRecords(text: string, delimiter: string, line = 1, most = 0): Records {
  // Its fast mode has no count of characters for the first few records.
  const config = { delimiter, newline: "\n" as const, preview: most, ...(most > 0 && { fastMode: false }) };
  const parser = new Papa.Parser(config) as unknown as Parser;
  const { data, errors, meta } = parser.parse(text, 0, true);
  const wrong = errors.find(({ code }) => code === "InvalidQuotes");
  if (wrong !== undefined) {
    const where = `line ${line + linesOf(data.slice(0, wrong.row))}`;
    throw malformed(where, "a quote at the end of its cell", new Phrase("one with text behind it"));
  }
  data.forEach((cells, record) => {
    if (cells.some((cell) => /^[ \t]+"/.test(cell)))
      throw malformed(
        `line ${line + linesOf(data.slice(0, record))}`,
        "cells that begin with their quote",
        new Phrase("blanks in front of one"),
      );
  });
  return { records: data, length: data.length === 0 ? 0 : meta.cursor };
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
