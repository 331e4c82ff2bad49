import type { Owned } from "../array.js";
import { type Bytes, checkedBytes } from "../bytes.js";
import { Verbatim, wrongType, wrongValue } from "../errors.js";
import { isPlainObject } from "../options.js";
import { sizeOf, Tensor } from "../tensor.js";
import { shapeOf, snapshot, type Values } from "../values.js";
import { readSafetensors, type Stored, writeSafetensors } from "./safetensors.js";
import { float32Of, storedFloats } from "./stored.js";

/**
 * Writes tensors by name as a safetensors file, which PyTorch and others read: float32, row-major.
 *
 * @param tensors any values by name, such as a model's stateDict()
 * @param metadata texts by name. Default: none
 * @returns the bytes of the file, the caller's
 * @throws TypeError for what are not numbers or texts; RangeError for a name that the format does not allow
 * @example
 * import { decodeTensors, encodeTensors } from "rprop";
 * const bytes = encodeTensors({ weight: [[1, 2], [3, 4]] });
 * console.log(decodeTensors(bytes).weight?.toRows()); // [ [ 1, 2 ], [ 3, 4 ] ]
 */
export function encodeTensors(
  tensors: Readonly<Record<string, Values>>,
  metadata: Readonly<Record<string, string>> = {},
): Owned<Uint8ArrayConstructor> {
  checkNames("tensors", "values by name", tensors);
  checkMetadata(metadata);
  const stored = Object.entries(tensors).map(([name, values]): [string, Stored] => {
    const shape = shapeOf(`tensors.${name}`, values);
    return [name, storedFloats(shape, snapshot(values, sizeOf(shape)))];
  });
  return writeSafetensors({ tensors: new Map(stored), metadata });
}

/**
 * Reads the tensors of a safetensors file by name, in float32 whatever they were stored as: what
 * loadStateDict() takes.
 *
 * @param bytes of the whole file: a Uint8Array, a Buffer, a DataView or an ArrayBuffer
 * @returns tensors of their own, by name
 * @throws TypeError for what are no bytes; FormatError for what is no such file
 * @example
 * import { decodeTensors, encodeTensors, Linear } from "rprop";
 * const tensors = decodeTensors(encodeTensors(new Linear(3, 2).stateDict()));
 * console.log(Object.entries(tensors).map(([name, { shape }]) => `${name} ${shape.join(" × ")}`)); // [ 'weight 2 × 3', 'bias 2' ]
 */
export function decodeTensors(bytes: Bytes): Record<string, Tensor> {
  const { tensors } = readSafetensors(checkedBytes(bytes));
  return Object.fromEntries(
    [...tensors].map(([name, stored]) => [name, Tensor.over(stored.shape, float32Of(name, stored))]),
  );
}

/** reserved: names that are not the user's. */
export function checkMetadata(metadata: unknown, reserved: readonly string[] = []): void {
  checkNames("metadata", "texts by name", metadata, reserved);
  for (const [name, text] of Object.entries(metadata as object))
    if (typeof text !== "string") throw wrongType(`metadata.${name}`, "a text", text);
}

/** Names that a file can have: __metadata__ is the format's own. */
function checkNames(what: string, expected: string, named: unknown, reserved: readonly string[] = []): void {
  if (!isPlainObject(named)) throw wrongType(what, expected, named); // the entries of a Map would be lost
  for (const name of ["__metadata__", "__proto__", ...reserved])
    if (Object.hasOwn(named, name)) throw wrongValue(what, "other names", new Verbatim(`"${name}"`));
}
