import { clearLine, isTerminal, progressStream } from "./terminal.js";

/** Milliseconds. */
const REDRAW = 100;
/** Nothing is said of what is read faster. */
const QUIET = 500;

/** On a terminal, a line that says how much of a file has been read; it is gone afterwards. */
export class ReadingProgress {
  readonly #what: string;
  readonly #whole: number;
  #read = 0;
  #next = performance.now() + QUIET;
  #drawn = false;

  /** @param whole bytes of the file; 0 where that is not known */
  constructor(what: string, whole: number) {
    this.#what = what;
    this.#whole = whole;
  }

  add(bytes: number): void {
    this.#read += bytes;
    if (!isTerminal || performance.now() < this.#next) return;
    const read = `${Math.floor(this.#read / 1e6)} MB`;
    const share = this.#whole > 0 ? `${Math.floor((100 * this.#read) / this.#whole)}%` : read;
    const line = `${share.padStart(4)}  ${this.#what}`;
    progressStream.write(`\r${line.slice(0, (progressStream.columns as number) - 1)}\x1b[K`);
    this.#drawn = true;
    this.#next = performance.now() + REDRAW;
  }

  end(): void {
    if (this.#drawn) clearLine();
  }
}
