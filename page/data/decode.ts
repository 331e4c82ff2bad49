import { BadFile } from "./bad-file.js";

/** The largest file, in bytes. */
export const LARGEST_FILE = 20 * 2 ** 20;

/** @throws BadFile for a file that is not read at all: it would take too much memory */
export function checkSize(bytes: number): void {
  if (bytes === 0) throw new BadFile("The file is empty.");
  if (bytes > LARGEST_FILE) {
    throw new BadFile(
      `The file has ${megabytes(bytes)} MB; up to ${megabytes(LARGEST_FILE)} MB can be read here.`,
    );
  }
}

/**
 * The text of a file: UTF-8, UTF-16 that says so, or else Windows' Latin letters, as older spreadsheets write them.
 *
 * @throws BadFile for what is no text
 */
export function decode(bytes: Uint8Array): string {
  checkSize(bytes.length);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (first === 0x50 && second === 0x4b) {
    throw new BadFile(
      "This is a spreadsheet or an archive, not text: save the sheet as CSV and choose that.",
    );
  }
  if (bytes.some(isControl)) throw new BadFile("This is a binary file, not text: choose a CSV file.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** What no text has: control characters but tab, line ends, form feed, escape and the separators 28 to 31. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 27);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toLocaleString("en", { maximumFractionDigits: 1 });
}
