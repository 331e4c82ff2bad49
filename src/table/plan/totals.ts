/** A last row that sums up the rows above it, as spreadsheets have it. */
import type { ChunksDescription } from "../../data/describe-csv.js";
import type { DescribedColumn } from "../../data/index.js";
import type { TableReader } from "../source/table-reader.js";
import { type OptionText, withOptions } from "../wording.js";

/** How rows of sums begin, in some languages, and rows of other totals, which have to be right to be taken for some. */
const SUM =
  "(?:grand |sub-?)?totals?|sums?|overall|summe|gesamt(?:summe)?|insgesamt|somme|suma|totale|totaal|total g[eé]n[eé]ral";
const OTHER = "average|avg|mean|count|median|all|durchschnitt|mittelwert|moyenne|promedio|media|gemiddelde";
const SUM_LABEL = new RegExp(`^(?:${SUM})\\s*:?$`, "i");
const LABEL = new RegExp(`^(?:${SUM}|${OTHER})\\b.{0,30}$`, "i");

/** Fewer rows have no sums below them. */
const MIN_ROWS = 4;

/**
 * What a table holds, without a last row of totals. Later readings of the reader leave it out, too.
 *
 * @returns size: of all that is there; notes: what was found
 * @throws FormatError for what is no table
 */
export async function describeRows(
  reader: TableReader,
  maxValues: number,
  optionText: OptionText,
): Promise<{
  description: ChunksDescription;
  size: { rows: number; columns: number };
  found: readonly string[];
}> {
  const whole = await reader.describe(maxValues);
  const size = { rows: whole.rows, columns: whole.columns.length };
  const notes = (description: ChunksDescription) =>
    description.notes.map((note) => withOptions(note, optionText));
  if (!mayBeTotals(whole)) return { description: whole, size, found: notes(whole) };
  reader.endBefore({ rows: whole.rows - 1, line: whole.last.line });
  const above = await reader.describe(maxValues);
  const why = above.rows === whole.rows - 1 ? totalsIn(above, whole) : null;
  if (why !== null) return { description: above, size, found: [...notes(above), why] };
  reader.readAll();
  const again = await reader.describe(maxValues);
  return { description: again, size, found: notes(again) };
}

/** Whether a look at the rows above the last one is worth a reading. */
function mayBeTotals({ rows, columns, last, dialect }: ChunksDescription): boolean {
  if (rows < MIN_ROWS + 1 || dialect.encoding.startsWith("utf-16")) return false; // whose lines do not end with one byte
  if (last.cells.some((cell) => LABEL.test(cell))) return true;
  const sums = columns.filter((column, i) => {
    if (column.kind !== "number") return false;
    const value = last.numbers[i] as number;
    return value === column.max && isNear(2 * value, column.mean * (rows - column.missing), value, rows);
  });
  return sums.length > 0;
}

/** Why the last row sums up those above it, in a sentence; null where it does not. */
function totalsIn(above: ChunksDescription, { columns, last, dialect }: ChunksDescription): string | null {
  const { rows } = above;
  const known = above.columns.flatMap((column, i) => {
    const value = last.numbers[i] as number;
    if (column.kind !== "number" || Number.isNaN(value)) return [];
    const count = rows - column.missing;
    const isSum = value !== 0 && isNear(value, column.mean * count, value, rows);
    return [{ name: column.name, value, isSum, isMean: isNear(value, column.mean, value, 1), column }];
  });
  const right = known.filter(({ isSum, isMean }) => isSum || isMean);
  const larger = known.filter(({ value, column }) => value > column.max);
  const label = last.cells.findIndex(
    (cell, i) => LABEL.test(cell) && isAlone(columns[i] as DescribedColumn, cell),
  );
  const where = dialect.headerLine === null ? `Row ${rows + 1}` : `Line ${last.line}`;
  const dropped = (what: string) => `${where} sums up the rows above it, ${what}: dropped.`;
  if (label >= 0) {
    const { name, kind } = above.columns[label] as DescribedColumn;
    const text = last.cells[label] as string;
    const isClear = kind === "number" || (SUM_LABEL.test(text) && (known.length === 0 || larger.length > 0));
    if (isClear || right.length > 0)
      return dropped(`${JSON.stringify(text)} in column ${JSON.stringify(name)}`);
  }
  // Without a word for it, all numbers are sums of several, and a name is missing or there are two of them.
  const isUnnamed = above.columns.some(
    ({ kind, missing }, i) => kind === "text" && missing === 0 && last.cells[i] === "",
  );
  const areSums = known.length > 0 && known.every(({ isSum, value, column }) => isSum && value > column.max);
  if (!areSums || known.length < (isUnnamed ? 1 : 2)) return null;
  const { name, value } = known[0] as (typeof known)[number];
  return dropped(`${value} in column ${JSON.stringify(name)}`);
}

/** Whether no other row of the column has the cell. */
function isAlone(column: DescribedColumn, cell: string): boolean {
  if (column.kind === "number") return column.stray?.text === cell && column.strays === 1;
  if (column.kind === "boolean") return false;
  return column.values === null || column.values.get(cell) === 1;
}

/** Whether two numbers are the same but for the rounding of so many, of which one is shown. */
function isNear(a: number, b: number, shown: number, rows: number): boolean {
  const digits = /\.(\d+)$/.exec(String(shown))?.[1]?.length ?? 0;
  const rounding = digits === 0 ? 0 : 0.51 * 10 ** -digits * Math.sqrt(rows);
  return Math.abs(a - b) <= Math.max(rounding, 1e-9 * Math.abs(b));
}
