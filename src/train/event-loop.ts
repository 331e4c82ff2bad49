import { now } from "../clock.js";

/** How long to work without looking at the clock, which costs more than a small epoch. */
const CLOCK_CHECK_MS = 0.5;

/** When the event loop last had a turn by any run. */
let lastTurn = Number.NEGATIVE_INFINITY;

/**
 * Gives the event loop a turn now and then. The time since its last turn is measured across runs: many short ones that are
 * awaited one after another would each be over before a turn of their own were due.
 */
export class EventLoopYielder {
  readonly #every: number;
  #lastCheck = now();
  /** Epochs from one look at the clock to the next, and those left until then. */
  #stride = 1;
  #left = 1;

  /** @param every milliseconds */
  constructor(every: number) {
    this.#every = every;
  }

  /** Whether the event loop should have a turn; to be called after every epoch. */
  isDue(): boolean {
    if (--this.#left > 0) return false;
    const time = now();
    const passed = time - this.#lastCheck;
    if (passed < CLOCK_CHECK_MS) this.#stride *= 2;
    else if (passed > 4 * CLOCK_CHECK_MS) this.#stride = Math.max(1, this.#stride >> 1);
    this.#lastCheck = time;
    this.#left = this.#stride;
    return time - lastTurn >= this.#every;
  }

  /** Resolves after a turn of the event loop. */
  async yieldToEventLoop(): Promise<void> {
    await turnOfEventLoop();
    lastTurn = this.#lastCheck = now();
  }
}

/**
 * Resolves when a message has come round the event loop, which takes no time, where a timer waits one to four milliseconds.
 * Each message has a channel of its own, since Node handles up to a thousand messages of one port before it looks at timers.
 * Without channels, as in jsdom, a timer is waited for; without timers nothing can be.
 */
function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === "function") {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } else if (typeof setTimeout === "function") setTimeout(resolve);
    else resolve();
  });
}
