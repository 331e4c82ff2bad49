import type { Chunk } from "../../data/bytes/chunk-encoder.js";
import { lateEncodingOf } from "../../data/bytes/late-encoding.js";
import { checkHas } from "../../data/column-names.js";
import { type ChunksDescription, describeChunks } from "../../data/describe-csv.js";
import {
  type CsvDialect,
  type CsvOptions,
  type CsvRows,
  type CsvRowsOptions,
  csvRows,
} from "../../data/index.js";
import { later } from "../../read-stream.js";
import type { AbortSignalLike } from "../../train/trainers/waiting.js";
import type { TrainedFormat } from "../csv-defaults.js";
import { inRows } from "../wording.js";
import { cellFormats, cellOptions } from "./cell-options.js";
import { csvText, firstOf } from "./csv-text.js";
import { type OnProgress, type OpenedFile, openedFile, type Phase } from "./file-pieces.js";
import { namesOf, textOfRecords } from "./json-table.js";
import { firstLines } from "./lines.js";
import { type OpenSource, openSource, type TableSource } from "./table-source.js";

export type { OnProgress, Phase, ReadingProgress } from "./file-pieces.js";

/** Who is told how far a reading has come, and what ends it. */
export interface ReadingWatch {
  readonly signal: AbortSignalLike | undefined;
  readonly onProgress: OnProgress;
}

/** The rows that are read, and the line of CSV behind them. */
interface Above {
  readonly rows: number;
  readonly line: number;
}

const ALL: Above = { rows: Infinity, line: Infinity };
const NONE: ReadonlySet<string> = new Set();

/** Reads a table from its beginning, as often as is wanted, always in the same way. */
export class TableReader {
  readonly #source: OpenSource;
  readonly #csv: CsvOptions;
  readonly #onProgress: OnProgress;
  readonly #trained: TrainedFormat | null;
  /** Whether lines of rows are those of a file: only CSV has them; known from the first reading on. */
  hasLines = false;
  /** Of JSON, the names of the columns, once all records were seen. */
  #names: readonly string[] | null;
  /** How a file of CSV is written, once it is known. */
  #dialect: CsvDialect | null = null;
  /** Whether it is CSV, which has lines. */
  #isText = true;
  /** Those above a row of totals. */
  #above = ALL;

  /**
   * @param trained of a table that a model is asked about, how the one was written that it was trained on
   * @throws the signal's reason, at once and from every reading; what openSource throws
   */
  constructor(
    source: TableSource,
    csv: CsvOptions,
    { signal, onProgress }: ReadingWatch,
    trained: TrainedFormat | null = null,
  ) {
    signal?.throwIfAborted();
    this.#source = openSource(source);
    this.#csv = csv;
    this.#onProgress = (progress) => {
      onProgress(progress);
      signal?.throwIfAborted();
    };
    this.#trained = trained;
    this.#names = this.#source.kind === "cells" ? this.#source.names : null;
  }

  /** What the columns hold. Later readings are as this one. @throws FormatError for what is no table */
  async describe(maxValues: number): Promise<ChunksDescription> {
    let first: Opened | null = await this.#open("describing");
    const isText = first.kind === "csv";
    if (first.kind === "json") {
      this.#names ??= await namesOf(first.chunks);
      first = null;
    }
    const source = async (formatted: ReadonlySet<string>) => {
      const opened = first ?? (await this.#open("describing"));
      first = null;
      return this.#textOf(opened, this.#names, formatted);
    };
    const options = isText ? this.#csv : cellOptions(this.#names as readonly string[], this.#csv);
    const description = await describeChunks(source, { ...options, maxValues }, this.#trained?.expected);
    if (isText) this.#dialect = description.dialect;
    return description;
  }

  /** A sentence about the table, once it has been read. */
  sentence(words: string): string {
    return this.#isText ? words : inRows(words);
  }

  /** Only so many rows are read from now on, which end before a line where the table is CSV. */
  endBefore(above: Above): void {
    this.#above = above;
  }

  /** Everything is read again. */
  readAll(): void {
    this.#above = ALL;
  }

  /** @throws FormatError for what is no such table */
  async *rows(options: CsvRowsOptions, phase: Phase = "reading"): AsyncGenerator<CsvRows, void> {
    const opened = await this.#open(phase);
    this.hasLines = opened.kind === "csv";
    const otherFormats = this.#trained !== null;
    if (opened.kind === "csv") {
      const { missingValues, maxColumns } = this.#csv;
      const dialect = this.#dialect;
      const csv =
        dialect === null
          ? { ...this.#lateEncoding(), ...this.#csv }
          : { dialect, ...(missingValues && { missingValues }), ...(maxColumns && { maxColumns }) };
      const text = this.#textOf(opened, null, NONE);
      yield* csvRows(text, { ...csv, otherFormats, ...options }, this.#trained?.expected);
    } else {
      const { x = [], y = [], strings = [] } = options;
      const wanted = [...new Set([...x, ...y, ...strings])];
      if (opened.kind === "cells") checkHas(opened.names, wanted);
      const names = this.#names !== null && opened.kind === "json" ? this.#names : wanted;
      const formats = cellFormats(options, this.#trained?.format ?? null);
      const text = this.#textOf(opened, names, new Set(Object.keys(formats)));
      yield* csvRows(text, { ...cellOptions(names, this.#csv), otherFormats, ...options, formats });
    }
  }

  #lateEncoding(): CsvOptions {
    const source = this.#source;
    const bytes = source.kind === "file" ? source.bytes : undefined;
    const encoding = bytes === undefined ? null : lateEncodingOf(bytes);
    return encoding === null ? {} : { encoding };
  }

  /** @param wanted the names of the columns of what is no CSV; formatted: those whose numbers have a format */
  #textOf(
    opened: Opened,
    wanted: readonly string[] | null,
    formatted: ReadonlySet<string>,
  ): AsyncIterable<Chunk> {
    const { rows: most, line } = this.#above;
    const names = wanted as readonly string[];
    const mayLack = this.#names !== null;
    if (opened.kind === "json") return textOfRecords(opened.chunks, { names, formatted, most, mayLack });
    if (opened.kind === "cells") return later(csvText(firstOf(opened.cells(names), most), names, formatted));
    return line === Infinity ? opened.chunks : firstLines(opened.chunks, line - 1);
  }

  async #open(phase: Phase): Promise<Opened> {
    const source = this.#source;
    const opened =
      source.kind === "cells" ? source : await openedFile(await source.open(), phase, this.#onProgress);
    this.#isText = opened.kind === "csv";
    return opened;
  }
}

type Opened = OpenedFile | Extract<OpenSource, { kind: "cells" }>;
