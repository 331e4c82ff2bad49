/** JSON objects as rows of CSV. */
import { Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { isPlainObject } from "../../options.js";
import { csvText } from "./csv-text.js";
import { flatCells, type JsonRecord, jsonRecords } from "./json-records.js";

/** The names of all records, in the order in which they first occur. @throws FormatError where there are none */
export async function namesOf(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const names = new Set<string>();
  let [first, rows] = [null as JsonRecord | null, 0];
  for await (const records of jsonRecords(chunks)) {
    first ??= records[0] as JsonRecord;
    rows += records.length;
    for (const record of records) for (const [name] of flatCells(record)) names.add(name);
  }
  if (names.size === 0) throw malformed("file", "at least one row", new Verbatim("none"));
  if (rows === 1) checkIsRow(first as JsonRecord);
  return [...names];
}

/** @throws FormatError for one object that holds the whole table */
function checkIsRow(record: JsonRecord): void {
  const entries = Object.entries(record);
  const isTable = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
  const table = entries.find(([, value]) => isTable(value));
  if (table !== undefined)
    throw noRow(`one object with a table in ${JSON.stringify(table[0])}: give the array in it alone`);
  if (entries.length > 1 && entries.every(([, value]) => Array.isArray(value)))
    throw noRow(
      "one object of arrays: write an object for each row (a program may pass { columns } of these arrays)",
    );
}

function noRow(got: string): FormatError {
  return malformed("file", 'an object for each row, such as {"size": 3}', new Verbatim(got));
}

export interface RecordsOptions {
  readonly names: readonly string[];
  /** Columns of numbers in a format. */
  readonly formatted: ReadonlySet<string>;
  /** Rows that are read. */
  readonly most: number;
  /** Whether the first records may have no cell of a column; else that is a FormatError. */
  readonly mayLack: boolean;
}

export async function* textOfRecords(
  chunks: AsyncIterable<Uint8Array>,
  { names, formatted, most, mayLack }: RecordsOptions,
): AsyncGenerator<string, void> {
  const seen = new Set<string>();
  let [isFirst, left] = [true, most];
  for await (const records of jsonRecords(chunks)) {
    const rows = records.slice(0, left).map((record) => {
      const cells = new Map(flatCells(record));
      if (isFirst) for (const name of cells.keys()) seen.add(name);
      return names.map((name) => cells.get(name));
    });
    const absent = isFirst && !mayLack ? names.find((name) => !seen.has(name)) : undefined;
    if (absent !== undefined) {
      if (records.length === 1) checkIsRow(records[0] as JsonRecord);
      const known = [...seen].map((name) => JSON.stringify(name)).join(", ");
      throw malformed("file", `rows with ${JSON.stringify(absent)}`, new Verbatim(known));
    }
    isFirst = false;
    left -= rows.length;
    yield* csvText(rows, names, formatted);
    if (left <= 0) return;
  }
}
