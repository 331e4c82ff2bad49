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

/** What to do about an error of the file system, where people can do something. */
const ADVICE: Readonly<Record<string, string>> = {
  "save ENOENT": "there is no such folder: make it first, as by mkdir",
  "save ENOTDIR": "a file is where a folder should be: name another folder",
  "load ENOENT": "there is no such file: save() writes one",
  "load ENOTDIR": "there is no such file: save() writes one",
  "save EISDIR": "a folder, where a file should be: name a file within it",
  "load EISDIR": "a folder, where a file should be: name a file within it",
};

/** An error with the path in front and advice; of the file system's it keeps code, syscall and path, and is caused by it. */
function named(act: "save" | "load", path: string, error: unknown): unknown {
  if (error instanceof FormatError) {
    error.message = `${path}: ${error.message}`;
    return error;
  }
  const { code, errno, syscall, path: at, message } = error as NodeJS.ErrnoException;
  const advice = ADVICE[`${act} ${code}`];
  if (advice === undefined) return error; // others name the path themselves
  const advised = new Error(`${path}: ${advice} (${message})`, { cause: error });
  return Object.assign(advised, { code, errno, syscall, path: at ?? path });
}

function pathOf(path: string | UrlLike): string {
  return typeof path === "string" ? path : fileURLToPath(path as URL);
}

/**
 * Writes what {@link encode} makes to a file. Atomically: whoever reads the path, now or after a crash, finds the old file
 * or the new one, whole. A link stays one, also to a file that is not there yet. A process that ends meanwhile leaves nothing
 * behind; what a killed process leaves is removed by the next save of the same file.
 *
 * @throws TypeError or RangeError as encode, before anything is written; the file system's errors, with their code, which leave
 * what was there
 */
export async function save(path: string | UrlLike, saved: Saved): Promise<void> {
  const [file, content] = [pathOf(path), encode(saved)];
  try {
    await writeAtomically(file, content);
  } catch (error) {
    throw named("save", file, error);
  }
}

/**
 * Reads what {@link save} has written: as {@link decode}.
 *
 * @throws FormatError as decode, with the path in front; the file system's errors, with their code
 */
export async function load(path: string | UrlLike): Promise<Decoded> {
  try {
    return decode(await readFile(path as string | URL));
  } catch (error) {
    throw named("load", String(path), error);
  }
}
