/** The numbers of the tensors in a file. */
import { newArray } from "../array.js";
import { fromHalves } from "../bytes.js";
import { shapeText, Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import type { Stored } from "./safetensors.js";

const TYPED = {
  F64: Float64Array,
  F32: Float32Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/** Float32 numbers for a file; the bytes are those of data itself. */
export function storedFloats(shape: readonly number[], data: Float32Array): Stored {
  return { dtype: "F32", shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** The tensors of a file that has to hold just what is asked of it. */
export class TensorsOfFile {
  readonly #left: Map<string, Stored>;

  constructor(tensors: ReadonlyMap<string, Stored>) {
    this.#left = new Map(tensors);
  }

  has(name: string): boolean {
    return this.#left.has(name);
  }

  /** A copy of the numbers, which can be taken once. @throws FormatError where they are missing or of another kind */
  take(name: string, shape: readonly number[], dtype: "F32" | "F64" = "F32"): Float32Array | Float64Array {
    const stored = this.#left.get(name);
    const where = JSON.stringify(name);
    if (stored === undefined) throw malformed("file", `a tensor ${where}`, new Verbatim("none"));
    if (stored.dtype !== dtype) throw malformed(`${where}.dtype`, dtype, stored.dtype);
    if (String(stored.shape) !== String(shape))
      throw malformed(where, shapeText(shape).text, shapeText(stored.shape));
    this.#left.delete(name);
    const { buffer } = stored.bytes.slice();
    return dtype === "F32" ? new Float32Array(buffer) : new Float64Array(buffer);
  }

  /** @throws FormatError for a tensor that nobody has asked for */
  checkAllTaken(): void {
    const [stray] = this.#left.keys();
    if (stray !== undefined) throw malformed("file", "the tensors of its model", stray);
  }
}

/** The numbers of a stored tensor in float32, a copy. @throws FormatError for floating point of eight bits */
export function float32Of(name: string, { dtype, bytes }: Stored): Float32Array<ArrayBuffer> {
  const { buffer } = bytes.slice(); // at a place that suits every width
  if (dtype === "F32") return new Float32Array(buffer);
  if (dtype === "BF16") {
    const halves = new Uint16Array(buffer);
    const words = new Uint32Array(halves.length);
    for (let i = 0; i < halves.length; i++) words[i] = (halves[i] as number) << 16;
    return new Float32Array(words.buffer);
  }
  if (dtype === "F16") return fromHalves(new Uint16Array(buffer));
  if (!Object.hasOwn(TYPED, dtype))
    throw malformed(JSON.stringify(name), "a type that float32 can take over", new Verbatim(dtype));
  const Type = TYPED[dtype as keyof typeof TYPED];
  const numbers: ArrayLike<number | bigint> = new Type(buffer);
  // No from() of typed arrays: it makes a list of all elements first, for which there may be no memory.
  const floats = newArray(Float32Array, numbers.length);
  for (let i = 0; i < floats.length; i++) floats[i] = Number(numbers[i]);
  return floats;
}
