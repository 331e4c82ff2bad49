import { checkedBytes } from "../io/tensors.js";

const encoder = new TextEncoder();

/** The bytes of a file's chunks, where these may be texts that are cut in the middle of a character. */
export class ChunkEncoder {
  /** What a text ended with, if that was half of a character. */
  #half = "";

  /** @throws TypeError for what is neither bytes nor text */
  encode(chunk: Uint8Array | string): Uint8Array {
    if (typeof chunk !== "string") {
      const bytes = checkedBytes(chunk, "chunks", "Uint8Arrays or texts");
      return this.#half === "" ? bytes : Uint8Array.from([...this.end(), ...bytes]);
    }
    const text = this.#half + chunk;
    const last = text.charCodeAt(text.length - 1);
    const halved = last >= 0xd800 && last < 0xdc00;
    this.#half = halved ? text.slice(-1) : "";
    return encoder.encode(halved ? text.slice(0, -1) : text);
  }

  /** The rest. */
  end(): Uint8Array {
    const rest = encoder.encode(this.#half);
    this.#half = "";
    return rest;
  }
}
