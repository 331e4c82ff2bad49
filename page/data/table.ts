import type { Cells } from "./cells.js";
import { isMissing, type Point, pointsOf, readNumber } from "./numbers.js";

/** A file, read. */
export interface Table extends Pick<Cells, "lines" | "delimiter" | "header"> {
  /** With as many cells as there are lines. */
  columns: Column[];
}

/** A column of a file, and what it holds. */
export interface Column {
  name: string;
  /** "nothing": every value is missing. */
  holds: "numbers" | "texts" | "nothing";
  /** As it is written. */
  cells: string[];
  /** Where it holds numbers: of every row, NaN where there is none. */
  numbers: Float64Array;
  /** In how many rows there is no value. */
  missing: number;
}

/** So large a share of the cells of a column of numbers may be none: mistakes, whose rows are left out. */
const MISTAKES = 0.2;

/** What a file holds, by columns. */
export function tableOf({ names, rows, lines, delimiter, header }: Cells): Table {
  const columns = names.map((name, i) => {
    const cells = rows.map((row) => row[i]!);
    const readings = pointsOf(delimiter).map((point) => columnOf(name, cells, point));
    return readings.find(({ holds }) => holds === "numbers") ?? readings[0]!;
  });
  return { columns, lines, delimiter, header };
}

function columnOf(name: string, cells: string[], point: Point): Column {
  const numbers = Float64Array.from(cells, (cell) => readNumber(cell, point));
  const missing = cells.filter(isMissing).length;
  const values = cells.length - missing;
  const mistakes = numbers.filter(Number.isNaN).length - missing;
  if (values === 0) return { name, holds: "nothing", cells, numbers: EMPTY, missing };
  if (mistakes <= MISTAKES * values) return { name, holds: "numbers", cells, numbers, missing };
  return { name, holds: "texts", cells, numbers: EMPTY, missing };
}

const EMPTY = new Float64Array();

/** Whether a row has a value that can be used. */
export function hasValue({ holds, cells, numbers }: Column, row: number): boolean {
  return holds === "numbers" ? !Number.isNaN(numbers[row]) : !isMissing(cells[row]!);
}

/** A value as one of a set: numbers are the same however they are written. */
export function categoryOf({ holds, cells, numbers }: Column, row: number): string {
  return holds === "numbers" ? String(numbers[row]) : cells[row]!;
}

/** The different values of these rows in order, or null where there are more than so many. */
export function differentValues(column: Column, rows: Iterable<number>, most: number): string[] | null {
  const values = new Set<string>();
  for (const row of rows) {
    if (!hasValue(column, row)) continue;
    values.add(categoryOf(column, row));
    if (values.size > most) return null;
  }
  const sorted = [...values];
  return column.holds === "numbers" ? sorted.sort((a, b) => Number(a) - Number(b)) : sorted.sort();
}
