import { type Bytes, checkedBytes } from "../../bytes.js";
import { type Chunk, type Chunks, piecesOf } from "../../data/csv/chunk-encoder.js";
import { describe, wrongType } from "../../errors.js";
import { isPlainObject } from "../../options.js";
import { TableError } from "../table-error.js";
import { csvText } from "./csv-text.js";
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
      readonly text: (names: readonly string[]) => Iterable<string>;
    };

/** @throws TypeError for what is no source; TableError for columns of different lengths */
export function openSource(source: TableSource): OpenSource {
  if (typeof source === "function") {
    return { kind: "file", open: async () => later(piecesOf(await source())) };
  }
  if (isPlainObject(source) && "columns" in source)
    return fromColumns(source.columns as Record<string, ArrayLike<unknown>>);
  if (isPlainObject(source) && "rows" in source && Array.isArray(source.rows)) return fromRows(source.rows);
  if (typeof source !== "string" && !(Object(source).byteLength >= 0))
    throw wrongType(
      "source",
      "text, bytes, a function that returns a file's chunks, { columns } or { rows }",
      source,
    );
  const open = async () => later([source as Chunk]);
  if (typeof source === "string") return { kind: "file", open };
  return { kind: "file", open, bytes: checkedBytes(source) };
}

async function* later(pieces: Iterable<Chunk> | AsyncIterable<Chunk>): AsyncGenerator<Chunk, void> {
  yield* pieces;
}

function fromColumns(columns: Readonly<Record<string, ArrayLike<unknown>>>): OpenSource {
  const names = Object.keys(columns);
  const first = names[0];
  if (first === undefined) throw new TableError("a table without columns");
  const { length } = columns[first] as ArrayLike<unknown>;
  for (const name of names) {
    const column = columns[name];
    if (typeof column === "string" || !(Object(column).length >= 0))
      throw wrongType(`columns.${name}`, "an array", column);
    const got = (column as ArrayLike<unknown>).length;
    if (got !== length)
      throw new TableError(
        `columns of different lengths: ${JSON.stringify(first)} has ${length}, ${JSON.stringify(name)} has ${got}`,
      );
  }
  function* cells(wanted: readonly string[]) {
    for (let row = 0; row < length; row++) yield wanted.map((name) => columns[name]?.[row]);
  }
  return { kind: "cells", names, text: (wanted) => csvText(cells(wanted)) };
}

function fromRows(rows: readonly JsonRecord[]): OpenSource {
  const names = new Set<string>();
  const flat = rows.map((row, i) => {
    if (!isPlainObject(row))
      throw new TableError(`row ${i}: expected an object such as { size: 3 }, got ${describe(row)}`);
    const cells = Object.fromEntries(flatCells(row));
    for (const name of Object.keys(cells)) names.add(name);
    return cells;
  });
  function* cells(wanted: readonly string[]) {
    for (const row of flat) yield wanted.map((name) => (Object.hasOwn(row, name) ? row[name] : null));
  }
  return { kind: "cells", names: [...names], text: (wanted) => csvText(cells(wanted)) };
}
