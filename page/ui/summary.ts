const PAUSE_MS = 1000;

/** What a picture shows, in words for people who do not see it: as it changes, but no faster than it can be listened to. */
export class Summary {
  readonly #picture: Element;
  #words: () => string = () => "";
  #last = Number.NEGATIVE_INFINITY;
  #waiting = 0;

  constructor(picture: Element) {
    picture.setAttribute("role", "img");
    this.#picture = picture;
  }

  /** @param words are asked for when it is time for them */
  say(words: () => string): void {
    this.#words = words;
    if (this.#waiting !== 0) return;
    const wait = this.#last + PAUSE_MS - performance.now();
    if (wait <= 0) this.#now();
    else this.#waiting = window.setTimeout(() => this.#now(), wait);
  }

  #now(): void {
    this.#waiting = 0;
    this.#last = performance.now();
    this.#picture.setAttribute("aria-label", this.#words());
  }
}
