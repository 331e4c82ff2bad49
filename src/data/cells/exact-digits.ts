/** What float64 has exactly: powers of ten, and whole numbers of digits. */
import { ZERO } from "../bytes/ascii.js";

/** Powers of ten that float64 has exactly. */
export const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
export const MAX_POWER = 22;
/** Below this float64 has every whole number, and one that is rounded is none of them. */
export const WHOLE_LIMIT = 2 ** 53;

/** The whole number that digits say, among which there may be a point: exact below WHOLE_LIMIT. */
export function wholeOf(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >>> 0 < 10) whole = whole * 10 + digit;
  }
  return whole;
}
