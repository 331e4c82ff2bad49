import { closeSync, fchmod, fsync, openSync, renameSync, statSync, writeFile } from "node:fs";
import { promisify } from "node:util";
import { destinationOf, systemError } from "./destination.js";
import { begin, clearLeftovers, discard, end, temporaryPath } from "./temporary-file.js";

/**
 * Writes a file atomically: whoever reads the path, now or after a crash, finds the old file or the new one, whole. A link
 * stays one, and permissions stay as they are.
 *
 * @throws the file system's errors, which leave what was there
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  (await StagedFiles.of([{ path, content }])).publish();
}

/** @throws the file system's errors where no file could be written */
export function checkWritable(path: string): void {
  const { beside, file } = create(path);
  closeSync(file);
  discard(beside);
}

export interface Content {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Files that are whole and wait beside their places until all are moved there. A process that ends earlier removes them. */
export class StagedFiles {
  #files: readonly Staged[];

  private constructor(files: readonly Staged[]) {
    this.#files = files;
  }

  /** @throws the file system's errors, which leave nothing behind */
  static async of(contents: readonly Content[]): Promise<StagedFiles> {
    const files: Staged[] = [];
    try {
      for (const content of contents) files.push(await stage(content));
    } catch (error) {
      for (const { beside } of files) discard(beside);
      throw naming(error, contents[files.length]?.path as string);
    }
    return new StagedFiles(files);
  }

  /**
   * Moves all files to their places in one turn of the event loop, so that no signal handler or other code of this process runs
   * in between.
   *
   * @throws the file system's errors. All files that were there stay, unless the system first allows one move and then refuses
   * another.
   */
  publish(): void {
    const each = (act: (file: Staged) => void) => {
      for (const file of this.#files)
        try {
          act(file);
        } catch (error) {
          throw naming(error, file.path);
        }
    };
    try {
      each(({ whole, beside }) => {
        statSync(beside); // somebody may have removed the folder
        checkNoFolder(whole);
      });
      each(({ whole, beside }) => {
        renameSync(beside, whole);
        end(beside);
      });
    } finally {
      this.discard();
    }
  }

  /** Removes the files that have not been moved to their places. */
  discard(): void {
    for (const { beside } of this.#files) discard(beside);
    this.#files = [];
  }
}

/** An error of the file system, with the path of the file that was to be written as its dest. */
function naming(error: unknown, path: string): unknown {
  return Object.assign(error as Error, { dest: path });
}

interface Staged {
  readonly path: string;
  /** What the path leads to. */
  readonly whole: string;
  readonly beside: string;
}

/**
 * A new file, and where it belongs. It is made, and later renamed, by synchronous calls: an asynchronous one could still be under
 * way in another thread when the process has already removed its files.
 */
function create(path: string): Staged & { readonly file: number; readonly mode: number | undefined } {
  const whole = destinationOf(path);
  const mode = checkNoFolder(whole);
  const beside = temporaryPath(whole); // in the same folder: renaming is atomic within a file system only
  begin(beside);
  try {
    return { path, whole, beside, mode, file: openSync(beside, "wx") };
  } catch (error) {
    end(beside);
    throw error;
  }
}

/** The mode of a file, if there is one. */
function checkNoFolder(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw systemError("EISDIR", path);
  return stats?.mode;
}

async function stage({ path, content }: Content): Promise<Staged> {
  const { whole, beside, mode, file } = create(path);
  try {
    await clearLeftovers(whole);
    if (mode !== undefined) await promisify(fchmod)(file, mode & 0o7777);
    await promisify(writeFile)(file, content);
    await promisify(fsync)(file);
  } catch (error) {
    discard(beside);
    throw error;
  } finally {
    closeSync(file);
  }
  return { path, whole, beside };
}
