import { INTERRUPTED } from "./failure.js";
import { clearLine, say } from "./terminal.js";

/** Ctrl-C: it ends the process, but for training, which it asks to end where it is; the second one ends the process then. */
export class Interruption {
  #patience: string | null = null;
  #requested = false;
  readonly #onSignal = () => {
    if (this.#patience === null || this.#requested) {
      clearLine();
      process.exit(INTERRUPTED);
    }
    this.#requested = true;
    say(this.#patience);
  };

  constructor() {
    process.on("SIGINT", this.#onSignal);
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
    process.off("SIGINT", this.#onSignal);
  }
}
