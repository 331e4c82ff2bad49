import { ACTIVATIONS, type RpropVariant } from "rprop";
import { element } from "../ui/element.js";
import { number } from "../ui/number.js";
import { LINEAR_SCALE, Slider } from "../ui/slider.js";
import type { NetworkShape, Steering } from "./messages.js";
import type { Shape } from "./points.js";

/** What is to be done when the person has changed something. */
interface Changes {
  /** With which a run begins. */
  begin(): void;
  /** That can change while it trains. */
  steer(): void;
  pace(): void;
}

/** What the person has chosen, and the controls in which it is chosen. */
export class Controls {
  readonly #shape = select("shape");
  readonly #count: Slider;
  readonly #noise: Slider;
  readonly #share: Slider;
  readonly #seed = input("seed");
  readonly #layers: Slider;
  readonly #width: Slider;
  readonly #activation = select("activation");
  readonly #lr = input("lr");
  readonly #variant = select("variant");
  readonly #etas = [input("eta-minus"), input("eta-plus")] as const;
  readonly #stepSizes = [input("min"), input("max")] as const;
  readonly #decay = input("decay");
  readonly #target = input("target");
  readonly #pace = select("pace");

  constructor({ begin, steer, pace }: Changes) {
    const slider = (name: string, words: (value: number) => string = number) =>
      new Slider(`network-${name}`, LINEAR_SCALE, (value) => words(value), begin);
    this.#count = slider("count");
    this.#noise = slider("noise");
    this.#share = slider("share", (share) => `${share} %`);
    this.#layers = slider("layers");
    this.#width = slider("width");
    this.#activation.append(...Object.keys(ACTIVATIONS).map((name) => new Option(name)));
    const enable = () => {
      this.#count.disabled = this.#noise.disabled = this.shape === null;
    };
    this.#shape.addEventListener("input", enable);
    enable();
    for (const control of [this.#shape, this.#activation]) control.addEventListener("input", begin);
    for (const control of [this.#seed, this.#lr]) control.addEventListener("change", begin);
    this.#variant.addEventListener("input", steer);
    for (const control of [...this.#etas, ...this.#stepSizes, this.#decay, this.#target]) {
      control.addEventListener("change", steer);
    }
    this.#pace.addEventListener("input", pace);
  }

  /** What is wrong with a number that the person wrote, if anything is, in the words of its label. */
  get problem(): string | null {
    const numbers = [this.#seed, this.#lr, ...this.#etas, ...this.#stepSizes, this.#decay, this.#target];
    const wrong = numbers.find((input) => !input.validity.valid);
    return wrong ? `${wrong.labels?.[0]?.firstElementChild?.textContent}: ${wrong.validationMessage}` : null;
  }

  /** null for points of the person's own, to which number and noise mean nothing. */
  get shape(): Shape | null {
    return this.#shape.value === "own" ? null : (this.#shape.value as Shape);
  }

  /** The maximum of epochs a second; null for as many as there can be. */
  get pace(): number | null {
    return this.#pace.value === "" ? null : Number(this.#pace.value);
  }

  get count(): number {
    return this.#count.value;
  }

  get noise(): number {
    return this.#noise.value;
  }

  /** Of the points, which is for validation. */
  get share(): number {
    return this.#share.value / 100;
  }

  get seed(): number {
    return this.#seed.valueAsNumber;
  }

  get lr(): number {
    return this.#lr.valueAsNumber;
  }

  get architecture(): NetworkShape {
    return {
      hiddenLayers: this.#layers.value,
      width: this.#width.value,
      activation: this.#activation.value as NetworkShape["activation"],
      seed: this.seed,
    };
  }

  get steering(): Steering {
    const pair = ([first, second]: readonly [HTMLInputElement, HTMLInputElement]): [number, number] => [
      first.valueAsNumber,
      second.valueAsNumber,
    ];
    return {
      variant: this.#variant.value as RpropVariant,
      etas: pair(this.#etas),
      stepSizes: pair(this.#stepSizes),
      weightDecay: this.#decay.valueAsNumber,
      targetLoss: this.#target.value === "" ? null : this.#target.valueAsNumber,
    };
  }
}

const select = (name: string) => element(`network-${name}`, HTMLSelectElement);
const input = (name: string) => element(`network-${name}`, HTMLInputElement);
