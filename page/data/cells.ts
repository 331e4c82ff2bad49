import Papa from "papaparse";
import { count } from "../ui/number.js";
import { BadFile } from "./bad-file.js";
import { isMissing, pointsOf, readNumber } from "./numbers.js";

export const MOST_COLUMNS = 200;
export const MOST_CELLS = 2_000_000;

/** What is written in a file of comma-separated values or its like. */
export interface Cells {
  /** All different. */
  names: string[];
  /** As many cells in each as there are names, without spaces around. */
  rows: string[][];
  /** Of each row, in the file: where it begins, from 1. */
  lines: number[];
  delimiter: string;
  /** Whether the names are the file's own. */
  header: boolean;
}

/**
 * Cuts text into cells, where readCsv would refuse much of what people bring: names are guessed or made up, and numbers are
 * judged by columns, some mistakes among them. Lines without anything are passed over.
 *
 * @param header whether the first row has names; undefined: it has unless it is all numbers
 * @throws BadFile for text that is no table, or too large a one
 */
export function readCells(text: string, header?: boolean): Cells {
  const unified = text.replace(/\r\n?/g, "\n");
  const delimiter = delimiterOf(unified);
  const { data, errors } = Papa.parse<string[]>(unified, { newline: "\n", delimiter });
  const rows: string[][] = [];
  const lines: number[] = [];
  let line = 1;
  let width = 0;
  data.forEach((cells, i) => {
    const begin = line;
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
    const wrong = errors.find(({ type, row }) => type === "Quotes" && row === i);
    if (wrong !== undefined) throw new BadFile(`Line ${begin}: ${QUOTES[wrong.code] ?? wrong.message}.`);
    const row = cells.map((cell) => cell.trim());
    if (row.every((cell) => cell === "")) return;
    if (rows.length === 0) width = row.length;
    if (row.length !== width) {
      const [has, wanted] = [count(row.length, "value"), count(width, "value")];
      throw new BadFile(`Line ${begin} has ${has}, but line ${lines[0]} has ${wanted}.`);
    }
    rows.push(row);
    lines.push(begin);
  });
  if (rows.length === 0) throw new BadFile("The file is empty: there is nothing but blanks in it.");
  checkExtent(rows.length, width);
  const named = header ?? !isNumbers(rows[0]!, delimiter);
  const names = named ? namesFrom(rows.shift()!, lines.shift()!) : namesFrom(Array(width).fill(""), 0);
  return { names, rows, lines, delimiter, header: named };
}

const QUOTES: Record<string, string> = {
  MissingQuotes: "a quotation mark opens a value and none closes it",
  InvalidQuotes: "something stands between a closing quotation mark and the next value",
};

function checkExtent(rows: number, columns: number): void {
  if (columns > MOST_COLUMNS) {
    throw new BadFile(
      `The file has ${columns.toLocaleString("en")} columns; up to ${MOST_COLUMNS} can be used here.`,
    );
  }
  if (rows * columns > MOST_CELLS) {
    const has = `${rows.toLocaleString("en")} rows of ${count(columns, "value")}`;
    throw new BadFile(
      `The file has ${has}; up to ${MOST_CELLS.toLocaleString("en")} values can be used here.`,
    );
  }
}

/**
 * The first of these that cuts every row of the beginning into as many cells, more than one; or else the comma, which comes
 * last since it may also stand before fractions.
 */
function delimiterOf(text: string): string {
  const fits = (delimiter: string) => {
    const { data } = Papa.parse<string[]>(text, {
      newline: "\n",
      delimiter,
      preview: 50,
      skipEmptyLines: "greedy",
    });
    return (data[0]?.length ?? 0) > 1 && data.every((row) => row.length === data[0]!.length);
  };
  return ["\t", ";", "|"].find(fits) ?? ",";
}

function isNumbers(row: readonly string[], delimiter: string): boolean {
  const present = row.filter((cell) => !isMissing(cell));
  const isNumber = (cell: string) =>
    pointsOf(delimiter).some((point) => !Number.isNaN(readNumber(cell, point)));
  return present.length > 0 && present.every(isNumber);
}

/** Names of columns; one without a name is called by its place. */
function namesFrom(cells: readonly string[], line: number): string[] {
  const names = cells.map((cell, i) => (cell === "" ? `column ${i + 1}` : cell));
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first === i) return;
    const where = `columns ${first + 1} and ${i + 1}`;
    throw new BadFile(
      `Line ${line}: ${where} are both called “${name}”; every column needs a name of its own.`,
    );
  });
  return names;
}
