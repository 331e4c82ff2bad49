/** Files of windows-1252 whose first MiB, in which the encoding is found, might as well be UTF-8. */
import type { Encoding } from "../layout/dialect.js";
import { MAX_RECORD_BYTES } from "../records/blocks.js";
import { EncodingError, isUtf8, markedEncoding, mayBeSingleBytes } from "./encoding.js";
import { overview } from "./overview.js";

const LATE = "windows-1252";

/**
 * The encoding in which a file is read again from its beginning, once bytes behind that were no UTF-8.
 *
 * @param asked the encoding that was asked for, or null
 * @throws the error, where it is another or where an encoding was asked for
 */
export function encodingAfter(error: unknown, asked: Encoding | null): Encoding {
  if (asked === null && error instanceof EncodingError) return LATE;
  throw error;
}

/**
 * The same encoding, found before bytes in memory are read: a reading that gives rows on the way cannot begin again. null where the
 * beginning tells the encoding.
 */
export function lateEncodingOf(bytes: Uint8Array): Encoding | null {
  if (bytes.length <= MAX_RECORD_BYTES || overview(bytes).isAscii) return null;
  const isLate = markedEncoding(bytes) === null && !isUtf8(bytes) && mayBeSingleBytes(bytes);
  return isLate ? LATE : null;
}
