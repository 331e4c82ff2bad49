import "./race.css";
import { element } from "../ui/element.js";
import { LINEAR_SCALE, LOGARITHMIC, Slider } from "../ui/slider.js";
import { Ticker } from "../ui/ticker.js";

/** What has a use of its own for a key when it has the focus. */
const USES_SPACE = "button, input, select";
const USES_ARROWS = "input:not([type=checkbox]), select, .scroll";

/** The controls of a section that shows a race: which of its steps is shown, by hand or as time goes by. */
export class Playback {
  readonly #play: HTMLButtonElement;
  readonly #step: Slider;
  readonly #pace: Slider;
  readonly #verdict: HTMLElement;
  readonly #ticker: Ticker;
  readonly #show: () => void;
  #limit = 0;
  /** Steps that time has brought and that are still to be shown; less than one between frames. */
  #due = 0;

  /**
   * @param section the id of a section, with which the ids of the controls begin
   * @param show is called when another step is to be shown, or the race has been stopped
   */
  constructor(section: string, show: () => void) {
    const place = element(section, HTMLElement);
    const button = (name: string, press: () => void) => {
      const found = element(`${section}-${name}`, HTMLButtonElement);
      found.addEventListener("click", press);
      return found;
    };
    this.#show = show;
    this.#verdict = element(`${section}-verdict`, HTMLElement);
    this.#play = button("play", () => this.#toggle());
    button("next", () => this.#go(this.step + 1));
    button("reset", () => this.#go(0));
    this.#step = new Slider(`${section}-step`, LINEAR_SCALE, String, () => this.#go(this.step));
    this.#pace = new Slider(
      `${section}-pace`,
      LOGARITHMIC,
      (pace) => `${pace} steps a second`,
      () => {},
    );
    this.#ticker = new Ticker(place, (milliseconds) => this.#tick(milliseconds));
    element(`${section}-pictures`, HTMLElement).tabIndex = 0;
    place.addEventListener("keydown", (event) => this.#key(event));
  }

  get step(): number {
    return this.#step.value;
  }

  /** Is not announced by a call of show. */
  set step(step: number) {
    this.#step.value = step;
  }

  get running(): boolean {
    return this.#ticker.running;
  }

  /** Says how things stand: to be read at once, and to be heard when the race has been stopped. */
  say(verdict: string): void {
    this.#verdict.ariaBusy = String(this.running);
    this.#verdict.textContent = verdict;
  }

  /** How many steps the race has; the step shown is one of them. */
  set limit(limit: number) {
    this.#limit = limit;
    this.#step.max = limit;
    this.step = Math.min(this.step, limit);
  }

  /** Shows this step, and pauses there. */
  #go(step: number): void {
    this.#run(false);
    this.step = step;
    this.#show();
  }

  #toggle(): void {
    if (!this.running && this.step === this.#limit) this.step = 0;
    this.#due = 0;
    this.#run(!this.running);
    this.#show();
  }

  #run(running: boolean): void {
    this.#ticker.running = running;
    this.#play.textContent = running ? "Pause" : "Play";
  }

  #tick(milliseconds: number): void {
    this.#due += (milliseconds / 1000) * this.#pace.value;
    const steps = Math.floor(this.#due);
    if (steps === 0) return;
    this.#due -= steps;
    this.step += steps;
    if (this.step === this.#limit) this.#run(false);
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ((event.target as Element).closest(event.key === " " ? USES_SPACE : USES_ARROWS)) return;
    if (event.key === " ") this.#toggle();
    else if (event.key === "ArrowRight") this.#go(this.step + 1);
    else if (event.key === "ArrowLeft") this.#go(this.step - 1);
    else if (event.key === "Home") this.#go(0);
    else return;
    event.preventDefault();
  }
}
