import { describe } from "./errors.js";

/**
 * The error for what was to be read and is not what it should be: a file that is damaged, of another kind, or
 * made to do harm.
 *
 * @example
 * import { decodeTensors, FormatError } from "rprop";
 * try {
 *   decodeTensors(new Uint8Array(3));
 * } catch (error) {
 *   console.log(error instanceof FormatError); // true
 * }
 */
export class FormatError extends Error {
  /** The name in messages, which bundlers do not shorten. */
  override name = "FormatError";
}

/** where: what of the file, such as header or "0.weight"; got is worded by the caller, or a value to be described. */
export function malformed(where: string, expected: string, got: unknown, cause?: unknown): FormatError {
  return new FormatError(
    `${where}: expected ${expected}, got ${describe(got)}`,
    cause === undefined ? {} : { cause },
  );
}
