import { now } from "../clock.js";

/** How long to work without looking at the clock, which costs more than a small epoch. */
const GLANCE_MS = 0.5;

/** Lets the event loop run now and then. By messages, which come at once: timers wait a millisecond or four. */
export class Breath {
  readonly #every: number;
  #last = now();
  #glance = this.#last;
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
    return time - this.#last >= this.#every;
  }

  /** Resolves once the event loop has been round. */
  async take(): Promise<void> {
    await eventLoop();
    this.#last = this.#glance = now();
  }
}

/**
 * By a channel of its own each time: Node handles up to a thousand messages of one port before it looks at timers. Engines
 * without channels, such as that of jsdom, have timers; one without timers has nothing else to turn to.
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
