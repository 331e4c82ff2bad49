import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";

/**
 * Writes a file atomically: whoever reads the path, now or after a crash, finds the old file or the new one, whole. A link
 * stays one, and permissions stay as they are.
 *
 * @throws the file system's errors, which leave what was there
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const { whole, mode } = await target(path);
  const beside = `${whole}.${randomUUID()}.tmp`; // renaming is atomic within a folder's own file system only
  try {
    const file = await open(beside, "wx");
    try {
      if (mode !== undefined) await file.chmod(mode);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, whole);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** What the path leads to, where it is a link. */
async function target(path: string): Promise<{ whole: string; mode?: number }> {
  try {
    const whole = await realpath(path);
    return { whole, mode: (await stat(whole)).mode };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { whole: path }; // nothing is there yet
  }
}
