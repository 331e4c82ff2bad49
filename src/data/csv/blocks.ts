import { counted, Phrase } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { decodeText, encodeText } from "../../utf8.js";
import { Block } from "./block.js";
import { type CsvSettings, isDelimiter } from "./csv-options.js";
import { detectDelimiter } from "./delimiter.js";
import type { CsvDialect } from "./dialect.js";
import { trimmed } from "./number.js";
import { overview } from "./overview.js";
import { type Cells, linesOf, parseRecords, quoted } from "./records.js";

/** What the first records say. */
export interface Head {
  readonly names: readonly string[];
  readonly delimiter: string;
  readonly dialect: CsvDialect;
  /** What is unusual, in sentences. */
  readonly notes: readonly string[];
}

const LF = 10;
const BOM = [0xef, 0xbb, 0xbf];

/** No record is longer, nor what the delimiter is found in. A quote that is never closed would take in the whole file. */
const MAX_RECORD_BYTES = 1 << 20;
/** What is read before whole records are looked for again. */
const WINDOW_BYTES = 1 << 18;

/** What Excel writes and reads in front of the names. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/;

/** Cuts the bytes of a file into blocks; where these end depends on the file alone, not on how its bytes come. */
export class Blocks {
  readonly #settings: CsvSettings;
  readonly #buffer = new Uint8Array(MAX_RECORD_BYTES + WINDOW_BYTES + 1);
  #filled = 0;
  /** So many bytes are awaited. */
  #due = MAX_RECORD_BYTES;
  #line = 1;
  #head: Head | null = null;

  constructor(settings: CsvSettings) {
    this.#settings = settings;
  }

  /** Known from the first block on. */
  get head(): Head {
    return this.#head as Head;
  }

  /** @throws FormatError for bytes that are no UTF-8, and for what is no table from its first records on */
  *feed(bytes: Uint8Array): Generator<Block, void> {
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + this.#due - this.#filled);
      this.#buffer.set(bytes.subarray(at, end), this.#filled);
      this.#filled += end - at;
      at = end;
      if (this.#filled === this.#due) yield* this.#take(false);
    }
  }

  /** The rest. @throws FormatError as feed, for a quote that is still open, and where there were no records at all */
  *end(): Generator<Block, void> {
    const last = this.#buffer[this.#filled - 1];
    if (last !== undefined && last !== LF) this.#buffer[this.#filled++] = LF;
    yield* this.#take(true);
  }

  *#take(final: boolean): Generator<Block, void> {
    const start = this.#head === null ? this.#begin() : 0;
    const end = this.#endOfLines(this.#filled);
    let next = start;
    if (end > start) {
      const bytes = this.#buffer.subarray(start, end);
      const { isAscii, hasQuotes, lines } = overview(bytes);
      const text = isAscii ? null : this.#decode(bytes); // ASCII is UTF-8
      if (hasQuotes) {
        const { records, length } = this.#quoted(bytes, text ?? decodeText(bytes));
        yield new Block(this.#line, bytes, records, text);
        this.#line += linesOf(records);
        next = start + length;
      } else {
        yield new Block(this.#line, bytes, null, text);
        this.#line += lines;
        next = end;
      }
    }
    this.#buffer.copyWithin(0, next, this.#filled);
    this.#filled -= next;
    if (final && this.#filled > 0) throw neverClosed(this.#line);
    if (this.#filled >= MAX_RECORD_BYTES) throw this.#tooLong();
    this.#due = this.#filled + WINDOW_BYTES;
  }

  /** Where the last whole line of so many bytes ends; 0 where there is none. */
  #endOfLines(length: number): number {
    // Behind them there is what was read before, and an index below 0 would be one from the end of the buffer.
    return this.#buffer.subarray(0, length).lastIndexOf(LF) + 1;
  }

  /** As parseRecords, with the length in bytes. */
  #quoted(bytes: Uint8Array, text: string): { records: readonly Cells[]; length: number } {
    const { records, length } = parseRecords(text, this.head.delimiter, this.#line);
    return { records, length: bytes.length - encodeText(text.slice(length)).length };
  }

  /** Reads the head. The number of bytes that it takes up. */
  #begin(): number {
    const marked = this.#filled >= BOM.length && BOM.every((byte, i) => this.#buffer[i] === byte);
    const start = marked ? BOM.length : 0;
    const end = this.#endOfLines(Math.min(this.#filled, MAX_RECORD_BYTES));
    if (end <= start) {
      if (this.#filled >= MAX_RECORD_BYTES) throw this.#tooLong();
      throw malformed("file", "a table", new Phrase("nothing"));
    }
    const text = this.#decode(this.#buffer.subarray(start, end));
    const { header, decimal, maxColumns } = this.#settings;
    const declared = SEPARATOR_LINE.exec(text);
    const delimiter =
      this.#settings.delimiter ?? this.#declared(declared?.[1]) ?? detectDelimiter(text, decimal);
    const before = declared?.[0].length ?? 0;
    const blank = before + blankLength(text.slice(before), delimiter);
    const line = this.#line + (text.slice(0, blank).split("\n").length - 1);
    const { records, length } = parseRecords(text.slice(blank), delimiter, line, 1);
    const [cells] = records;
    if (cells === undefined)
      throw blank === text.length
        ? malformed("file", "a table", new Phrase("blank lines"))
        : neverClosed(line);
    if (cells.length > maxColumns)
      throw malformed(`line ${line}`, `at most ${counted(maxColumns, "column")}`, cells.length);
    if (header !== true) {
      const names = header === false ? cells.map((_, i) => `${i + 1}`) : header;
      if (names.length !== cells.length)
        throw malformed(`line ${line}`, counted(names.length, "cell"), cells.length);
      this.#head = headOf(names, delimiter, decimal, null);
      return start;
    }
    const names = namesIn(cells, line, text.slice(blank, blank + length));
    this.#head = headOf(names, delimiter, decimal, line);
    this.#line = line + linesOf(records);
    return start + encodeText(text.slice(0, blank + length)).length;
  }

  /** @throws FormatError for what cannot separate cells */
  #declared(delimiter: string | undefined): string | null {
    if (delimiter === undefined) return null;
    if (isDelimiter(delimiter) && delimiter !== this.#settings.decimal) return delimiter;
    throw malformed("line 1", "a delimiter, another than decimal, behind sep=", delimiter);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return decodeText(bytes);
    } catch (error) {
      const line = this.#line + linesInUtf8(bytes);
      const what = this.#head === null ? kindOf(this.#buffer) : null;
      const expected = `text in UTF-8 (Excel's "CSV UTF-8")`;
      throw malformed(`line ${line}`, expected, new Phrase(what ?? "other bytes"), error);
    }
  }

  #tooLong(): FormatError {
    const expected = `a record of at most ${MAX_RECORD_BYTES} bytes, quotes closed, ended by LF or CRLF`;
    return malformed(`line ${this.#line}`, expected, new Phrase("a longer one"));
  }
}

