import { constants } from "node:fs";
import { access, open, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure, fileFailure } from "./failure.js";

/** Each kind of file that the command writes has the word rprop in its first bytes. */
const MARK = "rprop";
const MARKED_BYTES = 4096;

/**
 * To be asked before long work: a file of an earlier run is replaced, any other stays.
 *
 * @throws Failure where a file cannot be written, or is not one of this command's
 */
export async function checkReplaceable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw fileFailure(dirname(path), error);
  }
  try {
    const file = await open(path, "r+");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MARKED_BYTES), 0, MARKED_BYTES, 0);
      if (bytesRead === 0 || buffer.subarray(0, bytesRead).includes(MARK)) return;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw fileFailure(path, error);
  }
  throw new Failure(
    `${path}: is there already, and was not written by rprop: remove it, or name another file`,
  );
}

export async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw fileFailure(path, error);
  }
}
