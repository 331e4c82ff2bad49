import { type Bytes, checkedBytes } from "../../bytes.js";
import { type Chunk, type Chunks, piecesOf } from "../../data/bytes/chunk-encoder.js";
import { describe, Verbatim, wrongType } from "../../errors.js";
import { isPlainObject } from "../../options.js";
import { later } from "../../read-stream.js";
import { TableError } from "../table-error.js";
import { flatCells, type JsonRecord } from "./json-records.js";

/**
 * A table: text or bytes of CSV, of JSON lines or of a JSON array of objects, or of any of these as gzip; a function that returns
 * them in pieces, anew at every call; columns by name; or rows by the names of their columns.
 */
export type TableSource =
  | string
  | Bytes
  | (() => Chunks | Promise<Chunks>)
  | { readonly columns: Readonly<Record<string, ArrayLike<unknown>>> }
  | { readonly rows: readonly JsonRecord[] };

/** A source in one of two forms: pieces of a file, or rows of cells, whose columns have names. */
export type OpenSource =
  | {
      readonly kind: "file";
      readonly open: () => Promise<AsyncIterable<Chunk>>;
      /** All of it, where it is bytes in memory. */
      readonly bytes?: Uint8Array;
    }
  | {
      readonly kind: "cells";
      readonly names: readonly string[];
      readonly cells: (names: readonly string[]) => Iterable<readonly unknown[]>;
    };

const EXPECTED = "text, bytes, a function that returns a file's chunks, { columns } or { rows }";

/** One line that is called as files are, or as what is on the web. */
const PATH =
  /^(?:[\w.-]+:\/\/[^\n]*|[^\n]*\.(?:csv|tsv|tab|txt|dat|data|jsonl?|ndjson|gz|xlsx?|ods|parquet))$/i;

/** @throws TypeError for what is no source; TableError for columns of different lengths, and where there are no rows */
export function openSource(source: TableSource): OpenSource {
  if (typeof source === "function") return { kind: "file", open: opening(source) };
  if (isPlainObject(source) && "columns" in source)
    return fromColumns(source.columns as Record<string, ArrayLike<unknown>>);
  if (isPlainObject(source) && "rows" in source) return fromRows(source.rows as JsonRecord[]);
  if (Array.isArray(source))
    throw wrongType(
      "source",
      EXPECTED,
      new Verbatim(`${describe(source)}: { rows: … } takes an array of rows`),
    );
  if (typeof source === "string" && PATH.test(source)) {
    const read = /^https?:/i.test(source)
      ? `() => fetch(${JSON.stringify(source)}).then(({ body }) => body)`
      : `() => createReadStream(${JSON.stringify(source)})`;
    throw wrongType("source", EXPECTED, new Verbatim(`${describe(source)}, a path: ${read} reads a file`));
  }
  const open = async () => later([source as Chunk]);
  if (typeof source === "string") return { kind: "file", open };
  return { kind: "file", open, bytes: checkedBytes(source, "source", EXPECTED) };
}

/** Calls a function for each reading. @throws TypeError where it gives what was read already */
function opening(source: () => Chunks | Promise<Chunks>): () => Promise<AsyncIterable<Chunk>> {
  let before: unknown;
  return async () => {
    const chunks = await source();
    const { next, pipe, getReader } = Object(chunks);
    if (chunks === before && [next, pipe, getReader].some((method) => typeof method === "function"))
      throw wrongType(
        "source",
        "a function that returns a new stream at each call, such as () => createReadStream(path)",
        new Verbatim("the same stream again"),
      );
    before = chunks;
    return later(piecesOf(chunks));
  };
}

function fromColumns(columns: Readonly<Record<string, ArrayLike<unknown>>>): OpenSource {
  if (!isPlainObject(columns)) throw wrongType("columns", "arrays by the names of columns", columns);
  const names = Object.keys(columns);
  const first = names[0];
  if (first === undefined) throw new TableError("a table without columns");
  for (const name of names) {
    const column: unknown = columns[name];
    if (typeof column === "string" || typeof column === "function" || !(Object(column).length >= 0))
      throw wrongType(`columns.${name}`, "an array", column);
  }
  const { length } = columns[first] as ArrayLike<unknown>;
  for (const name of names) {
    const got = (columns[name] as ArrayLike<unknown>).length;
    if (got !== length)
      throw new TableError(
        `columns of different lengths: ${JSON.stringify(first)} has ${length}, ${JSON.stringify(name)} has ${got}`,
      );
  }
  if (length === 0) throw withoutRows("columns");
  function* cells(wanted: readonly string[]) {
    for (let row = 0; row < length; row++) yield wanted.map((name) => columns[name]?.[row]);
  }
  return { kind: "cells", names, cells };
}

function fromRows(rows: readonly JsonRecord[]): OpenSource {
  checkRows(rows);
  if (rows.length === 0) throw withoutRows("rows");
  const names = new Set<string>();
  const flat = cellsOfRows(rows);
  for (const cells of flat) for (const name of cells.keys()) names.add(name);
  if (names.size === 0) throw new TableError("a table without columns: its rows are objects without names");
  function* cells(wanted: readonly string[]) {
    for (const row of flat) yield wanted.map((name) => row.get(name));
  }
  return { kind: "cells", names: [...names], cells };
}

function checkRows(rows: unknown): asserts rows is readonly unknown[] {
  if (!Array.isArray(rows)) throw wrongType("rows", "an array of objects such as { size: 3 }", rows);
}

/** The cells of each row by name. @throws TypeError for what is no array; TableError for rows that are no objects */
export function cellsOfRows(rows: readonly JsonRecord[]): Map<string, unknown>[] {
  checkRows(rows);
  return Array.from(rows, (row, i) => {
    if (isPlainObject(row)) return new Map(flatCells(row));
    throw new TableError(`row ${i}: expected an object such as { size: 3 }, got ${describe(row)}`);
  });
}

function withoutRows(what: string): TableError {
  return new TableError(`a table without rows: { ${what} } is empty`);
}
