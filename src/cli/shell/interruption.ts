import { Failure, INTERRUPTED } from "./failure.js";
import { clearLine, say } from "./terminal.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Signals that ask the process to end, such as Ctrl-C's. The process ends at once, except during training, which is asked to
 * stop where it is; a second signal ends the process then, too.
 */
export class Interruption {
  #patience: string | null = null;
  #leave = () => "interrupted; nothing is written";
  #requested = false;
  readonly #onSignal = () => {
    clearLine(); // of the ^C that a terminal shows
    if (this.#patience === null || this.#requested) {
      say(this.#lastWords());
      process.exit(INTERRUPTED);
    }
    this.#requested = true;
    say(this.#patience);
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  #lastWords(): string {
    try {
      return this.#leave();
    } catch (error) {
      if (error instanceof Failure) return error.message;
      throw error;
    }
  }

  /** From now on a signal that ends the process calls act first, and prints what it returns. */
  leaveBy(act: () => string): void {
    this.#leave = act;
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
