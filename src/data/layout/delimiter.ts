import { type DecimalMark, isGrouped, isNumber, parseNumber, trimmed } from "../cells/number.js";
import { type Cells, isBlankRecord, tryRecords } from "../records/records.js";
import { DELIMITERS } from "./dialect.js";
import { doCount, isQuotedRowName } from "./row-names.js";

/** Records at the beginning that tell the delimiter and the names. */
export const FIRST_RECORDS = 20;

/** How a delimiter cuts the first records. */
interface Cut {
  readonly delimiter: string;
  readonly records: readonly Cells[];
  /** In most records. */
  readonly cells: number;
  /** Whether all have as many; "short": but for the first, which has one fewer, as R writes names. */
  readonly isEven: boolean | "short";
}

export interface DelimiterOptions {
  /** What separates fractions, where that is known. */
  readonly point: DecimalMark | null;
  /** What separates them where the file does not tell. */
  readonly usual: DecimalMark;
  /** Whether the first record may have names, one fewer than cells. */
  readonly mayBeShort: boolean;
}

/**
 * Of , ; tab | the one that cuts the first records into equally many cells, two at least, and the most; but none that cuts
 * numbers in two where another does not. Where none does, runs of blanks, if they do and leave numbers; or the one that makes
 * the most of the first record, so that others can be told to differ; or a comma, which may be needless.
 *
 * @param blanks the text with tabs for runs of blanks
 * @returns null for blanks
 */
export function detectDelimiter(text: string, blanks: string, options: DelimiterOptions): string | null {
  const cuts = DELIMITERS.filter((delimiter) => delimiter !== options.point).map((delimiter) =>
    cutOf(text, delimiter, options),
  );
  const column = cuts.find(
    ({ delimiter, cells, isEven }) => delimiter !== "," && cells === 1 && isEven === true,
  );
  if (column !== undefined && holdsCommas(column, cuts, options)) return column.delimiter;
  const blank = cutOf(blanks, "\t", options);
  const even = cuts.filter(({ cells, isEven }) => isEven === true && cells > 1);
  const whole = even.filter((cut) => !even.some((other) => other !== cut && cutsNumbers(cut, other)));
  const short = cuts.filter(({ cells, isEven }) => isEven === "short" && cells > 2);
  const isBlank = blank.isEven !== false && blank.cells > 1 && hasNumbers(blank);
  const possible = [whole, even, short].find((some) => some.length > 0);
  if (possible === undefined) return isBlank ? null : longest(cuts).delimiter;
  const best = longest(possible);
  if (best.isEven === "short") {
    // What stands in front of the first comma is no name of a row where others cut around whole numbers.
    if (isBlank && cutsNumbers(best, below(blank))) return null;
    const other = cuts.find((cut) => cut !== best && cut.isEven === "short" && cutsNumbers(best, below(cut)));
    if (other !== undefined) return other.delimiter;
  }
  const isBetter = isBlank && blank.cells > best.cells && (holdsSeveral(best) || cutsNumbers(best, blank));
  return isBetter ? null : best.delimiter;
}

/** Whether a file is one column of numbers, some of which have a decimal comma, and not two columns of whole numbers. */
function holdsCommas(column: Cut, cuts: readonly Cut[], { point, usual }: DelimiterOptions): boolean {
  const cells = column.records.map((record) => trimmed(record[0] as string));
  const hasName = parseNumber(cells[0] ?? "", ",") === null;
  const rows = hasName ? cells.slice(1) : cells;
  const marked = rows.filter((cell) => cell.includes(","));
  if (point !== null || marked.length === 0 || (hasName && cells[0]?.includes(","))) return false;
  if (rows.some((cell) => parseNumber(cell, ",") === null)) return false;
  if (usual === "," || marked.length < rows.length) return true;
  const isEven = cuts.some(({ delimiter, isEven }) => delimiter === "," && isEven === true);
  return !isEven && !doCount(rows.map((cell) => cell.split(",")[0] as string));
}

/** A cut without the names. */
function below(cut: Cut): Cut {
  return { ...cut, records: cut.records.slice(1) };
}

function longest(cuts: readonly Cut[]): Cut {
  const first = ({ records, cells, isEven }: Cut) => (isEven === false ? (records[0]?.length ?? 1) : cells);
  return cuts.reduce((a, b) => (first(b) > first(a) ? b : a));
}

function cutOf(text: string, delimiter: string, { mayBeShort }: DelimiterOptions): Cut {
  const { records, wrong } = tryRecords(text, delimiter, FIRST_RECORDS);
  const rows = records.filter((cells) => !isBlankRecord(cells));
  const [first = 1, ...others] = rows.map((cells) => cells.length);
  const cells = others[0] ?? first;
  const isEven = wrong === null && others.every((count) => count === cells);
  const isShort = mayBeShort && (others.length > 1 || isQuotedRowName(text)) && first === cells - 1;
  return { delimiter, records: rows, cells, isEven: isEven && (first === cells || (isShort && "short")) };
}

/** Whether a comma only stands within numbers as another delimiter cuts them. */
function cutsNumbers({ delimiter }: Cut, other: Cut): boolean {
  if (delimiter !== ",") return false;
  const marked = other.records.flat().filter((cell) => cell.includes(","));
  return marked.every((cell) => parseNumber(cell.trim(), ",") !== null || isGrouped(",", cell.trim()));
}

/** Whether a column has nothing but numbers, names aside: words in one column are separated by blanks, too. */
function hasNumbers({ records, cells, isEven }: Cut): boolean {
  if (isEven === "short" && cells < 3 && !/^\s*"/.test(records[0]?.[0] ?? "")) return false;
  const rows = records.slice(1).length > 0 ? records.slice(1) : records;
  return Array.from({ length: cells }, (_, i) => i).some((i) =>
    rows.every((row) => isNumber(row[i] as string)),
  );
}

/** Whether a column has several numbers in each cell, with blanks between them that separate no thousands. */
function holdsSeveral({ records, cells }: Cut): boolean {
  const isSeveral = (cell: string) => {
    const parts = cell.trim().split(/[ \t]+/);
    return parts.length > 1 && parts.every((part) => isNumber(part) || part === "?");
  };
  return Array.from({ length: cells }, (_, i) => i).some((i) => {
    const column = records.slice(records.length > 1 ? 1 : 0).map((row) => row[i] ?? "");
    return column.every(isSeveral) && !column.every((cell) => isGrouped(" ", cell.trim()));
  });
}
