import { isMissing } from "./numbers.js";
import { type Column, categoryOf, hasValue, type Table } from "./table.js";

/** Rows of a file that are used, and why the others are not, in words. */
export interface Usable {
  rows: number[];
  omissions: string[];
}

/**
 * The rows that have a value in each of these columns of a table.
 *
 * @param known of each column: the values that it may have; null for any
 */
export function usableRows(
  { lines }: Table,
  columns: readonly Column[],
  known: readonly (ReadonlySet<string> | null)[] = columns.map(() => null),
): Usable {
  const omitted = new Set<number>();
  const omissions = columns.flatMap((column, c) => {
    const values = known[c]!;
    const [missing, wrong]: [number[], number[]] = [[], []];
    column.cells.forEach((cell, row) => {
      if (hasValue(column, row) && (values?.has(categoryOf(column, row)) ?? true)) return;
      omitted.add(row);
      (isMissing(cell) ? missing : wrong).push(row);
    });
    const say = (rows: number[], what: string) => {
      if (rows.length === 0) return [];
      const cell = column.cells[rows[0]!]!;
      const first = `line ${lines[rows[0]!]}${cell === "" ? "" : ` (“${cell}”)`}`;
      return [
        `“${column.name}” ${what} in ${first}${rows.length === 1 ? "" : ` and ${rows.length - 1} more`}`,
      ];
    };
    return [
      ...say(missing, "is missing"),
      ...say(wrong, values === null ? "is no number" : "is none of the model’s values"),
    ];
  });
  return { rows: Array.from(lines.keys()).filter((row) => !omitted.has(row)), omissions };
}
