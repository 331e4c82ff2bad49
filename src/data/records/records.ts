import { Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { trimmed } from "../cells/number.js";

/** Cells of one record; none of a blank line, where a line of "" has one cell that is empty. */
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

/** As parseRecords, for texts that may be wrong: with what is wrong, and in which record; none are read behind it. */
export function tryRecords(
  text: string,
  delimiter: string,
  max = Infinity,
): Records & { wrong: Wrong | null } {
  const records: string[][] = [];
  let cells: string[] = [];
  let [at, length] = [0, 0];
  let isQuoted = false; // whether the record has a cell in quotes
  // Where the next ones stand: each is looked for again only once it is behind.
  let [nextDelimiter, nextLine] = [-1, -1];
  while (records.length < max) {
    const start = behindBlanks(text, at, delimiter);
    let end: number;
    if (text[start] === '"') {
      const close = closingQuote(text, start);
      isQuoted = true;
      if (close < 0) break;
      const content = text.slice(start + 1, close);
      cells.push(content.includes('"') ? content.replaceAll('""', '"') : content);
      end = behindBlanks(text, close + 1, delimiter);
      if (end >= text.length) break;
      if (text[end] !== delimiter && text[end] !== "\n") {
        const wrong = { record: records.length, ...TEXT_BEHIND };
        return { records: [...records, cells], length, wrong };
      }
    } else {
      if (nextDelimiter < at) nextDelimiter = indexOr(text, delimiter, at);
      if (nextLine < at) nextLine = indexOr(text, "\n", at);
      end = Math.min(nextDelimiter, nextLine);
      if (end === Infinity) break;
      cells.push(text.slice(at, end));
    }
    at = end + 1;
    if (text[end] !== "\n") continue;
    records.push(!isQuoted && cells.length === 1 && trimmed(cells[0] as string) === "" ? [] : cells);
    cells = [];
    isQuoted = false;
    length = at;
  }
  return { records, length, wrong: null };
}

function indexOr(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? Infinity : index;
}

/** Where the blanks end that stand around a cell in quotes, what CRLF leaves included. */
function behindBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (
    let character = text[at];
    character === " " || character === "\t" || character === "\r";
    character = text[++at]
  )
    if (character === delimiter) break;
  return at;
}

/** Where the quote stands that closes one; -1 where none does. "" closes none. */
function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

/**
 * The records of a text that are whole, each ended by LF: what stands behind the last LF outside of quotes is left. Cells
 * that begin with a quote, blanks aside, end with one, "" within them is a quote, and they may hold delimiters and ends of lines.
 *
 * @param line of the first record, for messages
 * @param max records that are read. Default: all
 * @throws FormatError for a quote that is closed before its cell ends
 */
export function parseRecords(text: string, delimiter: string, line = 1, max = Infinity): Records {
  const { records, length, wrong } = tryRecords(text, delimiter, max);
  if (wrong === null) return { records, length };
  const where = `line ${line + lineCount(records.slice(0, wrong.record))}`;
  throw malformed(where, wrong.expected, new Verbatim(wrong.got));
}

/** Lines that records take up. */
export function lineCount(records: readonly Cells[]): number {
  let lines = records.length;
  for (const cells of records)
    for (const cell of cells) for (let i = cell.indexOf("\n"); i >= 0; i = cell.indexOf("\n", i + 1)) lines++;
  return lines;
}

export function isBlankRecord(cells: Cells): boolean {
  return cells.length === 0;
}

export function neverClosed(line: number): FormatError {
  return malformed(`line ${line}`, "a quote that is closed", new Verbatim("none up to the end"));
}
