import { Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { decodeText } from "../../utf8.js";
import { LF } from "../bytes/ascii.js";
import { type Chunk, ChunkEncoder } from "../bytes/chunk-encoder.js";
import {
  BYTE_ORDER_MARKS,
  beginsWith,
  linesInUtf8,
  markedEncoding,
  mayBeSingleBytes,
} from "../bytes/encoding.js";
import { checkBytes } from "../bytes/file-kinds.js";
import { Transcoder } from "../bytes/transcoder.js";
import type { CsvSettings } from "../csv-options.js";
import type { Encoding } from "../layout/dialect.js";
import { type Head, openingOf } from "../layout/opening.js";
import type { RecordBlock } from "./block.js";
import { Blocks, MAX_RECORD_BYTES, tooLong } from "./blocks.js";
import { needsRewriting, Rewriter } from "./rewriter.js";

/**
 * Makes blocks of records of the chunks of a file. Its first MiB says how it is written; what is not in UTF-8 or not as RFC 4180
 * has it is rewritten on the way, and all other bytes go to Blocks as they are.
 */
export class CsvReader {
  readonly #settings: CsvSettings;
  readonly #encoder = new ChunkEncoder();
  /** The pieces of the first MiB, until it is whole. */
  #pieces: Uint8Array[] = [];
  #waiting = 0;
  #isText = false;
  #transcoder: Transcoder | null = null;
  #rewriter: Rewriter | null = null;
  #head: Head | null = null;
  #blocks: Blocks | null = null;

  constructor(settings: CsvSettings) {
    this.#settings = settings;
  }

  /** Known from the first block on. */
  get head(): Head {
    return this.#head as Head;
  }

  /** @throws TypeError for what is neither bytes nor text; FormatError for what is no table */
  *feed(chunk: Chunk): Generator<RecordBlock, void> {
    if (this.#waiting === 0) this.#isText = typeof chunk === "string";
    yield* this.#feed(this.#encoder.encode(chunk));
  }

  /** The rest. @throws FormatError as feed, and where there are no records at all */
  *end(): Generator<RecordBlock, void> {
    yield* this.#feed(this.#encoder.end());
    if (this.#blocks === null) yield* this.#open(true);
    this.#transcoder?.end();
    const blocks = this.#blocks as unknown as Blocks;
    if (this.#rewriter !== null) yield* blocks.feed(this.#rewriter.end());
    yield* blocks.end();
  }

  /** Feeds a whole file, and ends. */
  *readAll(file: Chunk): Generator<RecordBlock, void> {
    yield* this.feed(file);
    yield* this.end();
  }

  *#feed(bytes: Uint8Array): Generator<RecordBlock, void> {
    if (this.#blocks !== null) return yield* this.#pass(this.#blocks, this.#transcoded(bytes));
    const missing = MAX_RECORD_BYTES - this.#waiting;
    const piece = bytes.slice(0, missing); // a copy: the caller may use its buffer again
    this.#pieces.push(piece);
    this.#waiting += piece.length;
    if (this.#waiting < MAX_RECORD_BYTES) return;
    yield* this.#open(false);
    yield* this.#feed(bytes.subarray(missing));
  }

  *#pass(blocks: Blocks, bytes: Uint8Array): Generator<RecordBlock, void> {
    if (this.#rewriter === null) return yield* blocks.feed(bytes);
    yield* blocks.feed(this.#rewriter.rewrite(bytes));
    if (this.#rewriter.pending >= MAX_RECORD_BYTES) throw tooLong(this.#rewriter.line);
  }

  #transcoded(bytes: Uint8Array): Uint8Array {
    return this.#transcoder === null ? bytes : this.#transcoder.encode(bytes);
  }

  /** Looks at the beginning of the file, or at all of it. */
  *#open(isWhole: boolean): Generator<RecordBlock, void> {
    const head = new Uint8Array(this.#waiting);
    let at = 0;
    for (const piece of this.#pieces) {
      head.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    const encoding = this.#encodingOf(head);
    const mark = BYTE_ORDER_MARKS.find(([name, bytes]) => name === encoding && beginsWith(head, bytes));
    if (encoding !== "utf-8") this.#transcoder = new Transcoder(encoding);
    const bytes = this.#transcoded(head.subarray(mark?.[1].length ?? 0));
    const lines = wholeLines(bytes, isWhole);
    if (lines.length === 0) {
      if (!isWhole) throw tooLong(1);
      throw malformed("file", "a table", new Verbatim(head.length === 0 ? "nothing" : "blank lines"));
    }
    const opening = openingOf(lines, encoding, this.#settings);
    this.#head = opening;
    if (needsRewriting(opening.rewriting)) this.#rewriter = new Rewriter(opening.rewriting);
    this.#blocks = new Blocks(opening.delimiter, opening.start, opening.line);
    yield* this.#pass(this.#blocks, bytes);
  }

  /** @throws FormatError for bytes that are no text */
  #encodingOf(head: Uint8Array): Encoding {
    const { encoding } = this.#settings;
    if (this.#isText) return "utf-8";
    if (encoding === null) checkBytes(head);
    const known = encoding ?? markedEncoding(head);
    if (known !== null && known !== "utf-8") return known;
    // What the first MiB ends with may be half of a character.
    const end = this.#waiting < MAX_RECORD_BYTES ? head.length : head.lastIndexOf(LF) + 1;
    const bytes = head.subarray(0, end);
    try {
      decodeText(bytes);
      return "utf-8";
    } catch (cause) {
      if (known === null && mayBeSingleBytes(bytes)) return "windows-1252";
      const advice =
        encoding !== null && mayBeSingleBytes(bytes)
          ? `: { encoding: "windows-1252" } reads them, and so does no encoding`
          : "";
      const got = new Verbatim(`other bytes${advice}`);
      throw malformed(`line ${1 + linesInUtf8(bytes)}`, "text in UTF-8", got, cause);
    }
  }
}

/** The lines of some bytes that are whole; the last one of a file is, whatever it ends with. */
function wholeLines(bytes: Uint8Array, isWhole: boolean): Uint8Array {
  const last = bytes[bytes.length - 1];
  if (!isWhole || last === undefined || last === LF) return bytes.subarray(0, bytes.lastIndexOf(LF) + 1);
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = LF;
  return ended;
}
