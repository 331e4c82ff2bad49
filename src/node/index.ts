/** rprop/node: what needs a file system. It works with the models of `rprop`. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Decoded, decode, encode, FormatError, type Saved } from "../index.js";
import { writeAtomically } from "./atomic-file.js";

/** The part of a URL that is needed here: its own type is declared only by TypeScript's lib "dom" and Node's types. */
export interface UrlLike {
  /** The whole URL as a text. */
  readonly href: string;
  /** Such as file: with its colon. */
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
 * @param path a file's path, or its URL
 * @param saved the model; and if wanted, an optimizer of its parameters, and texts by name
 * @throws TypeError or RangeError as encode, before anything is written; the file system's errors, with their code, which leave
 * what was there
 * @example
 * import { Linear } from "rprop";
 * import { load, save } from "rprop/node";
 * await save("linear.safetensors", { model: new Linear(3, 2), metadata: { about: "a first try" } });
 * console.log((await load("linear.safetensors")).metadata.about); // a first try
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
 * @param path a file's path, or its URL
 * @returns a promise of a new model, its optimizer if one was saved, and the texts
 * @throws FormatError as decode, with the path in front; the file system's errors, with their code
 * @example
 * import { Linear } from "rprop";
 * import { load, save } from "rprop/node";
 * await save("model.safetensors", { model: new Linear(3, 2) });
 * const { model } = await load("model.safetensors");
 * console.log(model.forward([[1, 2, 3]]).shape); // [ 1, 2 ]
 */
export async function load(path: string | UrlLike): Promise<Decoded> {
  try {
    return decode(await readFile(path as string | URL));
  } catch (error) {
    throw named("load", String(path), error);
  }
}
