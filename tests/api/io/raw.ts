/** A safetensors file written by hand, so that it can be wrong. */
export function raw(header: unknown, data: ArrayLike<number> = [], length?: bigint): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + encoded.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(encoded.length), true);
  bytes.set(encoded, 8);
  bytes.set(data, 8 + encoded.length);
  return bytes;
}

/** The header of a file, and the bytes behind it. */
export function parts(file: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(file.subarray(8, 8 + length));
  return { header: JSON.parse(text), data: file.subarray(8 + length) };
}
