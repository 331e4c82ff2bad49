import { now } from "../clock.js";

/** How long to work without looking at the clock, which costs more than a small epoch. */
const GLANCE_MS = 0.5;

/** When a run has let the event loop have its turn, the last time that one did. */
let lastTurn = Number.NEGATIVE_INFINITY;

/**
 * Lets the event loop run now and then, also across runs: each of many short ones that are awaited one after another would
 * be over before its first turn is due.
 */
export class Breath {
  readonly #every: number;
  #glance = now();
  /** Epochs from one look at the clock to the next, and those left until then. */
  #stride = 1;
  #left = 1;

  /** @param every milliseconds */
  constructor(every: number) {
    this.#every = every;
  }

  /** To be asked after every epoch. */
  isDue(): boolean {
    if (--this.#left > 0) return false;
    const time = now();
    const passed = time - this.#glance;
    if (passed < GLANCE_MS) this.#stride *= 2;
    else if (passed > 4 * GLANCE_MS) this.#stride = Math.max(1, this.#stride >> 1);
    this.#glance = time;
    this.#left = this.#stride;
    return time - lastTurn >= this.#every;
  }

  /** Resolves once the event loop has been round. */
  async take(): Promise<void> {
    await eventLoop();
    lastTurn = this.#glance = now();
  }
}

/**
 * By a message, which comes at once, where timers wait a millisecond or four; by a channel of its own each time, since Node
 * handles up to a thousand messages of one port before it looks at timers. Engines without channels, such as that of jsdom,
 * have timers; one without timers has nothing else to turn to.
 */
function eventLoop(): Promise<void> {
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
