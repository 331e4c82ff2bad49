import "uplot/dist/uPlot.min.css";
import "./chart.css";
import uPlot from "uplot";
import { count, number } from "./number.js";
import { plotOptions } from "./plot-options.js";
import { Summary } from "./summary.js";
import { onThemeChange } from "./theme.js";
import { Thinned } from "./thinned.js";

/**
 * Loss curves of a run under way, over its epochs, on a logarithmic axis: a line for the training rows, a dashed one for the
 * validation rows. Above them the latest losses, or those under the pointer. However long the run is, some thousand points are
 * drawn.
 */
export class LossChart {
  readonly #name: string;
  readonly #plot: uPlot;
  readonly #summary: Summary;
  readonly #numbers: { epoch: HTMLElement; training: HTMLElement; validation: HTMLElement };
  #training = new Thinned();
  #validation = new Thinned();
  #pending = 0;

  /**
   * @param place an empty element, as wide as the chart shall be
   * @param name of what is seen, such as "Loss of the network"
   */
  constructor(place: HTMLElement, name: string, height = 220) {
    this.#name = name;
    place.classList.add("loss-chart");
    this.#numbers = legendIn(place);
    this.#plot = new uPlot(
      plotOptions(height, () => this.#read()),
      [[], [], []],
      place,
    );
    this.#summary = new Summary(this.#plot.root);
    new ResizeObserver(() => this.#plot.setSize({ width: place.clientWidth, height })).observe(place);
    onThemeChange(() => this.#plot.redraw(false));
    this.clear();
  }

  /** Begins a new run. */
  clear(): void {
    this.#training = new Thinned();
    this.#validation = new Thinned();
    this.#changed();
  }

  /** Adds the losses of further epochs, all finite; of validation none or as many. */
  add(training: ArrayLike<number>, validation?: ArrayLike<number>): void {
    for (let i = 0; i < training.length; i++) this.#training.push(training[i] as number);
    for (let i = 0; i < (validation?.length ?? 0); i++) this.#validation.push(validation?.[i] as number);
    this.#changed();
  }

  /** Draws before the next frame is shown. */
  #changed(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#pending = 0;
    const { at, values } = this.#training.curve();
    const validation = this.#validation.length > 0 ? this.#validation.curve().values : at.map(() => null);
    this.#plot.setData([at, values, validation]);
    this.#read();
    this.#summary.say(() => this.#words());
  }

  /** Writes the losses at the pointer, or else the latest. */
  #read(): void {
    const [at, training, validation] = this.#plot.data as [number[], number[], (number | null)[]];
    const under = this.#plot.cursor.idx ?? at.length - 1;
    const show = (place: HTMLElement, value: number | null | undefined, words: (value: number) => string) => {
      (place.parentElement as HTMLElement).hidden = value === null || value === undefined;
      place.textContent = words(value ?? 0);
    };
    show(this.#numbers.epoch, at[under], (epoch) => epoch.toLocaleString("en"));
    show(this.#numbers.training, training[under], number);
    show(this.#numbers.validation, validation[under], number);
  }

  #words(): string {
    const { length } = this.#training;
    const course = (name: string, losses: Thinned) =>
      losses.length === 0 ? "" : `, ${name} loss from ${number(losses.first)} to ${number(losses.last)}`;
    const epochs = length === 0 ? "no epochs yet" : count(length, "epoch");
    const losses = course("training", this.#training) + course("validation", this.#validation);
    return `${this.#name}: ${epochs}${losses}`;
  }
}

/** "epoch 12", "— training 0.5", "-- validation 0.6": the places of the numbers. */
function legendIn(place: HTMLElement): {
  epoch: HTMLElement;
  training: HTMLElement;
  validation: HTMLElement;
} {
  const legend = document.createElement("p");
  legend.className = "legend";
  place.append(legend);
  const entry = (name: string, line: string) => {
    const [whole, value] = [document.createElement("span"), document.createElement("span")];
    if (line !== "") {
      const sample = document.createElement("span");
      sample.className = line;
      whole.append(sample);
    }
    value.className = "number";
    whole.append(`${name} `, value);
    legend.append(whole);
    return value;
  };
  return {
    epoch: entry("epoch", ""),
    training: entry("training", "line"),
    validation: entry("validation", "line dashed"),
  };
}
