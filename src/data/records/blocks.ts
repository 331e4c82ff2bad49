import { Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { decodeText, encodeText } from "../../utf8.js";
import { LF } from "../bytes/ascii.js";
import { EncodingError, linesInUtf8 } from "../bytes/encoding.js";
import { overview } from "../bytes/overview.js";
import { RecordBlock } from "./block.js";
import { type Cells, lineCount, neverClosed, parseRecords } from "./records.js";

/** No record is longer, nor what the delimiter is found in. A quote that is never closed would take in the whole file. */
export const MAX_RECORD_BYTES = 1 << 20;
/** What is read before whole records are looked for again. */
const WINDOW_BYTES = 1 << 18;

/** Cuts the bytes of a file into blocks; where these end depends on the file alone, not on how its bytes come. */
export class Blocks {
  readonly #delimiter: string;
  readonly #buffer = new Uint8Array(MAX_RECORD_BYTES + WINDOW_BYTES + 1);
  #filled = 0;
  /** So many bytes are awaited. */
  #due = MAX_RECORD_BYTES;
  /** Of the first block. */
  #start: number;
  #line: number;

  /** @param start bytes of the first MAX_RECORD_BYTES that are no rows; line: of what follows */
  constructor(delimiter: string, start: number, line: number) {
    this.#delimiter = delimiter;
    this.#start = start;
    this.#line = line;
  }

  /** @throws FormatError for bytes that are no UTF-8, and for records that are none */
  *feed(bytes: Uint8Array): Generator<RecordBlock, void> {
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + this.#due - this.#filled);
      this.#buffer.set(bytes.subarray(at, end), this.#filled);
      this.#filled += end - at;
      at = end;
      if (this.#filled === this.#due) yield* this.#take(false);
    }
  }

  /** The rest. @throws FormatError as feed, and for a quote that is still open */
  *end(): Generator<RecordBlock, void> {
    const last = this.#buffer[this.#filled - 1];
    if (last !== undefined && last !== LF) this.#buffer[this.#filled++] = LF;
    yield* this.#take(true);
  }

  *#take(final: boolean): Generator<RecordBlock, void> {
    const start = this.#start;
    this.#start = 0;
    // Behind them there is what was read before, and an index below 0 would be one from the end of the buffer.
    const end = this.#buffer.subarray(0, this.#filled).lastIndexOf(LF) + 1;
    let next = start;
    if (end > start) {
      const bytes = this.#buffer.subarray(start, end);
      const { isAscii, hasQuotes, lines } = overview(bytes);
      const text = isAscii ? null : this.#decode(bytes); // ASCII is UTF-8
      if (hasQuotes) {
        const { records, length } = this.#quoted(bytes, text ?? decodeText(bytes));
        const recordLines = lineCount(records);
        yield new RecordBlock(this.#line, recordLines, bytes, records, text);
        this.#line += recordLines;
        next = start + length;
      } else {
        yield new RecordBlock(this.#line, lines, bytes, null, text);
        this.#line += lines;
        next = end;
      }
    }
    this.#buffer.copyWithin(0, next, this.#filled);
    this.#filled -= next;
    if (final && this.#filled > 0) throw neverClosed(this.#line);
    if (this.#filled >= MAX_RECORD_BYTES) throw tooLong(this.#line);
    this.#due = this.#filled + WINDOW_BYTES;
  }

  /** As parseRecords, with the length in bytes. */
  #quoted(bytes: Uint8Array, text: string): { records: readonly Cells[]; length: number } {
    const { records, length } = parseRecords(text, this.#delimiter, this.#line);
    return { records, length: bytes.length - encodeText(text.slice(length)).length };
  }

  #decode(bytes: Uint8Array): string {
    try {
      return decodeText(bytes);
    } catch (error) {
      throw noUtf8(this.#line + linesInUtf8(bytes), error);
    }
  }
}

/** For bytes of another encoding behind the first MiB, which were UTF-8. */
function noUtf8(line: number, cause: unknown): EncodingError {
  const expected = 'text in UTF-8 (or in another encoding: { encoding: "windows-1252" })';
  const { message } = malformed(`line ${line}`, expected, new Verbatim("other bytes"));
  return new EncodingError(message, { cause });
}

export function tooLong(line: number): FormatError {
  const expected = `a record of at most ${MAX_RECORD_BYTES} bytes, quotes closed, ended by LF or CRLF`;
  return malformed(`line ${line}`, expected, new Verbatim("a longer one"));
}
