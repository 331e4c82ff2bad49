/**
 * The safetensors format, version 0.5: eight bytes with the length of the header (little-endian), the header in JSON,
 * padded with spaces to a multiple of eight bytes, and the numbers of all tensors without a gap.
 *
 *     { "__metadata__": { text: text }, name: { "dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end] }, … }
 *
 * Numbers are little-endian, which every machine that runs JavaScript is.
 */
import { Phrase } from "../errors.js";
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

export interface Contents {
  readonly tensors: Map<string, Stored>;
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
/** What the reference implementation allows. */
const MAX_HEADER_BYTES = 100_000_000;

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

export function writeSafetensors({ tensors, metadata }: Contents): Uint8Array<ArrayBuffer> {
  // The widest numbers first, so that all of them are aligned.
  const width = ({ dtype }: Stored) => ELEMENT_BYTES[dtype] as number;
  const sorted = [...tensors].sort(([, a], [, b]) => width(b) - width(a));
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
  if (file.length < 8) throw malformed("file", "a safetensors file", new Phrase(`${file.length} bytes`));
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  const most = Math.min(file.length - 8, MAX_HEADER_BYTES);
  if (length > most) {
    const got = new Phrase(`another, or a part of one: a header of ${length} bytes in ${file.length}`);
    throw malformed("file", "a safetensors file", got);
  }
  const dataStart = 8 + Number(length);
  const header = parseStrictly("header", headerText(file.slice(8, dataStart)));
  if (!isRecord(header)) throw malformed("header", "a JSON object", header);
  const { [METADATA]: metadata = {}, ...entries } = header;
  const data = file.subarray(dataStart);
  const tensors = new Map(
    Object.entries(entries).map(([name, entry]) => [name, storedOf(JSON.stringify(name), entry, data)]),
  );
  checkGapless(tensors, data);
  return { tensors, metadata: checkedMetadata(metadata) };
}

/** Of a copy, since not every TextDecoder reads shared memory. */
function headerText(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    throw malformed("header", "text in UTF-8", new Phrase("other bytes"), error);
  }
}

function checkedMetadata(metadata: unknown): Record<string, string> {
  const bad = isRecord(metadata)
    ? Object.values(metadata).find((value) => typeof value !== "string")
    : metadata;
  if (bad !== undefined) throw malformed(METADATA, "names and texts", bad);
  return metadata as Record<string, string>;
}

function storedOf(name: string, entry: unknown, data: Uint8Array): Stored {
  const { dtype, shape, data_offsets: offsets, ...others } = isRecord(entry) ? entry : {};
  const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const isLengths = (value: unknown) => Array.isArray(value) && value.every(isLength);
  const width =
    typeof dtype === "string" && Object.hasOwn(ELEMENT_BYTES, dtype) ? ELEMENT_BYTES[dtype] : null;
  if (width == null) throw malformed(`${name}.dtype`, Object.keys(ELEMENT_BYTES).join(", "), dtype);
  if (!isLengths(shape)) throw malformed(`${name}.shape`, "whole numbers of at least 0", shape);
  if (!isLengths(offsets) || (offsets as number[]).length !== 2)
    throw malformed(`${name}.data_offsets`, "two whole numbers of at least 0", offsets);
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw malformed(name, "dtype, shape and data_offsets", stray);
  const [begin, end] = offsets as [number, number];
  const bytes = sizeOf(shape as number[]) * (width as number);
  if (end - begin !== bytes) {
    throw malformed(`${name}.data_offsets`, `${bytes} bytes for ${dtype} of shape [${shape}]`, end - begin);
  }
  if (end > data.length)
    throw malformed(`${name}.data_offsets`, `an end within the ${data.length} bytes of data`, end);
  return { dtype: dtype as string, shape: shape as number[], bytes: data.subarray(begin, end) };
}

/** Every byte of data belongs to one tensor. */
function checkGapless(tensors: Map<string, Stored>, data: Uint8Array): void {
  const begin = ({ bytes }: Stored) => bytes.byteOffset - data.byteOffset;
  const inOrder = [...tensors].sort(([, a], [, b]) => begin(a) - begin(b) || a.bytes.length - b.bytes.length);
  let end = 0;
  for (const [name, stored] of inOrder) {
    if (begin(stored) !== end)
      throw malformed(JSON.stringify(name), `numbers from byte ${end} of the data on`, begin(stored));
    end += stored.bytes.length;
  }
  if (end !== data.length) throw malformed("file", `${end} bytes of data`, data.length);
}
