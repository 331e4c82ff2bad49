import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, sep } from "node:path";

/** Linux follows as many links, and takes more of them for a circle. */
const MOST_LINKS = 40;

/**
 * The file that an operating system would make or replace when it writes to a path: links are followed to the end, where no
 * file need be yet.
 *
 * @throws the file system's errors, whose path is that of the folder or the link that is wrong
 */
export function destinationOf(path: string): string {
  let place = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const folder = dirname(place);
    if (place.endsWith("/") || place.endsWith(sep)) throw systemError("EISDIR", path);
    const whole = join(real(folder), basename(place));
    if (!lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink()) return whole;
    const target = readlinkSync(whole);
    // Not joined: ".." behind a link to a folder is the parent of what that leads to.
    place = isAbsolute(target) ? target : `${dirname(whole)}${sep}${target}`;
  }
  throw systemError("ELOOP", path);
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw Object.assign(error as Error, { path: folder });
  }
}

/** An error like those of the file system. */
export function systemError(code: "EISDIR" | "ELOOP", path: string): NodeJS.ErrnoException {
  const words = { EISDIR: "illegal operation on a directory", ELOOP: "too many symbolic links encountered" };
  return Object.assign(new Error(`${code}: ${words[code]}, open '${path}'`), { code, syscall: "open", path });
}
