/** Which encoding the bytes of a file are in. */
import { FormatError } from "../../format-error.js";
import { decodeText } from "../../utf8.js";
import type { Encoding } from "../layout/dialect.js";
import { LF } from "./ascii.js";

/** For bytes that are no UTF-8 where no encoding was asked for: whoever can read the file again takes windows-1252. */
export class EncodingError extends FormatError {}

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

/** Of bytes that are decoded at a time: a file may be longer than the longest text. */
const PIECE_BYTES = 1 << 20;

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    for (let start = 0; start < bytes.length; ) {
      const end = characterStart(bytes, Math.min(start + PIECE_BYTES, bytes.length));
      decodeText(bytes.subarray(start, end));
      start = end;
    }
    return true;
  } catch {
    return false;
  }
}

/** Where the character of UTF-8 begins that has a byte at a place: no more than three bytes before. */
function characterStart(bytes: Uint8Array, place: number): number {
  let start = place;
  while (start > place - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
