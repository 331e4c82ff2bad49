import { LF, QUOTE } from "./ascii.js";

/** What a reader has to know of bytes before it reads them. */
export interface Overview {
  /** Whether each byte is a character. */
  readonly isAscii: boolean;
  readonly hasQuotes: boolean;
  /** Line feeds. */
  readonly lines: number;
}

/** Four bytes of which each is 1, 127 or 128. */
const ONES = 0x01010101;
const LOW_BITS = 0x7f7f7f7f;
const HIGH_BITS = 0x80808080;

/** Looks at four bytes at a time, which takes a quarter of what one at a time does (measured). */
export function overview(bytes: Uint8Array): Overview {
  const head = Math.min(bytes.length, -bytes.byteOffset & 3); // bytes before the first word
  const count = (bytes.length - head) >> 2;
  const words = new Int32Array(bytes.buffer, count > 0 ? bytes.byteOffset + head : 0, count);
  let [high, quotes, lines] = [0, 0, 0];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    high |= word;
    const quote = word ^ (QUOTE * ONES); // 0 where there is one
    quotes |= (quote - ONES) & ~quote; // the high bit is set of one that is 0, if any is; of others only above one
    const lf = word ^ (LF * ONES);
    const ends = ~(((lf & LOW_BITS) + LOW_BITS) | lf) & HIGH_BITS; // the high bits of those that are 0, and no others
    lines += Math.imul(ends >>> 7, ONES) >>> 24;
  }
  for (const byte of [...bytes.subarray(0, head), ...bytes.subarray(head + 4 * words.length)]) {
    high |= byte;
    if (byte === QUOTE) quotes = HIGH_BITS;
    if (byte === LF) lines++;
  }
  return { isAscii: (high & HIGH_BITS) === 0, hasQuotes: (quotes & HIGH_BITS) !== 0, lines };
}
