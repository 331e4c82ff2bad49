import { open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { oneLine } from "../../escapes.js";
import { type Content, checkWritable, StagedFiles } from "../../node/atomic-file.js";
import { destinationOf } from "../../node/destination.js";
import { Failure, fileFailure, UsageError } from "./failure.js";

/** What each file that the command writes has in its first bytes, by the option that names it. */
const MARKS = {
  out: '{"__metadata__":{"rprop.table":',
  report: '<meta name="generator" content="rprop">',
  onnx: "\x12\x05rprop",
  js: "// Made by rprop, ",
  c: "\n   Made by rprop, ",
};
export type OutputFile = keyof typeof MARKS;
const MARKED_BYTES = 4096;

/** @throws UsageError where two options name one file, of which the second would replace the first, and for stdout */
export function checkDifferent(given: Readonly<Record<string, string | undefined>>): void {
  const options = new Map<string, string>();
  for (const [name, path] of Object.entries(given)) {
    if (path === undefined) continue;
    if (path === "-") throw new UsageError(`--${name}: a file is needed, not stdout`);
    const place = placeOf(path);
    const other = options.get(place);
    if (other !== undefined) throw new UsageError(`--${name}: ${oneLine(path)} is the file of --${other}`);
    options.set(place, name);
  }
}

/** The file that a path leads to. A path that is wrong is left to checkOutput. */
function placeOf(path: string): string {
  try {
    return destinationOf(path);
  } catch {
    return resolve(path);
  }
}

/**
 * To be asked before long work: what an earlier run has written for the same option is replaced, any other file stays.
 *
 * @throws Failure where a file cannot be written, or is another
 */
export async function checkOutput(path: string, option: OutputFile): Promise<void> {
  await checkReplaceable(path, option);
  try {
    checkWritable(path);
  } catch (error) {
    const { path: at = "", code = "", syscall } = error as NodeJS.ErrnoException;
    if (["EISDIR", "ELOOP", "ENAMETOOLONG"].includes(code)) throw fileFailure(path, error);
    throw fileFailure(`${path} cannot be written into ${syscall === "open" ? dirname(at) : at}`, error);
  }
}

/** Whether nothing is there, or what the option may replace. */
async function checkReplaceable(path: string, option: OutputFile): Promise<void> {
  const name = oneLine(path);
  try {
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isDirectory())
      throw new Failure(`${name}: not a file, but a device or pipe`);
    const file = await open(path, "r+");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MARKED_BYTES), 0, MARKED_BYTES, 0);
      if (bytesRead === 0 || buffer.includes(MARKS[option])) return;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error instanceof Failure ? error : fileFailure(path, error);
  }
  throw new Failure(
    `${name}: is there already, and was not written by rprop --${option}: remove it, or name another file`,
  );
}

/** Files that are whole, and wait until publish moves them to their places. @throws Failure, which leaves nothing behind */
export async function staged(contents: readonly Content[]): Promise<StagedFiles> {
  try {
    return await StagedFiles.of(contents);
  } catch (error) {
    throw failureOf(error);
  }
}

/** Moves files to their places. @throws Failure where that is refused */
export function publish(files: StagedFiles): void {
  try {
    files.publish();
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): Failure {
  return fileFailure((error as { dest?: string }).dest ?? "", error);
}
