/**
 * The header of the .npy format (NumPy enhancement proposal 1, and numpy.lib.format): the six bytes of MAGIC, the version in two bytes, the
 * length of what follows in two bytes (version 1) or four (2 and 3), little-endian; and a literal of Python, padded with spaces and ended
 * by a line feed so that the numbers begin at a multiple of 64 bytes:
 *
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
 */
import { Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import { encodeText } from "../utf8.js";

export interface Header {
  /** Byte order, kind and bytes of a number: '<f4'. */
  readonly type: string;
  /** Whether the first index runs fastest. */
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

const MAGIC = [0x93, ..."NUMPY"].map((part) => (typeof part === "number" ? part : part.charCodeAt(0)));
const ALIGNMENT = 64;
const MAX_HEADER_BYTES = 1 << 16;
const MAX_DIMENSIONS = 64;
/** What NumPy leaves free for the largest count of rows, so that rows can be added in place. */
const GROWTH_DIGITS = 21;

/** @throws FormatError for what is no such header */
export function readHeader(file: Uint8Array): Header & { dataStart: number } {
  if (!MAGIC.every((byte, i) => file[i] === byte))
    throw malformed("file", "an .npy file", new Verbatim("another"));
  const version = file[6];
  if (version !== 1 && version !== 2 && version !== 3) throw malformed("version", "1, 2 or 3", version);
  const start = version === 1 ? 10 : 12;
  if (file.length < start) throw malformed("file", "a header", new Verbatim("the end of the file"));
  const view = new DataView(file.buffer, file.byteOffset);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const maxLength = Math.min(file.length - start, MAX_HEADER_BYTES);
  if (length > maxLength) throw malformed("header", `at most ${maxLength} bytes`, length);
  const dataStart = start + length;
  const characters = Array.from(file.subarray(start, dataStart), (byte) => String.fromCharCode(byte));
  return { ...parseHeader(characters.join("")), dataStart };
}

/** Of version 1, with the bytes that NumPy writes. */
export function writeHeader(type: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const room = shape.length === 0 ? 0 : Math.max(0, GROWTH_DIGITS - `${shape[0]}`.length);
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }${" ".repeat(room)}`;
  const start = MAGIC.length + 4;
  const end = Math.ceil((start + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(end).fill(0x20);
  header.set([...MAGIC, 1, 0]);
  new DataView(header.buffer).setUint16(8, end - start, true);
  header.set(encodeText(text), start);
  header[end - 1] = 0x0a;
  return header;
}

/** One entry of the literal. Each character has one place in it, so that nothing is tried twice. */
const ENTRY =
  /\s*'(\w+)'\s*:\s*(?:'([^']*)'|(True|False)|\(\s*((?:\d+\s*,\s*)*(?:\d+\s*)?)\))\s*(?:,|(?=\}))/y;

interface Entry {
  readonly text: string | undefined;
  readonly truth: string | undefined;
  /** What stands between the parentheses. */
  readonly tuple: string | undefined;
}

function parseHeader(literal: string): Header {
  const entries = new Map<string, Entry>();
  let at = /^\s*\{/.exec(literal)?.[0].length ?? 0;
  for (;;) {
    ENTRY.lastIndex = at;
    const match = ENTRY.exec(literal);
    if (match === null) break;
    const [whole, key = "", text, truth, tuple] = match;
    if (entries.has(key)) throw malformed("header", "each key once", key);
    entries.set(key, { text, truth, tuple });
    at += whole.length;
  }
  const type = entries.get("descr")?.text;
  const order = entries.get("fortran_order")?.truth;
  const lengths = entries.get("shape")?.tuple;
  const isWhole = entries.size === 3 && /^\s*\}\s*$/.test(literal.slice(at));
  if (!isWhole || type === undefined || order === undefined || lengths === undefined)
    throw malformed("header", "descr, fortran_order and shape of numbers, and nothing else", literal);
  return { type, isFortran: order === "True", shape: shapeIn(lengths) };
}

function shapeIn(lengths: string): number[] {
  if (/^\d+\s*$/.test(lengths)) throw malformed("shape", "a tuple", lengths);
  const shape = (lengths.match(/\d+/g) ?? []).map(Number);
  const inexact = shape.find((length) => !Number.isSafeInteger(length));
  if (inexact !== undefined) throw malformed("shape", "lengths below 2^53", inexact);
  if (shape.length > MAX_DIMENSIONS)
    throw malformed("shape", `at most ${MAX_DIMENSIONS} dimensions`, shape.length);
  return shape;
}