function headOf(
  names: readonly string[],
  delimiter: string,
  decimal: CsvDialect["decimal"],
  headerLine: number | null,
): Head {
  const dialect: CsvDialect = {
    encoding: "utf-8",
    delimiter,
    decimal,
    header: headerLine !== null,
    names,
    headerLine,
    backslashQuotes: false,
    comment: null,
    skip: 0,
  };
  return { names, delimiter, dialect, notes: [] };
}

/** Other files that people take for tables, by the bytes that they begin with. */
const KINDS = [
  { kind: "UTF-16", bytes: [0xff, 0xfe] },
  { kind: "UTF-16", bytes: [0xfe, 0xff] },
  { kind: "a zip archive, as .xlsx files are", bytes: [0x50, 0x4b, 3, 4] },
  { kind: "a gzip file", bytes: [0x1f, 0x8b] },
];

function kindOf(file: Uint8Array): string | null {
  return KINDS.find(({ bytes }) => bytes.every((byte, i) => file[i] === byte))?.kind ?? null;
}

/** Lines before the first one that is none. */
function linesInUtf8(bytes: Uint8Array): number {
  let lines = 0;
  try {
    for (let start = 0; start < bytes.length; lines++) {
      const end = bytes.indexOf(LF, start) + 1;
      decodeText(bytes.subarray(start, end));
      start = end;
    }
  } catch {
    // found
  }
  return lines;
}

/** Characters of the blank lines that a text begins with. */
function blankLength(text: string, delimiter: string): number {
  let length = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", length)) {
    const line = text.slice(length, end);
    if (trimmed(line) !== "" || line.includes(delimiter)) break;
    length = end + 1;
  }
  return length;
}

/**
 * A column without a name gets one that no other has.
 *
 * @param record in which the cells stand: CR alone ends no line, but may be in quotes (RFC 4180, section 2)
 */
function namesIn(cells: Cells, line: number, record: string): string[] {
  const written = cells.map(trimmed);
  const seen = new Map<string, number>();
  written.forEach((name, i) => {
    const where = `line ${line}, column ${i + 1}`;
    if (name.includes("\r") && !record.includes(quoted(cells[i] as string)))
      throw malformed(where, "lines that end with LF or CRLF", new Phrase("CR alone"));
    const first = seen.get(name);
    if (first !== undefined) throw malformed(where, `another name than in column ${first + 1}`, name);
    if (name !== "") seen.set(name, i);
  });
  return written.map((name, i) => {
    if (name !== "") return name;
    let own = `${i + 1}`;
    while (seen.has(own)) own = `column ${own}`;
    return own;
  });
}

function neverClosed(line: number): FormatError {
  return malformed(`line ${line}`, "a quote that is closed", new Phrase("none up to the end"));
}
