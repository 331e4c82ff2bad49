import { stat } from "node:fs/promises";
import { oneLine } from "../../escapes.js";
import { later } from "../../read-stream.js";
import type { OnProgress } from "../../table/index.js";
import { withOptions } from "../../table/wording.js";
import { Failure, failureOf, fileFailure } from "../shell/failure.js";
import { readingProgress } from "../shell/reading-progress.js";
import { typedOption } from "../shell/typed-option.js";
import { readOnce, UnchangingFile } from "./file-bytes.js";

/** A file with a table, which is read from its beginning every time. "-" is what comes from stdin. */
export class TableFile {
  /** For messages. */
  readonly name: string;
  readonly onProgress: OnProgress;

  private constructor(
    readonly path: string,
    readonly bytes: number,
    /** Its bytes, from the beginning. */
    readonly read: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
  ) {
    this.name = nameOf(path);
    this.onProgress = readingProgress(this.name, bytes);
  }

  /**
   * @param again whether it is to be read more than once: a file has to have the same bytes then, and what comes from stdin or a
   * pipe is kept in memory
   * @throws Failure where there is no such file
   */
  static async open(path: string, again: boolean): Promise<TableFile> {
    const once = path === "-" ? () => process.stdin : () => readOnce(path, nameOf(path));
    const stats = path === "-" ? null : await statsOf(path);
    if (!again) return new TableFile(path, stats?.size ?? 0, once);
    if (stats === null || !(stats.isFile() || stats.isDirectory())) {
      let kept: Promise<Uint8Array[]> | null = null;
      return new TableFile(path, 0, async () => {
        kept ??= keptOf(once());
        return later(await kept);
      });
    }
    const file = new UnchangingFile(path, nameOf(path));
    return new TableFile(path, stats.size, () => file.read());
  }

  /** An error of reading it, as a failure that names it. */
  failureOf(error: unknown): unknown {
    const isSystemError = error instanceof Error && "syscall" in error;
    if (isSystemError) return fileFailure(this.name, error);
    const failure = failureOf(this.name, error);
    if (failure instanceof Failure) failure.message = withOptions(failure.message, typedOption);
    return failure;
  }
}

async function statsOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw fileFailure(path, error);
  }
}

async function keptOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const kept: Uint8Array[] = [];
  for await (const piece of pieces) kept.push(piece.slice());
  return kept;
}

function nameOf(path: string): string {
  return path === "-" ? "stdin" : oneLine(path);
}
