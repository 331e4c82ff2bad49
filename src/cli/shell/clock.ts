/** How long the parts of a command took, in milliseconds. */
export class Clock {
  readonly laps: Record<string, number> = {};
  #last = performance.now();

  /** Since the lap before. */
  lap(name: string): void {
    const now = performance.now();
    this.laps[name] = now - this.#last;
    this.#last = now;
  }
}
