import { encodeText } from "../../utf8.js";
import { BACKSLASH, CR, LF, QUOTE, SPACE, TAB } from "../bytes/ascii.js";
import { BLANKS, type CsvDialect, DELIMITERS } from "../layout/dialect.js";

/** What is said otherwise in a file than in RFC 4180, and what separates its cells; null: what is found to. */
export interface Rewriting extends Pick<CsvDialect, "backslashQuotes" | "comment" | "skip"> {
  readonly delimiter: string | null;
}

const NOTHING = new Uint8Array(0);

/** Whether a file has to be rewritten to be read. */
export function needsRewriting({ delimiter, backslashQuotes, comment, skip }: Rewriting): boolean {
  return delimiter === BLANKS || backslashQuotes || comment !== null || skip > 0;
}

/**
 * Writes the lines of a file as RFC 4180 has them, as many as there were, so that their numbers stay: a tab for each run of
 * blanks, none at the ends of a line; "" for \" in quotes; and nothing for lines that are skipped. What it makes of a line
 * depends on the lines before, not on how their bytes come, and is never longer.
 */
export class Rewriter {
  readonly #isBlanks: boolean;
  readonly #delimiters: ReadonlySet<number>;
  readonly #backslashes: boolean;
  readonly #comment: Uint8Array | null;
  #skip: number;
  #inQuotes = false;
  /** The beginning of a line that has not ended yet. */
  #rest: Uint8Array = NOTHING;

  constructor({ delimiter, backslashQuotes, comment, skip }: Rewriting) {
    this.#isBlanks = delimiter === BLANKS;
    this.#delimiters = new Set(encodeText(this.#isBlanks ? "" : (delimiter ?? DELIMITERS.join(""))));
    this.#backslashes = backslashQuotes;
    this.#comment = comment === null ? null : encodeText(comment);
    this.#skip = skip;
  }

  /** Of what has not ended yet, from 1. */
  line = 1;

  /** Bytes that are waited for. */
  get pending(): number {
    return this.#rest.length;
  }

  /** The lines that are whole now. */
  rewrite(bytes: Uint8Array): Uint8Array {
    const all = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const end = all.lastIndexOf(LF) + 1;
    this.#rest = all.slice(end);
    if (end === 0) return NOTHING;
    const written = new Uint8Array(end);
    let to = 0;
    for (let start = 0; start < end; ) {
      const next = all.indexOf(LF, start) + 1;
      to = this.#line(all, start, next, written, to);
      start = next;
      this.line++;
    }
    return written.subarray(0, to);
  }

  /** The rest: a last line that no line end follows. */
  end(): Uint8Array {
    return this.#rest.length === 0 ? NOTHING : this.rewrite(Uint8Array.of(LF));
  }

  /** Writes the line from start to end from there on. Where it ends. */
  #line(bytes: Uint8Array, start: number, end: number, written: Uint8Array, from: number): number {
    let to = from;
    if (this.#isSkipped(bytes, start)) {
      written[to++] = LF;
      return to;
    }
    let beginsCell = true;
    let isPending = false;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      const next = bytes[at + 1] as number;
      if (this.#inQuotes) {
        if (this.#backslashes && byte === BACKSLASH && (next === QUOTE || next === BACKSLASH)) {
          if (next === QUOTE) written[to++] = QUOTE;
          written[to++] = next;
          at++;
          continue;
        }
        written[to++] = byte;
        if (byte !== QUOTE) continue;
        if (next === QUOTE) written[to++] = bytes[++at] as number;
        else this.#inQuotes = false;
        beginsCell = false;
        continue;
      }
      const isBlank = byte === TAB || byte === SPACE;
      if (this.#isBlanks) {
        const isEnd = byte === LF || (byte === CR && next === LF);
        if (isBlank) isPending = true;
        if (isBlank || (isEnd && byte === CR)) continue;
        if (isPending && !isEnd && to > from) {
          written[to++] = TAB;
          beginsCell = true;
        }
        isPending = false;
      }
      this.#inQuotes = byte === QUOTE && beginsCell;
      written[to++] = byte;
      beginsCell = this.#delimiters.has(byte) || (beginsCell && isBlank);
    }
    return to;
  }

  #isSkipped(bytes: Uint8Array, start: number): boolean {
    if (this.#skip > 0) {
      this.#skip--;
      return true;
    }
    return (
      !this.#inQuotes && this.#comment !== null && this.#comment.every((byte, i) => bytes[start + i] === byte)
    );
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
