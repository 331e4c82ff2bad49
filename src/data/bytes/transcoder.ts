import { Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { encodeText } from "../../utf8.js";
import type { Encoding } from "../layout/dialect.js";

/** What windows-1252 has at 0x80 to 0x9f (WHATWG Encoding Standard, index-windows-1252); 0: the control character itself. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

/** Of characters decoded at a time: as many arguments as every engine takes. */
const UNITS = 4096;

/**
 * Makes UTF-8 of the bytes of a file that come in pieces: not by TextDecoder, which not every engine has, and which reads
 * windows-1252 as ISO 8859-1 in Node 20 (nodejs/node issue 56542).
 */
export class Transcoder {
  readonly #encoding: Encoding;
  /** The first byte of a unit that was cut in two, or -1. */
  #byte = -1;
  /** The first half of a character that was cut in two. */
  #half = "";

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  encode(bytes: Uint8Array): Uint8Array {
    if (this.#encoding === "windows-1252") {
      const units = new Uint16Array(bytes.length);
      for (let i = 0; i < units.length; i++) units[i] = fromWindows(bytes[i] as number);
      return textOf(units);
    }
    const isBig = this.#encoding === "utf-16be";
    const all = this.#byte < 0 ? bytes : Uint8Array.of(this.#byte, ...bytes);
    this.#byte = all.length % 2 === 1 ? (all[all.length - 1] as number) : -1;
    const units = new Uint16Array(all.length >> 1);
    for (let i = 0; i < units.length; i++)
      units[i] = isBig ? (all[2 * i]! << 8) | all[2 * i + 1]! : all[2 * i]! | (all[2 * i + 1]! << 8);
    const last = units[units.length - 1] ?? 0;
    const isHalved = last >= 0xd800 && last < 0xdc00;
    const encoded = textOf(isHalved ? units.subarray(0, -1) : units, this.#half);
    if (units.length > 0) this.#half = isHalved ? String.fromCharCode(last) : "";
    return encoded;
  }

  /** @throws FormatError for a file that ends within a character */
  end(): void {
    if (this.#byte >= 0 || this.#half !== "")
      throw malformed("file", `text in ${this.#encoding}`, new Verbatim("half of a character at its end"));
  }
}

function fromWindows(byte: number): number {
  return (byte >= 0x80 && byte < 0xa0 && WINDOWS_1252[byte - 0x80]) || byte;
}

/** UTF-8 of UTF-16 behind a text. */
function textOf(units: Uint16Array, before = ""): Uint8Array {
  let text = before;
  for (let at = 0; at < units.length; at += UNITS)
    text += String.fromCharCode(...units.subarray(at, at + UNITS));
  return encodeText(text);
}
