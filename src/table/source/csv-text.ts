/** Rows that are no text as CSV, so that one reader decides what their cells are. */

import { csvLine, quotedCell } from "../../csv-line.js";
import { EXACT } from "../../data/cells/number-format.js";
import { wrongType } from "../../errors.js";

/** Characters of a piece, or a little more. */
const PIECE = 2 ** 16;

/**
 * Rows as CSV without names, in pieces: cells between commas.
 *
 * @param names of the columns; formatted: those whose texts are numbers in some format, which numbers among them are not in
 * @throws TypeError for a cell that is a function or a symbol
 */
export function* csvText(
  rows: Iterable<readonly unknown[]>,
  names: readonly string[],
  formatted: ReadonlySet<string> = new Set(),
): Generator<string, void> {
  const isFormatted = names.map((name) => formatted.has(name));
  let piece = "";
  let index = 0;
  for (const row of rows) {
    const cells = row.map((value, i) => {
      if (typeof value === "function" || typeof value === "symbol") throw noCell(index, names[i], value);
      const isNumber = Number.isFinite(value) || typeof value === "bigint";
      return isNumber && isFormatted[i] ? `${value}${EXACT}` : textOf(value);
    });
    // A line without anything would be no row.
    piece += cells.length === 1 ? `${quotedCell(cells[0] as string)}\n` : csvLine(cells);
    index++;
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

function noCell(row: number, name: string | undefined, value: unknown): TypeError {
  return wrongType(
    `row ${row}, ${name}`,
    "a number, a text, true or false, a Date, null or undefined",
    value,
  );
}

/** The first of some rows. */
export function* firstOf<Row>(rows: Iterable<Row>, most: number): Generator<Row, void> {
  let left = most;
  for (const row of rows) {
    if (left-- <= 0) return;
    yield row;
  }
}
