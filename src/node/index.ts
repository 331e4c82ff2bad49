/** rprop/node: what needs a file system. It works with the models of `rprop`. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Decoded, decode, encode, FormatError, type Saved } from "../index.js";
import { writeAtomically } from "./atomic-file.js";

/** The part of a URL that is needed here: its own type is declared only by TypeScript's lib "dom" and Node's types. */
export interface UrlLike {
  readonly href: string;
  readonly protocol: string;
}

/**
 * Writes what {@link encode} makes to a file. Atomically: whoever reads the path, now or after a crash, finds the old file
 * or the new one, whole. A link stays one, also to a file that is not there yet. A process that ends meanwhile leaves nothing
 * behind; what a killed process leaves is removed by the next save of the same file.
 *
 * @throws TypeError or RangeError as encode, before anything is written; the file system's errors, which leave what was there
 */
export async function save(path: string | UrlLike, saved: Saved): Promise<void> {
  await writeAtomically(typeof path === "string" ? path : fileURLToPath(path as URL), encode(saved));
}

/**
 * Reads what {@link save} has written: as {@link decode}.
 *
 * @throws FormatError as decode, with the path in front; the file system's errors
 */
export async function load(path: string | UrlLike): Promise<Decoded> {
  try {
    return decode(await readFile(path as string | URL));
  } catch (error) {
    // The file system's other errors name it themselves.
    if (error instanceof FormatError || (error as NodeJS.ErrnoException).code === "EISDIR")
      (error as Error).message = `${path}: ${(error as Error).message}`;
    throw error;
  }
}
