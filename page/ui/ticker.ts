import { whenSeen } from "./seen.js";

/** Calls tick for every frame while it runs and its place is seen. */
export class Ticker {
  readonly #tick: (milliseconds: number) => void;
  #running = false;
  #seen = false;
  #frame = 0;
  #last = 0;

  /** @param tick gets the time since the last call, at most 100 ms: what was out of sight did not happen */
  constructor(place: Element, tick: (milliseconds: number) => void) {
    this.#tick = tick;
    whenSeen(place, (seen) => {
      this.#seen = seen;
      this.#schedule();
    });
  }

  get running(): boolean {
    return this.#running;
  }

  set running(running: boolean) {
    this.#running = running;
    this.#schedule();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    if (!this.#running || !this.#seen) return;
    this.#last = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    const passed = Math.min(Math.max(now - this.#last, 0), 100);
    this.#last = now;
    this.#frame = requestAnimationFrame((next) => this.#step(next));
    this.#tick(passed);
  }
}
