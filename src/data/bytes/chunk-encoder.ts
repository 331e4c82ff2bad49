import { type Bytes, checkedBytes } from "../../bytes.js";
import { wrongType } from "../../errors.js";
import { readStream, type StreamOf } from "../../read-stream.js";
import { encodeText } from "../../utf8.js";

/** Bytes in UTF-8, or text. */
export type Chunk = Bytes | string;

/** A file, in pieces or in one. */
export type Chunks = Chunk | Iterable<Chunk> | AsyncIterable<Chunk>;

/** The pieces of a file. @throws TypeError for what has none */
export function piecesOf(chunks: Chunks): Iterable<Chunk> | AsyncIterable<Chunk> {
  const { byteLength, [Symbol.iterator]: now, [Symbol.asyncIterator]: later, getReader } = Object(chunks);
  if (typeof chunks === "string" || byteLength >= 0) return [chunks as Chunk];
  if (typeof now === "function" || typeof later === "function") return chunks as Iterable<Chunk>;
  if (typeof getReader === "function") return readStream(chunks as unknown as StreamOf<Chunk>);
  throw wrongType("chunks", "an iterable of Uint8Array or text", chunks);
}

/** The bytes of a file's chunks, where these may be texts that are cut in the middle of a character. */
export class ChunkEncoder {
  /** What a text ended with, if that was half of a character. */
  #half = "";

  /** @throws TypeError for what is neither bytes nor text */
  encode(chunk: Chunk): Uint8Array {
    if (typeof chunk !== "string") {
      const bytes = checkedBytes(chunk, "chunks", "Uint8Arrays or texts");
      return this.#half === "" ? bytes : Uint8Array.from([...this.end(), ...bytes]);
    }
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    const halved = last >= 0xd800 && last < 0xdc00;
    this.#half = halved ? text.slice(-1) : "";
    return encodeText(halved ? text.slice(0, -1) : text);
  }

  /** The rest. */
  end(): Uint8Array {
    const rest = encodeText(this.#half);
    this.#half = "";
    return rest;
  }
}
