import { exhausted } from "./errors.js";

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

/**
 * A typed array on an ArrayBuffer, such as Blob and workers take. `Owned<Uint8ArrayConstructor>` is Uint8Array<ArrayBuffer>
 * from TypeScript 5.7 on, and Uint8Array before, where typed arrays have no parameter: a declaration that gives them one
 * is an error there, or `any` where declarations are not checked (skipLibCheck).
 */
export type Owned<Kind extends { of(...items: number[]): unknown }> = ReturnType<Kind["of"]>;
