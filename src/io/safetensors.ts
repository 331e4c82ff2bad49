/**
 * The safetensors format, version 0.5: eight bytes with the length of the header (little-endian), the header in JSON,
 * padded with spaces to a multiple of eight bytes, and the numbers of all tensors without a gap.
 *
 *     { "__metadata__": { text: text }, name: { "dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end] }, … }
 *
 * Numbers are little-endian, which every machine that runs JavaScript is.
 */
import { Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import { sizeOf } from "../tensor.js";
import { decodeText, encodeText } from "../utf8.js";
import { isRecord, parseStrictly } from "./strict-json.js";

/** A tensor of a file, its numbers as bytes. */
export interface Stored {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Of the file's own memory when read. */
  readonly bytes: Uint8Array;
}

/** One of which the header says where in the data it lies, though the file may end before. */
interface Placed extends Stored {
  readonly begin: number;
  readonly end: number;
}

export interface Contents {
  readonly tensors: Map<string, Stored>;
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
/** What the reference implementation allows. */
const MAX_HEADER_BYTES = 100_000_000;

/** The first number in a name is how many bits one has; a BOOL has a byte. */
const DTYPES: readonly unknown[] = [
  "BOOL",
  "U8",
  "I8",
  "F8_E5M2",
  "F8_E4M3",
  "U16",
  "I16",
  "F16",
  "BF16",
  "U32",
  "I32",
  "F32",
  "U64",
  "I64",
  "F64",
];

function elementBytes(dtype: string): number {
  return Number(/\d+/.exec(dtype)?.[0] ?? 8) / 8;
}

export function writeSafetensors({ tensors, metadata }: Contents): Uint8Array<ArrayBuffer> {
  // The widest numbers first, so that all of them are aligned.
  const sorted = [...tensors].sort(([, a], [, b]) => elementBytes(b.dtype) - elementBytes(a.dtype));
  let end = 0;
  const entries = sorted.map(([name, { dtype, shape, bytes }]) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const header = JSON.stringify({ [METADATA]: metadata, ...Object.fromEntries(entries) });
  const encoded = encodeText(header);
  const padded = Math.ceil(encoded.length / 8) * 8;
  const file = new Uint8Array(8 + padded + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(0x20, 8, 8 + padded);
  file.set(encoded, 8);
  let at = 8 + padded;
  for (const [, { bytes }] of sorted) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** @throws FormatError for anything that is not such a file, whole and without a byte more; nothing large is allocated then */
export function readSafetensors(file: Uint8Array): Contents {
  checkLength(file, 8, "at least ");
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES)
    throw malformed("file", "a model file (safetensors)", new Verbatim("a file of another kind"));
  const dataStart = 8 + Number(length);
  checkLength(file, dataStart, "at least ");
  const header = parseStrictly("header", headerText(file.slice(8, dataStart)));
  if (!isRecord(header)) throw malformed("header", "a JSON object", header);
  const { [METADATA]: metadata = {}, ...entries } = header;
  const data = file.subarray(dataStart);
  const tensors = new Map(
    Object.entries(entries).map(([name, entry]) => [name, storedOf(JSON.stringify(name), entry, data)]),
  );
  checkLength(file, dataStart + endOf(tensors));
  return { tensors, metadata: checkedMetadata(metadata) };
}

/** Of a copy, since not every TextDecoder reads shared memory. */
function headerText(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    throw malformed("header", "text in UTF-8", new Verbatim("other bytes"), error);
  }
}

function checkedMetadata(metadata: unknown): Record<string, string> {
  const bad = isRecord(metadata)
    ? Object.values(metadata).find((value) => typeof value !== "string")
    : metadata;
  if (bad !== undefined) throw malformed(METADATA, "names and texts", bad);
  return metadata as Record<string, string>;
}

function storedOf(name: string, entry: unknown, data: Uint8Array): Placed {
  const { dtype, shape, data_offsets: offsets, ...others } = isRecord(entry) ? entry : {};
  const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const isLengths = (value: unknown) => Array.isArray(value) && value.every(isLength);
  if (!DTYPES.includes(dtype)) throw malformed(`${name}.dtype`, DTYPES.join(", "), dtype);
  if (!isLengths(shape)) throw malformed(`${name}.shape`, "whole numbers of at least 0", shape);
  if (!isLengths(offsets) || (offsets as number[]).length !== 2)
    throw malformed(`${name}.data_offsets`, "two whole numbers of at least 0", offsets);
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw malformed(name, "dtype, shape and data_offsets", stray);
  const [begin, end] = offsets as [number, number];
  const bytes = sizeOf(shape as number[]) * elementBytes(dtype as string);
  if (end - begin !== bytes) {
    throw malformed(`${name}.data_offsets`, `${bytes} bytes for ${dtype} of shape [${shape}]`, end - begin);
  }
  return { dtype: dtype as string, shape: shape as number[], begin, end, bytes: data.subarray(begin, end) };
}

/** Where the data end, of which every byte belongs to one tensor. */
function endOf(tensors: ReadonlyMap<string, Placed>): number {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let last = 0;
  for (const [name, { begin, end }] of inOrder) {
    if (begin !== last)
      throw malformed(JSON.stringify(name), `numbers from byte ${last} of the data on`, begin);
    last = end;
  }
  return last;
}

/** Refuses a file of fewer bytes and, unless they are the least, of more. */
function checkLength({ length }: Uint8Array, bytes: number, atLeast = ""): void {
  if (length === bytes || (length > bytes && atLeast !== "")) return;
  const advice = length < bytes ? ": the file is cut short, download or copy it again" : "";
  throw malformed("file", `${atLeast}${bytes} bytes`, new Verbatim(length + advice));
}
