/** Names of files that are being written, and the removal of those that are never finished. */
import { createHash, randomBytes } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/** Every file system in use allows names of so many bytes; eCryptfs allows no more. */
const ALLOWED_BYTES = 143;
/** The bytes behind the beginning of a name: a digest, a process id, a random number, dots and dashes. */
const SUFFIX_BYTES = 8 + 10 + 8 + ".--.tmp".length;

const TEMPORARY = /\.[0-9a-f]{8}-(\d{1,10})-[0-9a-f]{8}\.tmp$/;

/**
 * A path beside a file, such as model.safetensors.5f0c7a31-4711-9b1e44d0.tmp. Its name is no longer than a file's may be, and tells
 * the file, the machine (both in the digest) and the process that writes it.
 */
export function temporaryPath(whole: string): string {
  const own = `${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  return join(dirname(whole), beginningOf(basename(whole)) + own);
}

/** The beginning that all temporary names for a file have in common, and those for other files have not. */
function beginningOf(name: string): string {
  const digest = createHash("sha256").update(`${hostname()}/${name}`).digest("hex").slice(0, 8);
  let room = Math.max(ALLOWED_BYTES, Buffer.byteLength(name)) - SUFFIX_BYTES;
  let start = "";
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    start += character;
  }
  return `${start}.${digest}-`;
}

/** Temporary files by folder, as they were when this process first wrote there: a folder may have many others. */
const found = new Map<string, Promise<string[]>>();

/** Removes temporary files that killed processes have left when they wrote to the same file. */
export async function clearLeftovers(whole: string): Promise<void> {
  const folder = dirname(whole);
  if (!found.has(folder)) found.set(folder, temporaryFilesIn(folder));
  const beginning = beginningOf(basename(whole));
  for (const name of (await found.get(folder)) as string[]) {
    const path = join(folder, name);
    if (name.startsWith(beginning) && isLeftOver(path)) remove(path);
  }
}

async function temporaryFilesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => TEMPORARY.test(name));
  } catch {
    return []; // a folder may allow writing and no reading
  }
}

/** Times of files may be rounded down by so much. */
const ROUNDING_MS = 2000;

/** Whether the process that wrote a file is gone. If it had this process's id, the file is older than this process. */
function isLeftOver(path: string): boolean {
  const pid = Number(TEMPORARY.exec(path)?.[1]);
  try {
    if (pid === process.pid)
      return statSync(path).mtimeMs < Date.now() - 1000 * process.uptime() - ROUNDING_MS;
    process.kill(pid, 0); // sends no signal; throws where there is no such process
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A file that cannot be removed is no reason not to write the other one.
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Temporary files of this process. */
const unfinished = new Set<string>();

function removeUnfinished(): void {
  for (const path of unfinished) remove(path);
  unfinished.clear();
}

/**
 * A signal that nobody else listens to ends the process, as it would have without this listener. Other listeners decide for
 * themselves, some by counting listeners; this one runs first, and has removed itself by then.
 */
function onSignal(signal: NodeJS.Signals): void {
  ignoreSignals();
  if (process.listenerCount(signal) > 0) return;
  removeUnfinished();
  process.kill(process.pid, signal);
}

function ignoreSignals(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** From now on the file is removed when the process ends. */
export function begin(path: string): void {
  if (unfinished.size === 0) {
    process.on("exit", removeUnfinished);
    for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  }
  unfinished.add(path);
}

/** The file is no longer temporary, or no longer there. */
export function end(path: string): void {
  if (!unfinished.delete(path) || unfinished.size > 0) return;
  process.off("exit", removeUnfinished);
  ignoreSignals();
}

/** Removes a file that is not wanted any more. */
export function discard(path: string): void {
  remove(path);
  end(path);
}
