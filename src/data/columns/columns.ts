import type { Owned } from "../../array.js";
import type { Verbatim } from "../../errors.js";
import type { Chunk } from "../bytes/chunk-encoder.js";
import { encodingAfter } from "../bytes/late-encoding.js";
import { type ColumnsSettings, readNumbers } from "./number-columns.js";
import { readTexts, writtenNumbers } from "./text-columns.js";

/** One column: numbers where all its cells are, texts otherwise. */
export type Column = Owned<Float64ArrayConstructor> | readonly string[];

/** What a file says about the columns that were to be read. */
export interface ReadColumns {
  readonly rows: number;
  /** By name, in the order of the file. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Of each column of texts, the first cell that is no number, for messages. */
  readonly texts: ReadonlyMap<string, Verbatim>;
  /** Missing cells: NaN among numbers, "" among texts. */
  readonly missing: number;
  /** 1 for each row that has one. */
  readonly incomplete: Uint8Array;
}

/**
 * The columns of a file. All of it is read as numbers; then once more, for the columns that turned out to be texts, whose first
 * cells may have looked like numbers.
 */
export function readColumns(file: Chunk, settings: ColumnsSettings): ReadColumns {
  try {
    return readIn(file, settings);
  } catch (error) {
    return readIn(file, { ...settings, encoding: encodingAfter(error, settings.encoding) });
  }
}

function readIn(bytes: Chunk, settings: ColumnsSettings): ReadColumns {
  const { names, rows, columns, texts, head } = readNumbers(bytes, settings);
  const incomplete = new Uint8Array(rows);
  let missing = 0;
  const countMissing = (row: number) => {
    incomplete[row] = 1;
    missing++;
  };
  for (const column of columns.values())
    column.forEach((value, row) => {
      if (Number.isNaN(value)) countMissing(row);
    });
  const others = texts.size === 0 ? null : readTexts(bytes, settings, [...texts.keys()], countMissing);
  const file = { asked: settings.decimal, isShown: head.showsDecimal };
  for (const [name, cells] of others ?? []) {
    const numbers = writtenNumbers(cells, head.decimal, file);
    if (numbers === null) continue;
    columns.set(name, numbers);
    texts.delete(name);
  }
  const inOrder = names.map((name): [string, Column] => [name, (columns.get(name) ?? others?.get(name))!]);
  return { rows, columns: new Map(inOrder), texts, missing, incomplete };
}

/** The same columns with these rows only. */
export function selectRows(columns: ReadColumns["columns"], rows: readonly number[]): Map<string, Column> {
  const select = (column: Column) =>
    column instanceof Float64Array
      ? Float64Array.from(rows, (row) => column[row] as number)
      : rows.map((row) => column[row] as string);
  return new Map(Array.from(columns, ([name, column]) => [name, select(column)]));
}
