/** The names of a file's columns, and lines above them, as reports and people write them. */
import { quotedCell } from "../../csv-line.js";
import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { type DecimalMark, parseNumber, trimmed } from "../cells/number.js";
import type { CsvSettings } from "../csv-options.js";
import { type Cells, isBlankRecord, lineCount, tryRecords } from "../records/records.js";

export interface Names {
  readonly names: readonly string[];
  /** What is unusual about them, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Whether the first record has names: not where each cell is a number, or a text that is found again in its column, as
 * categories are. A first cell that says nothing stands above the numbers of rows, which pandas and R write, unless names are unlikely.
 */
export function isHeader(
  [first, ...rows]: readonly Cells[],
  point: DecimalMark,
  { missingValues: missing, header }: Pick<CsvSettings, "missingValues" | "header">,
): boolean {
  const isUnlikely = header === "unlikely";
  const cells = (first as Cells).map(trimmed);
  const isNumber = (text: string) => parseNumber(text, point) !== null;
  if (cells.length > 1 && cells[0] === "" && !isUnlikely) return true;
  const isRow = (text: string, i: number) =>
    isNumber(text) || missing.has(text) || rows.some((row) => trimmed(row[i] ?? "") === text);
  return !(cells.some(isNumber) && cells.every(isRow));
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

/** Whether texts are whole numbers that go up by 1 from 0 or 1, as those of rows do. */
export function doCount(texts: readonly string[]): boolean {
  const start = Number(texts[0]);
  return (start === 0 || start === 1) && texts.every((text, i) => text === String(start + i));
}

/** Whether a text begins with names in quotes above a row that is called "1", as R writes them. */
export function isQuotedRowName(text: string): boolean {
  return /^[ \t]*"[^\n]*\n[ \t]*"1"/.test(text);
}

/** Whether the line above rows is a title: the first of them has no number where all others have one. */
function isTitle([first, ...others]: readonly Cells[]): boolean {
  const cells = first as Cells;
  if (others.length === 0 || cells.some((cell) => cell === "" || isNumber(cell))) return false;
  return cells.some((_, i) => others.every((row) => isNumber(row[i] ?? "")));
}

export function shortNote(cells: Cells, names: readonly string[]): string[] {
  if (names.length === cells.length) return [];
  const isFirst = trimmed(cells[0] as string) !== names[0];
  const place = isFirst ? "first" : "last";
  return [`The ${place} column has no name: it is called ${JSON.stringify(names.at(isFirst ? 0 : -1))}.`];
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

/** The names that cells say. A column without one gets one that no other has, and so does one whose name another has. */
export function namesIn(cells: Cells): Names {
  const written = cells.map(trimmed);
  const notes: string[] = [];
  const taken = new Set(written);
  const counts = new Map<string, number>();
  const names = written.map((name, i) => {
    if (name === "") return unusedName(`${i + 1}`, taken);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : "";
  });
  const seen = new Map<string, number>();
  const unique = names.map((name, i) => {
    if (name !== "") return name;
    const twin = written[i] as string;
    let number = seen.get(twin) ?? 1;
    let own: string;
    do own = `${twin} (${++number})`;
    while (taken.has(own));
    seen.set(twin, number);
    taken.add(own);
    notes.push(
      `More than one column has the name ${JSON.stringify(twin)}: column ${i + 1} is called ${JSON.stringify(own)}.`,
    );
    return own;
  });
  return { names: unique, notes };
}

function unusedName(number: string, taken: Set<string>): string {
  let own = number;
  while (taken.has(own)) own = `column ${own}`;
  taken.add(own);
  return own;
}

const DELIMITERS = [",", ";", "\t", "|"];
const RECORDS = 20;
/** So many lines at most are a title. */
const MOST = 5;
const COMMENT = /^(?:#|%|\/\/|;|--)/;

/**
 * What is said behind a message about columns where the first lines look like a title, and others below like names and rows;
 * else nothing.
 *
 * @param delimiter that was found; a title may have led to a wrong one
 * @param line of the text's first record
 */
export function titleAdvice(text: string, delimiter: string, line: number): string {
  for (const mark of [delimiter, ...DELIMITERS]) {
    const { records } = tryRecords(text, mark, RECORDS);
    const lines = linesAbove(records);
    if (lines === 0) continue;
    const sign = COMMENT.exec(trimmed(records[0]?.[0] ?? ""))?.[0];
    return sign === undefined
      ? `; { skip: ${line - 1 + lines} } leaves out what looks like a title`
      : `; { comment: ${JSON.stringify(sign)} } leaves out lines that begin so`;
  }
  return "";
}

/** Lines above the first record that looks like names, of which it has as many as there are cells below it; 0 for no title. */
function linesAbove(records: readonly Cells[]): number {
  for (let first = 1; first <= MOST && first < records.length - 1; first++) {
    const [names, ...rows] = records.slice(first).filter((cells) => !isBlankRecord(cells)) as [
      Cells,
      ...Cells[],
    ];
    const above = records.slice(0, first);
    if (names === undefined || names.length < 2 || rows.length === 0) return 0;
    const areNames =
      records[first] === names && names.every((cell) => trimmed(cell) !== "" && !isNumber(cell));
    const areEven = rows.every((cells) => cells.length === names.length);
    const hasNumbers = rows.some((cells) => cells.some(isNumber));
    const isTitle = above.every(
      (cells) => cells.filter((cell) => trimmed(cell) !== "").length < names.length,
    );
    if (areNames && areEven && hasNumbers && isTitle) return lineCount(above);
  }
  return 0;
}

function isNumber(cell: string): boolean {
  return parseNumber(trimmed(cell), ".") !== null || parseNumber(trimmed(cell), ",") !== null;
}
