import { constants } from "node:os";
import { Failure } from "./failure.js";
import { clearLine, say } from "./terminal.js";

/** Not SIGHUP: it ends the process as it is, and nohup, which has it ignored, would be overruled by listening to it. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
type Signal = (typeof SIGNALS)[number];

/** What shells say of a process that a signal has ended: 130 for SIGINT, 143 for SIGTERM. */
function exitCodeOf(signal: Signal): number {
  return 128 + constants.signals[signal];
}

/**
 * Signals that ask the process to end, such as Ctrl-C's. The process ends at once, except during training, which is asked to
 * stop where it is; a second signal ends the process then, too.
 */
export class Interruption {
  #patience: string | null = null;
  #leave = () => "interrupted; nothing is written";
  #request: Signal | null = null;
  readonly #onSignal = (signal: Signal) => {
    clearLine(); // of the ^C that a terminal shows
    if (this.#patience === null || this.#request !== null) {
      say(this.#lastWords());
      process.exit(exitCodeOf(signal));
    }
    this.#request = signal;
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

  /** Whether a signal came since it was waited for. */
  get requested(): boolean {
    return this.#request !== null;
  }

  /** The exit code of a process that has stopped as a signal asked for; null without one. */
  get exitCode(): number | null {
    return this.#request === null ? null : exitCodeOf(this.#request);
  }

  /** From here on the first signal is a request, answered with these words. */
  wait(words: string): void {
    this.#patience = words;
  }

  dispose(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}
