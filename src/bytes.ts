/** Bytes from outside, and numbers that only bytes have. */
import { newArray, type Owned } from "./array.js";
import { wrongType } from "./errors.js";

/** Bytes of a file, wherever they are. */
export type Bytes = Uint8Array | DataView | ArrayBufferLike;

/**
 * By their properties, since test runners and frames have classes of their own. Arrays of wider numbers are no bytes.
 *
 * @throws TypeError for what is no bytes
 */
export function checkedBytes(
  bytes: unknown,
  name = "bytes",
  expected = "a Uint8Array or ArrayBuffer",
): Uint8Array {
  try {
    const { buffer = bytes, byteOffset, byteLength, BYTES_PER_ELEMENT = 1 } = Object(bytes);
    if (byteLength >= 0 && BYTES_PER_ELEMENT < 2) return new Uint8Array(buffer, byteOffset, byteLength); // slice() of a Buffer would not copy
  } catch {} // engines refuse what is detached
  throw wrongType(name, expected, bytes);
}

/** Numbers of 16 bits, IEEE 754 binary16, in float32. */
export function fromHalves(halves: Uint16Array): Owned<Float32ArrayConstructor> {
  const floats = newArray(Float32Array, halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = fromHalf(halves[i] as number);
  return floats;
}

/** A sign, five bits of exponent, ten of fraction. */
function fromHalf(half: number): number {
  const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
  const sign = half >> 15 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
