import { exhausted } from "../errors.js";

/** An array of zeros in JavaScript memory. @throws RangeError, worded, when memory is exhausted */
export function newArray<View>(
  Type: { new (length: number): View; BYTES_PER_ELEMENT: number },
  length: number,
): View {
  try {
    return new Type(length);
  } catch {
    throw exhausted(length * Type.BYTES_PER_ELEMENT);
  }
}
