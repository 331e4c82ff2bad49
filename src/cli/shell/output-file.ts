import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { writeAtomically } from "../../node/atomic-file.js";
import { Failure, fileFailure, UsageError } from "./failure.js";

/** What each file that the command writes has in its first bytes, by the option that names it. */
const MARKS = {
  out: '{"__metadata__":{"rprop.table":',
  report: '<meta name="generator" content="rprop">',
  onnx: "\x12\x05rprop",
  js: "// Made by rprop, ",
  c: "\n   Made by rprop, ",
};
export type Output = keyof typeof MARKS;
const MARKED_BYTES = 4096;

/** @throws UsageError where two options name one file, of which the second would replace the first, and for stdout */
export function checkDifferent(given: Readonly<Record<string, string | undefined>>): void {
  const options = new Map<string, string>();
  for (const [name, path] of Object.entries(given)) {
    if (path === undefined) continue;
    if (path === "-") throw new UsageError(`--${name}: a file is needed, not stdout`);
    const other = options.get(resolve(path));
    if (other !== undefined) throw new UsageError(`--${name}: ${path} is the file of --${other}`);
    options.set(resolve(path), name);
  }
}

/**
 * To be asked before long work: what an earlier run has written for the same option is replaced, any other file stays.
 *
 * @throws Failure where a file cannot be written, or is another
 */
export async function checkReplaceable(path: string, option: Output): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw fileFailure(`${path} cannot be written into ${dirname(path)}`, error);
  }
  try {
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isDirectory())
      throw new Failure(`${path}: not a file, but a device or pipe`);
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
    `${path}: is there already, and was not written by rprop --${option}: remove it, or name another file`,
  );
}

export async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeAtomically(path, content);
  } catch (error) {
    throw fileFailure(path, error);
  }
}
