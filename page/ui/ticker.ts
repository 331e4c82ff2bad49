/** Calls tick for every frame while it runs and its place can be seen. */
export class Ticker {
  readonly #tick: (milliseconds: number) => void;
  #running = false;
  #visible = false;
  #frame = 0;
  #last = 0;

  /** @param tick gets the time since the last call, at most 100 ms: what was out of sight did not happen */
  constructor(place: Element, tick: (milliseconds: number) => void) {
    this.#tick = tick;
    new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)?.isIntersecting ?? false;
      this.#schedule();
    }).observe(place);
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
    if (!this.#running || !this.#visible) return;
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

/** Whether the system asks for less motion: then nothing runs before the person starts it. */
export function wantsLessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
