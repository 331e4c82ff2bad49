/** Files of other kinds that people hand to a reader of tables, each with what to do. */
import { Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import { beginsWith } from "./encoding.js";

const BYTES: readonly (readonly [mark: ArrayLike<number>, kind: string])[] = [
  [[0x50, 0x4b, 3, 4], "an Excel workbook or another zip archive: save it as CSV, or unpack it"],
  [[0x1f, 0x8b], "a gzip file: unpack it with gunzip"],
  [ascii("PAR1"), "a Parquet file: convert it to CSV, such as with DuckDB or pandas"],
  [ascii("ARROW1"), "an Arrow file: convert it to CSV, such as with DuckDB or pandas"],
  [ascii("SQLite format 3"), "a SQLite database: export a table of it as CSV"],
  [ascii("\x93NUMPY"), "an .npy file: readNpy reads it"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook: save it as CSV"],
  [ascii("%PDF-"), "a PDF file: export its table as CSV"],
];

/** One pair of an index and a value, as LIBSVM and SVMlight write features that are not 0. */
const LIBSVM = /^[-+]?\d+(?:\.\d+)?(?: +\d+:[-+.\deE]+){2,}\s*$/;

const TEXTS: readonly (readonly [is: (text: string) => boolean, kind: string])[] = [
  [
    (text) => text.startsWith("version https://git-lfs.github.com/spec/"),
    "a pointer of Git LFS, not the file itself: fetch it with git lfs pull",
  ],
  [
    (text) => /^\s*<(?:!doctype html|html|head|body|table)\b/i.test(text),
    "an HTML page: download the file itself",
  ],
  [(text) => /^\s*<\?xml\b/i.test(text), "an XML file: convert it to CSV"],
  [(text) => /^\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*[{[])/.test(text), "JSON: convert it to CSV"],
  [
    (text) => /^(?:[ \t]*(?:%[^\n]*)?\r?\n)*[ \t]*@relation\b/i.test(text),
    "an ARFF file of Weka: remove all lines up to @data, and name the columns in the first line",
  ],
  [
    (text) => text.split("\n", 3).every((line, i) => (i > 0 && line === "") || LIBSVM.test(line)),
    "a LIBSVM file: convert it to CSV",
  ],
];

/** Of a text that is looked at. */
const MAX_CHARACTERS = 10_000;

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** @throws FormatError for bytes of another kind of file than text */
export function checkBytes(head: Uint8Array): void {
  if (isSafetensors(head))
    refuse("a model or other tensors (safetensors), no rows: rprop info says what is in a model");
  refuse(kindOfBytes(head));
}

function kindOfBytes(head: Uint8Array): string | undefined {
  return BYTES.find(([mark]) => beginsWith(head, mark))?.[1];
}

/** A length below 2^32 in eight bytes, little-endian, and an object of JSON. */
function isSafetensors(head: Uint8Array): boolean {
  return beginsWith(head.subarray(4), [0, 0, 0, 0, 0x7b]) && (head[9] === 0x22 || head[9] === 0x7d);
}

/** @throws FormatError for bytes of another kind of file than a model, text among them */
export function checkIsModel(head: Uint8Array): void {
  const isText = head.length >= 9 && head.subarray(0, 64).every((byte) => byte >= 9);
  const kind = kindOfBytes(head)?.split(":")[0] ?? (isText ? "text, such as a table" : undefined);
  if (kind === undefined) return;
  throw malformed("file", "a model, as rprop train or encode writes it", new Verbatim(kind));
}

/** @throws FormatError for text of another kind than a table */
export function checkText(text: string): void {
  const beginning = text.slice(0, MAX_CHARACTERS);
  refuse(TEXTS.find(([is]) => is(beginning))?.[1]);
}

function refuse(kind: string | undefined): void {
  if (kind !== undefined) throw wrongKind(kind);
}

function wrongKind(kind: string): FormatError {
  return malformed("file", "a table, such as CSV", new Verbatim(kind));
}
