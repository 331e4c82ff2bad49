import { INTERRUPTED } from "./failure.js";
import { clearLine, say } from "./terminal.js";

/** Ends a reading of rows that nobody waits for any more. */
export class Interrupted extends Error {}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Ctrl-C, and what asks a process to end: it ends, but for training, which is asked to end where it is; the second one
 * ends the process then.
 */
export class Interruption {
  #patience: string | null = null;
  #farewell = "interrupted; nothing is written";
  #requested = false;
  readonly #onSignal = () => {
    clearLine(); // of the ^C that a terminal shows
    if (this.#patience === null || this.#requested) {
      say(this.#farewell);
      process.exit(INTERRUPTED);
    }
    this.#requested = true;
    say(this.#patience);
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  /** From here on these are the last words of a process that is ended. */
  leaveWith(words: string): void {
    this.#farewell = words;
  }

  /** Whether Ctrl-C came since it was waited for. */
  get requested(): boolean {
    return this.#requested;
  }

  /** From here on the first Ctrl-C is a request, answered with these words. */
  wait(words: string): void {
    this.#patience = words;
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}
