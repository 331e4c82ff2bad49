/** Rows that are no text as CSV, so that one reader decides what their cells are. */

import { csvLine, quotedCell } from "../../csv-line.js";

/** Characters of a piece, or a little more. */
const PIECE = 2 ** 16;

/** Rows as CSV without names, in pieces: cells between commas. */
export function* csvText(rows: Iterable<readonly unknown[]>): Generator<string, void> {
  let piece = "";
  for (const row of rows) {
    // A line without anything would be no row.
    piece += row.length === 1 ? `${quotedCell(textOf(row[0]))}\n` : csvLine(row.map(textOf));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
