import { describe } from "./errors.js";

/** What was to be read is not what it should be: a file that is damaged, of another kind, or made to do harm. */
export class FormatError extends Error {
  override name = "FormatError";
}

/** where: what of the file, such as header or "0.weight"; got is worded by the caller, or a value to be described. */
export function malformed(where: string, expected: string, got: unknown, cause?: unknown): FormatError {
  return new FormatError(
    `${where}: expected ${expected}, got ${describe(got)}`,
    cause === undefined ? {} : { cause },
  );
}
