/** Which encoding the bytes of a file are in, and their characters in UTF-8. */
import { Verbatim } from "../../errors.js";
import { FormatError, malformed } from "../../format-error.js";
import { decodeText, encodeText } from "../../utf8.js";
import type { Encoding } from "../layout/dialect.js";

/** For bytes that are no UTF-8 where no encoding was asked for: whoever can read the file again takes windows-1252. */
export class EncodingError extends FormatError {}

const LF = 10;

export const BYTE_ORDER_MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Bytes at the beginning of a file in which NULs are counted. */
const SAMPLE_BYTES = 4096;

export function beginsWith(bytes: Uint8Array, mark: ArrayLike<number>): boolean {
  return Array.from(mark).every((byte, i) => bytes[i] === byte);
}

/** What a byte order mark says, or NULs: text without one has them in UTF-16 alone, at the high bytes of its ASCII characters. */
export function markedEncoding(head: Uint8Array): Encoding | null {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => beginsWith(head, mark));
  if (marked !== undefined) return marked[0];
  const sample = head.subarray(0, SAMPLE_BYTES);
  const nuls = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) (nuls[at & 1] as number)++;
  });
  const [even, odd] = nuls as [number, number];
  const isHigh = (count: number, low: number) => count * 4 > sample.length && low * 10 < count;
  if (isHigh(odd, even)) return "utf-16le";
  return isHigh(even, odd) ? "utf-16be" : null;
}

/** Whether bytes may be text of one byte for each character: no control characters but tabs, line ends and form feeds. */
export function mayBeSingleBytes(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13) || byte === 26);
}

/** What windows-1252 has at 0x80 to 0x9f (WHATWG Encoding Standard, index-windows-1252); 0: the control character itself. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

/** Of characters decoded at a time: as many arguments as every engine takes. */
const UNITS = 4096;

/**
 * Makes UTF-8 of the bytes of a file that come in pieces: not by TextDecoder, which not every engine has, and which reads
 * windows-1252 as ISO 8859-1 in Node 20 (nodejs/node issue 56542).
 */
export class Transcoder {
  readonly #encoding: Encoding;
  /** The first byte of a unit that was cut in two, or -1. */
  #byte = -1;
  /** The first half of a character that was cut in two. */
  #half = "";

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  encode(bytes: Uint8Array): Uint8Array {
    if (this.#encoding === "windows-1252") {
      const units = new Uint16Array(bytes.length);
      for (let i = 0; i < units.length; i++) units[i] = fromWindows(bytes[i] as number);
      return textOf(units);
    }
    const isBig = this.#encoding === "utf-16be";
    const all = this.#byte < 0 ? bytes : Uint8Array.of(this.#byte, ...bytes);
    this.#byte = all.length % 2 === 1 ? (all[all.length - 1] as number) : -1;
    const units = new Uint16Array(all.length >> 1);
    for (let i = 0; i < units.length; i++)
      units[i] = isBig ? (all[2 * i]! << 8) | all[2 * i + 1]! : all[2 * i]! | (all[2 * i + 1]! << 8);
    const last = units[units.length - 1] ?? 0;
    const isHalved = last >= 0xd800 && last < 0xdc00;
    const encoded = textOf(isHalved ? units.subarray(0, -1) : units, this.#half);
    if (units.length > 0) this.#half = isHalved ? String.fromCharCode(last) : "";
    return encoded;
  }

  /** @throws FormatError for a file that ends within a character */
  end(): void {
    if (this.#byte >= 0 || this.#half !== "")
      throw malformed("file", `text in ${this.#encoding}`, new Verbatim("half of a character at its end"));
  }
}

function fromWindows(byte: number): number {
  return (byte >= 0x80 && byte < 0xa0 && WINDOWS_1252[byte - 0x80]) || byte;
}

/** UTF-8 of UTF-16 behind a text. */
function textOf(units: Uint16Array, before = ""): Uint8Array {
  let text = before;
  for (let at = 0; at < units.length; at += UNITS)
    text += String.fromCharCode(...units.subarray(at, at + UNITS));
  return encodeText(text);
}

/** Lines before the first one that is no UTF-8: found by halves, since a call for each of many lines takes long. */
export function linesInUtf8(bytes: Uint8Array): number {
  let [start, end] = [0, bytes.length];
  for (;;) {
    const middle = bytes.indexOf(LF, (start + end) >> 1) + 1;
    if (middle === 0 || middle >= end) break;
    if (isUtf8(bytes.subarray(start, middle))) start = middle;
    else end = middle;
  }
  for (let next = start; next < end && isUtf8(bytes.subarray(start, next)); ) {
    start = next;
    next = bytes.indexOf(LF, start) + 1 || end;
  }
  return bytes.subarray(0, start).reduce((lines, byte) => (byte === LF ? lines + 1 : lines), 0);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeText(bytes);
    return true;
  } catch {
    return false;
  }
}
