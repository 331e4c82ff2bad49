/** Whether a file's first record has the names of its columns, and of which of them. */
import { quotedCell } from "../../csv-line.js";
import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { type DecimalMark, isNumber, parseNumber, trimmed } from "../cells/number.js";
import type { CsvSettings } from "../csv-options.js";
import { type Cells, isBlankRecord } from "../records/records.js";
import { doCount, isQuotedRowName } from "./row-names.js";
import { titleAdvice } from "./title.js";

/**
 * Whether the first record has names: not where each cell is a number, or a text that is found again in its column, as
 * categories are. A first cell that says nothing stands above the numbers of rows, which pandas and R write, unless names are unlikely.
 */
export function isHeader(
  [first, ...rows]: readonly Cells[],
  point: DecimalMark,
  { missingValues: missing, expected }: Pick<CsvSettings, "missingValues" | "expected">,
): boolean {
  const cells = (first as Cells).map(trimmed);
  const isPlain = (text: string) => parseNumber(text, point) !== null;
  if (cells.length > 1 && cells[0] === "" && expected.areNamesLikely) return true;
  const isRow = (text: string, i: number) =>
    isPlain(text) || missing.has(text) || rows.some((row) => trimmed(row[i] ?? "") === text);
  return !(cells.some(isPlain) && cells.every(isRow));
}

/** What a file's first lines say besides their cells. */
interface FirstLines {
  /** From the first record on. */
  readonly body: string;
  /** What separates cells. */
  readonly mark: string;
  /** The line of the first record. */
  readonly line: number;
  /** Whether commas were found to separate cells, and not asked for. */
  readonly foundCommas: boolean;
}

/**
 * As many names as there are cells below them: R leaves out the one of the first column, others one at the end.
 *
 * @throws FormatError where the first line seems to be a title, and where a comma may separate a fraction
 */
export function withUnnamed([names, ...others]: readonly Cells[], beginning: FirstLines): Cells {
  const rows = others.filter((cells) => !isBlankRecord(cells)).map((cells) => cells.map(trimmed));
  const given = names as Cells;
  const { body, mark, line, foundCommas } = beginning;
  if (rows.length < (isQuotedRowName(body) ? 1 : 2)) return given;
  if (rows.some((cells) => cells.length !== given.length + 1)) return given;
  if (rows.every((cells) => cells.at(-1) === "")) return [...given, ""];
  if (isTitle(rows)) {
    const got = new Verbatim(`${given.length}${titleAdvice(body, mark, line)}`);
    throw malformed(`line ${line}`, `${given.length + 1} names, as rows have cells`, got);
  }
  const first = rows.map(([cell]) => cell as string);
  const areNumbers = !/\n[ \t]*"/.test(body) && first.every((cell) => parseNumber(cell) !== null);
  if (foundCommas && areNumbers && (given.length === 1 || !doCount(first))) {
    const example = JSON.stringify((rows[0] as Cells).slice(0, 2).join(","));
    const either = `{ decimal: "," } reads ${example} as a number, { delimiter: "," } as the name of a row and a cell`;
    const got = new Verbatim(`${pluralize(given.length + 1, "cell")}: ${either}`);
    throw malformed("rows", `${pluralize(given.length, "cell")}, as there are names`, got);
  }
  return ["", ...given];
}

/** Whether the line above rows is a title: the first of them has no number where all others have one. */
function isTitle([first, ...others]: readonly Cells[]): boolean {
  const cells = first as Cells;
  if (others.length === 0 || cells.some((cell) => cell === "" || isNumber(cell))) return false;
  return cells.some((_, i) => others.every((row) => isNumber(row[i] ?? "")));
}

/**
 * CR alone ends no line, but may be in quotes (RFC 4180, section 2).
 *
 * @param record in which the cells stand
 * @throws FormatError for lines that end with CR alone
 */
export function checkLineEnds(cells: Cells, line: number, record: string): void {
  const column =
    cells.findIndex((cell) => trimmed(cell).includes("\r") && !record.includes(quotedCell(cell))) + 1;
  if (column === 0) return;
  const expected = "lines that end with LF or CRLF";
  throw malformed(`line ${line}, column ${column}`, expected, new Verbatim("CR alone"));
}
