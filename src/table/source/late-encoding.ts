import { markedEncoding, mayBeSingleBytes } from "../../data/bytes/encoding.js";
import { overview } from "../../data/bytes/overview.js";
import { MAX_RECORD_BYTES } from "../../data/records/blocks.js";

const PIECE_BYTES = 1 << 20;

/**
 * Whether bytes in memory are no UTF-8 behind the beginning in which the reader finds the encoding, and text of one byte for each
 * character instead: a reading that has given rows by then cannot begin again.
 */
export function isLateWindows1252(bytes: Uint8Array): boolean {
  if (bytes.length <= MAX_RECORD_BYTES || overview(bytes).isAscii) return false;
  return markedEncoding(bytes) === null && !isUtf8(bytes) && mayBeSingleBytes(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
