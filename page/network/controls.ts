import type { RpropVariant } from "rprop";
import { element } from "../ui/element.js";
import { ACTIVATIONS, type Architecture, type Steering } from "./messages.js";
import type { Shape } from "./points.js";

/** What the person has chosen, and the controls in which it is chosen. */
export class Controls {
  readonly #shape = select("shape");
  readonly #count = slider("count", String);
  readonly #noise = slider("noise", (noise) => noise.toFixed(2));
  readonly #held = slider("held", (percent) => `${percent} %`);
  readonly #seed = input("seed");
  readonly #layers = slider("layers", String);
  readonly #width = slider("width", String);
  readonly #activation = select("activation");
  readonly #lr = input("lr");
  readonly #variant = select("variant");
  readonly #etas = [input("eta-minus"), input("eta-plus")] as const;
  readonly #stepSizes = [input("smallest"), input("largest")] as const;
  readonly #decay = input("decay");
  readonly #target = input("target");
  readonly #pace = select("pace");

  constructor() {
    this.#activation.append(...ACTIVATIONS.map((name) => new Option(name)));
    const enable = () => {
      this.#count.disabled = this.#noise.disabled = this.shape === null;
    };
    this.#shape.addEventListener("input", enable);
    enable();
  }

  /** Calls when something was changed with which a run begins. */
  onBeginning(call: () => void): void {
    const live = [
      this.#shape,
      this.#count,
      this.#noise,
      this.#held,
      this.#layers,
      this.#width,
      this.#activation,
    ];
    for (const control of live) control.addEventListener("input", call);
    for (const control of [this.#seed, this.#lr]) control.addEventListener("change", call);
  }

  /** Calls when options were changed that can change while it trains. */
  onSteering(call: () => void): void {
    this.#variant.addEventListener("input", call);
    for (const control of [...this.#etas, ...this.#stepSizes, this.#decay, this.#target]) {
      control.addEventListener("change", call);
    }
  }

  /** null for points of the person's own, to which number and noise mean nothing. */
  get shape(): Shape | null {
    return this.#shape.value === "own" ? null : (this.#shape.value as Shape);
  }

  onPace(call: () => void): void {
    this.#pace.addEventListener("input", call);
  }

  /** The most epochs in a second; null for as many as there can be. */
  get pace(): number | null {
    return this.#pace.value === "" ? null : Number(this.#pace.value);
  }

  get count(): number {
    return this.#count.valueAsNumber;
  }

  get noise(): number {
    return this.#noise.valueAsNumber;
  }

  /** Of the points, which is held out. */
  get share(): number {
    return this.#held.valueAsNumber / 100;
  }

  get seed(): number {
    return this.#seed.valueAsNumber;
  }

  get lr(): number {
    return this.#lr.valueAsNumber;
  }

  get architecture(): Architecture {
    return {
      hiddenLayers: this.#layers.valueAsNumber,
      width: this.#width.valueAsNumber,
      activation: this.#activation.value as Architecture["activation"],
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

/** A slider, with its value in words beside it. */
function slider(name: string, words: (value: number) => string): HTMLInputElement {
  const control = input(name);
  const value = element(`network-${name}-value`, HTMLElement);
  const write = () => {
    value.textContent = words(control.valueAsNumber);
  };
  control.addEventListener("input", write);
  write();
  return control;
}
