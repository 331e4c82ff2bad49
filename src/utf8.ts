/** Texts and their bytes in UTF-8, also where there is no TextEncoder and no TextDecoder, as in AudioWorklets and QuickJS. */
import type { Owned } from "./array.js";

/** Half of a character on its own becomes U+FFFD. */
export function encodeText(text: string): Owned<Uint8ArrayConstructor> {
  if (typeof TextEncoder === "function") return new TextEncoder().encode(text);
  const characters = unescape(encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd")));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

let decoder: TextDecoder | undefined;

/** A byte order mark is a character. @throws Error for bytes that are no UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  if (typeof TextDecoder === "function") {
    decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  }
  return decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
}
