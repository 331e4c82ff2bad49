/** The bytes of a file, piece by piece, all in one buffer: a piece is valid until the next one, and leaves no garbage. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import * as zlib from "node:zlib";
import { Failure, wordsOf } from "../shell/failure.js";

const PIECE_BYTES = 2 ** 18;

/** A file that is read more than once and must have the same bytes each time, so that a model is trained on one table. */
export class UnchangingFile {
  readonly #path: string;
  /** For messages. */
  readonly #name: string;
  /** Checksums of the pieces that any reading has come to. */
  readonly #checksums: number[] = [];
  /** Whether any reading has come to the end. */
  #isWhole = false;

  constructor(path: string, name: string) {
    this.#path = path;
    this.#name = name;
  }

  /** @throws Failure in place of a piece that has changed, is missing, or was not there before */
  async *read(): AsyncGenerator<Uint8Array, void> {
    const file = await this.#open();
    try {
      const buffer = new Uint8Array(PIECE_BYTES);
      for (let index = 0; ; index++) {
        const length = await fill(file, buffer);
        const piece = buffer.subarray(0, length);
        this.#check(index, length === 0 ? null : checksum(piece));
        if (length === 0) return;
        yield piece;
      }
    } finally {
      await file.close();
    }
  }

  async #open(): Promise<FileHandle> {
    let file: FileHandle;
    try {
      // Without O_NONBLOCK, a pipe that has taken the file's place would be waited for.
      file = await open(this.#path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      throw this.#checksums.length === 0 ? error : changed(this.#name, `: ${wordsOf(error)}`);
    }
    const stats = await file.stat();
    if (stats.isFile() || (stats.isDirectory() && this.#checksums.length === 0)) return file;
    await file.close();
    throw changed(this.#name, ": it is no file any more");
  }

  /** @param checksum of a piece, or null at the end */
  #check(index: number, checksum: number | null): void {
    const known = this.#checksums.length;
    if (index < known ? checksum !== this.#checksums[index] : checksum !== null && this.#isWhole)
      throw changed(this.#name, "; read a copy that stays as it is");
    if (checksum === null) this.#isWhole = true;
    else if (index === known) this.#checksums.push(checksum);
  }
}

/**
 * The bytes of a file, or of a pipe, that is read once.
 *
 * @throws Failure where the file was written to meanwhile: its pieces may be of two versions
 */
export async function* readOnce(path: string, name: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path);
  try {
    const before = await file.stat();
    const buffer = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES);
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await file.stat();
    const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
    if (before.isFile() && !isSame) throw changed(name, "; read a copy that stays as it is");
  } finally {
    await file.close();
  }
}

function changed(name: string, more: string): Failure {
  return new Failure(`${name}: changed while it was read${more}`);
}

/** Reads until the buffer is full, or the file is at its end. The number of bytes. */
async function fill(file: FileHandle, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** CRC-32, which takes 3 % of the time of reading numbers (measured); Node before 20.15 does not have it. */
const checksum: (bytes: Uint8Array) => number =
  zlib.crc32 ?? ((bytes) => createHash("sha1").update(bytes).digest().readUInt32LE());
