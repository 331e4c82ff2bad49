import { type Chunk, ChunkEncoder } from "../../data/csv/chunk-encoder.js";
import {
  type CsvDescription,
  type CsvDialect,
  type CsvOptions,
  type CsvRows,
  type CsvRowsOptions,
  csvRows,
  describeCsv,
} from "../../data/index.js";
import { Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { csvText } from "./csv-text.js";
import { isGzip, unzipped } from "./gzip.js";
import { flatCells, isJson, jsonRecords } from "./json-records.js";
import { isLateWindows1252 } from "./late-encoding.js";
import { firstLines } from "./lines.js";
import { type OpenSource, openSource, type TableSource } from "./table-source.js";

/** What a table is read for. */
export type Phase = "describing" | "reading" | "training" | "measuring";

/** How far a reading of a file has come. */
export interface ReadingProgress {
  readonly phase: Phase;
  /** Of the source, as it is stored, since the reading began. */
  readonly bytes: number;
  /** Whether this is the end of the reading. */
  readonly done: boolean;
}

export type OnProgress = (progress: ReadingProgress) => void;

/** Bytes that tell gzip and JSON from CSV. */
const HEAD = 64;
/** What text of cells is read with. */
const CELLS = { delimiter: ",", decimal: "." } as const;

/** Reads a table from its beginning, as often as is wanted, always in the same way. */
export class TableReader {
  readonly #source: OpenSource;
  readonly #csv: CsvOptions;
  readonly #onProgress: OnProgress;
  /** Of JSON, the names of the columns, once all records were seen. */
  #names: readonly string[] | null;
  /** How a file of CSV is written, once it is known. */
  #dialect: CsvDialect | null = null;
  /** Lines that are read: those above a row of totals. */
  #lines = Infinity;

  constructor(source: TableSource, csv: CsvOptions = {}, onProgress: OnProgress = () => {}) {
    this.#source = openSource(source);
    this.#csv = csv;
    this.#onProgress = onProgress;
    this.#names = this.#source.kind === "cells" ? this.#source.names : null;
  }

  /** What the columns hold. Later readings are as this one. @throws FormatError for what is no table */
  async describe(maxValues: number): Promise<CsvDescription> {
    let first: Opened | null = await this.#open("describing");
    const isText = first.kind === "csv";
    if (first.kind === "json") {
      this.#names ??= await namesOf(first.chunks);
      first = null;
    }
    const source = async () => {
      const opened = first ?? (await this.#open("describing"));
      first = null;
      return this.#textOf(opened, this.#names);
    };
    const options = isText ? this.#csv : this.#cellOptions(this.#names as readonly string[]);
    const description = await describeCsv(source, { ...options, maxValues });
    if (isText) this.#dialect = description.dialect;
    return description;
  }

  /** The rows that follow from a line on, from 1, are left out from now on. */
  endBefore(line: number): void {
    this.#lines = line - 1;
  }

  /** Everything is read again. */
  readAll(): void {
    this.#lines = Infinity;
  }

  /** @throws FormatError for what is no such table */
  async *rows(options: CsvRowsOptions, phase: Phase = "reading"): AsyncGenerator<CsvRows, void> {
    const opened = await this.#open(phase);
    if (opened.kind === "csv") {
      const { missingValues, maxColumns } = this.#csv;
      const dialect = this.#dialect;
      const csv =
        dialect === null
          ? { ...(this.#isLate() && { encoding: "windows-1252" as const }), ...this.#csv }
          : { dialect, ...(missingValues && { missingValues }), ...(maxColumns && { maxColumns }) };
      yield* csvRows(this.#textOf(opened, null), { ...csv, ...options });
    } else {
      const { x = [], y = [], strings = [] } = options;
      const names =
        this.#names !== null && opened.kind === "json" ? this.#names : [...new Set([...x, ...y, ...strings])];
      yield* csvRows(this.#textOf(opened, names), { ...this.#cellOptions(names), ...options });
    }
  }

  #isLate(): boolean {
    const source = this.#source;
    return source.kind === "file" && source.bytes !== undefined && isLateWindows1252(source.bytes);
  }

  #cellOptions(names: readonly string[]): CsvOptions {
    const { missingValues, maxColumns } = this.#csv;
    return {
      ...CELLS,
      header: names,
      ...(missingValues && { missingValues }),
      ...(maxColumns && { maxColumns }),
    };
  }

  /** @param names of the columns of what is no CSV */
  #textOf(opened: Opened, names: readonly string[] | null): AsyncIterable<Chunk> {
    if (opened.kind === "json")
      return textOfRecords(opened.chunks, names as readonly string[], this.#names !== null);
    if (opened.kind === "cells") return later(opened.text(names as readonly string[]));
    return this.#lines === Infinity ? opened.chunks : firstLines(opened.chunks, this.#lines);
  }

  async #open(phase: Phase): Promise<Opened> {
    const source = this.#source;
    if (source.kind === "cells") return source;
    const chunks = await peeked(this.#counted(await source.open(), phase));
    const plain = isGzip(chunks.head) ? await peeked(unzipped(chunks.all())) : chunks;
    return { kind: isJson(plain.head) ? "json" : "csv", chunks: plain.all() };
  }

  async *#counted(chunks: AsyncIterable<Chunk>, phase: Phase): AsyncGenerator<Uint8Array, void> {
    const encoder = new ChunkEncoder();
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        const piece = encoder.encode(chunk);
        yield piece;
        bytes += piece.length;
        this.#onProgress({ phase, bytes, done: false });
      }
      yield encoder.end();
    } finally {
      this.#onProgress({ phase, bytes, done: true });
    }
  }
}

type Opened =
  | { readonly kind: "csv" | "json"; readonly chunks: AsyncIterable<Uint8Array> }
  | Extract<OpenSource, { kind: "cells" }>;

/** The first bytes of chunks, and all of them. A chunk that is long enough is not copied: its memory may be used again for the next. */
async function peeked(chunks: AsyncGenerator<Uint8Array, void>) {
  let first: Uint8Array = new Uint8Array();
  while (first.length < HEAD) {
    const next = await chunks.next();
    if (next.done) break;
    first =
      first.length === 0 && next.value.length >= HEAD
        ? next.value
        : Uint8Array.from([...first, ...next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array, void> {
    try {
      yield first;
      yield* chunks;
    } finally {
      await chunks.return();
    }
  }
  return { head: first, all };
}

async function* later(text: Iterable<string>): AsyncGenerator<string, void> {
  yield* text;
}

/** The names of all records, in the order in which they first occur. */
async function namesOf(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const names = new Set<string>();
  for await (const records of jsonRecords(chunks))
    for (const record of records) for (const [name] of flatCells(record)) names.add(name);
  if (names.size === 0) throw malformed("file", "at least one row", new Verbatim("none"));
  return [...names];
}

/** @param mayLack whether the first records may have no cell of a column; else that is a FormatError */
async function* textOfRecords(
  chunks: AsyncIterable<Uint8Array>,
  names: readonly string[],
  mayLack: boolean,
): AsyncGenerator<string, void> {
  const seen = new Set<string>();
  let isFirst = true;
  for await (const records of jsonRecords(chunks)) {
    const rows = records.map((record) => {
      const cells = new Map(flatCells(record));
      if (isFirst) for (const name of cells.keys()) seen.add(name);
      return names.map((name) => cells.get(name));
    });
    const absent = isFirst && !mayLack ? names.find((name) => !seen.has(name)) : undefined;
    if (absent !== undefined)
      throw malformed(
        "file",
        `rows with ${JSON.stringify(absent)}`,
        new Verbatim([...seen].map((name) => JSON.stringify(name)).join(", ")),
      );
    isFirst = false;
    yield* csvText(rows);
  }
}
