import { stat } from "node:fs/promises";
import { MISSING_VALUES } from "../../data/csv/csv-options.js";
import {
  type CsvOptions,
  type CsvRows,
  type CsvRowsOptions,
  csvRows,
  type DescribedNumbers,
  type DescribedTexts,
  describeCsv,
} from "../../data/index.js";
import { oneLine } from "../../escapes.js";
import type { CsvFormat } from "../../table/schema.js";
import { type Given, listOf, type Option } from "../shell/command-line.js";
import { Failure, fileFailure, isFormatError, UsageError } from "../shell/failure.js";
import { ReadingProgress } from "../shell/reading-progress.js";
import { dialectHint } from "./dialect.js";
import { readOnce, UnchangingFile } from "./file-bytes.js";

/** Options of every command that reads a table. */
export const CSV_OPTIONS: Readonly<Record<string, Option>> = {
  delimiter: { value: "CHAR", help: "what separates cells, such as ';' or tab (default: found in the file)" },
  decimal: { value: "CHAR", help: "what separates fractions: . or ," },
  missing: {
    value: "TEXTS",
    help: `cells that are missing, such as none,- (besides "", NA, N/A, #N/A, NaN, null and ?)`,
  },
  "no-header": { help: "the first line is a row; columns are called 1, 2, …" },
};

/** @throws UsageError for what no table can have */
export function csvFormatOf(
  given: Given,
  trained: CsvFormat = { decimal: ".", missing: [] },
): { format: CsvFormat; csv: CsvOptions } {
  const decimal = (given.decimal ?? trained.decimal) as CsvFormat["decimal"];
  const missing = given.missing === undefined ? trained.missing : listOf(given, "missing");
  const csv: CsvOptions = {
    decimal,
    missingValues: [...MISSING_VALUES, ...missing],
    header: given["no-header"] === undefined,
    ...(given.delimiter !== undefined && {
      delimiter: given.delimiter === "tab" || given.delimiter === "\\t" ? "\t" : given.delimiter,
    }),
  };
  try {
    csvRows([], csv); // checks them, and reads nothing
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/^"(\w+)"/, "--$1"), { cause: error });
  }
  return { format: { decimal, missing }, csv };
}

export type FileColumn = DescribedNumbers | DescribedTexts;

/** What a file holds. */
export interface FileDescription {
  readonly rows: number;
  readonly columns: readonly FileColumn[];
}

/** A file of rows, which is read from its beginning every time. "-" is what comes from stdin. */
export class CsvFile {
  readonly path: string;
  /** For messages. */
  readonly name: string;
  readonly bytes: number;
  readonly #csv: CsvOptions;
  readonly #read: () => AsyncIterable<Uint8Array>;

  private constructor(
    path: string,
    bytes: number,
    csv: CsvOptions,
    /** Whether it can be read once more, which stdin and pipes cannot. */
    readonly isLasting: boolean,
    again: boolean,
  ) {
    this.path = path;
    this.name = nameOf(path);
    this.bytes = bytes;
    this.#csv = csv;
    const unchanging = new UnchangingFile(path, this.name);
    if (path === "-") this.#read = () => process.stdin;
    else this.#read = again ? () => unchanging.read() : () => readOnce(path, this.name);
  }

  /**
   * @param again whether it is to be read more than once: it has to have the same bytes then
   * @throws Failure where there is no such file, and for stdin and pipes that are to be read again
   */
  static async open(path: string, csv: CsvOptions, again: boolean): Promise<CsvFile> {
    const needsFile = () => new Failure(`${nameOf(path)}: rows are read more than once, which takes a file`);
    if (path === "-") {
      if (again) throw needsFile();
      return new CsvFile(path, 0, csv, false, again);
    }
    try {
      const stats = await stat(path);
      if (again && !stats.isFile() && !stats.isDirectory()) throw needsFile();
      return new CsvFile(path, stats.size, csv, stats.isFile(), again);
    } catch (error) {
      throw error instanceof Failure ? error : fileFailure(path, error);
    }
  }

  /** What the columns hold, as it is read or otherwise. @throws Failure for what is no table */
  async survey(maxValues: number, otherwise: CsvOptions = {}): Promise<FileDescription> {
    try {
      const options = { ...this.#csv, ...otherwise, maxValues, strict: true };
      return (await describeCsv(() => this.#chunks("looking at"), options)) as FileDescription;
    } catch (error) {
      throw await this.#inWords(error);
    }
  }

  /** @throws Failure for what is no such table */
  async *rows(options: CsvRowsOptions, what = "reading"): AsyncGenerator<CsvRows, void> {
    try {
      yield* csvRows(this.#chunks(what), { ...this.#csv, ...options });
    } catch (error) {
      throw await this.#inWords(error);
    }
  }

  async *#chunks(what: string): AsyncGenerator<Uint8Array, void> {
    const progress = new ReadingProgress(`${what} ${this.name}`, this.bytes);
    try {
      for await (const piece of this.#read()) {
        yield piece;
        progress.add(piece.length);
      }
    } finally {
      progress.end();
    }
  }

  async #inWords(error: unknown): Promise<unknown> {
    const { name } = this;
    if (isFormatError(error)) {
      const line = Number(/^line (\d+)/.exec(error.message)?.[1] ?? 1);
      const message = oneLine(error.message.replace(/^file: /, ""));
      return new Failure(`${name}: ${message}${await this.hint(line)}`, { cause: error });
    }
    const isSystemError = error instanceof Error && "syscall" in error;
    return isSystemError ? fileFailure(name, error) : error;
  }

  /** What would help where it is not read as it was meant; line: that was refused, or 1. */
  async hint(line = 1): Promise<string> {
    return this.isLasting ? dialectHint(this.path, this.#csv, line) : "";
  }
}

function nameOf(path: string): string {
  return path === "-" ? "stdin" : oneLine(path);
}
