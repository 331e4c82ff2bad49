import { decodeText } from "../../utf8.js";
import type { Cells } from "./records.js";

/** Whole records of a file, in order. What it holds is gone with the next one. */
export class RecordBlock {
  #text: string | null;

  /**
   * @param line of its first record, from 1
   * @param bytes UTF-8, of which each line ends with LF
   * @param lines in it
   * @param records its own where it has quotes; without them, lines are records, and delimiters separate cells
   * @param text that of the bytes, where it is known
   */
  constructor(
    readonly line: number,
    readonly lines: number,
    readonly bytes: Uint8Array,
    readonly records: readonly Cells[] | null,
    text: string | null,
  ) {
    this.#text = text;
  }

  /** Made when it is first asked for: it takes longer than reading numbers from bytes does. */
  get text(): string {
    this.#text ??= decodeText(this.bytes);
    return this.#text;
  }

  /** The text of some of the bytes. */
  textOf(start: number, end: number): string {
    // Where all characters are ASCII, a character is a byte.
    if (this.text.length === this.bytes.length) return this.text.slice(start, end);
    return decodeText(this.bytes.subarray(start, end));
  }
}
