import type { OnProgress, Phase } from "../../table/index.js";
import { clearLine, isTerminal, progressStream } from "./terminal.js";

/** Milliseconds. */
const REDRAW = 100;
/** Nothing is said of what is read faster. */
const QUIET = 500;

const WHAT: Readonly<Record<Phase, string>> = {
  describing: "looking at",
  reading: "reading",
  training: "training on",
  measuring: "measuring on",
};

/**
 * On a terminal, a line that says how much of a file has been read; it is gone afterwards.
 *
 * @param whole bytes of the file; 0 where that is not known
 */
export function readingProgress(name: string, whole: number): OnProgress {
  let next: number | null = null;
  let isDrawn = false;
  return ({ phase, bytes, done }) => {
    if (done) {
      if (isDrawn) clearLine();
      next = null;
      isDrawn = false;
      return;
    }
    const now = performance.now();
    next ??= now + QUIET;
    if (!isTerminal || now < next) return;
    const read = `${Math.floor(bytes / 1e6)} MB`;
    const share = whole > 0 ? `${Math.floor((100 * bytes) / whole)}%` : read;
    const line = `${share.padStart(4)}  ${WHAT[phase]} ${name}`;
    progressStream.write(`\r${line.slice(0, (progressStream.columns as number) - 1)}\x1b[K`);
    isDrawn = true;
    next = now + REDRAW;
  };
}
