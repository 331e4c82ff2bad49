import { element } from "./element.js";

/** Between the position of a slider and the value that it stands for. */
export interface Scale {
  value(position: number): number;
  position(value: number): number;
}

export const LINEAR_SCALE: Scale = { value: (position) => position, position: (value) => value };

/** Positions are exponents of ten; values have two digits, as far as people can tell them apart on a slider. */
export const LOGARITHMIC: Scale = {
  value: (position) => Number((10 ** position).toPrecision(2)),
  position: Math.log10,
};

/** A range input of index.html and the output beside it, whose id ends in -text. */
export class Slider {
  readonly #input: HTMLInputElement;
  readonly #output: HTMLOutputElement;
  readonly #scale: Scale;
  readonly #text: (value: number) => string;
  #value = Number.NaN;

  /** @param change is called when the person has moved it */
  constructor(id: string, scale: Scale, text: (value: number) => string, change: () => void) {
    this.#input = element(id, HTMLInputElement);
    this.#output = element(`${id}-text`, HTMLOutputElement);
    this.#scale = scale;
    this.#text = text;
    this.value = scale.value(Number(this.#input.value));
    this.#input.addEventListener("input", () => {
      this.value = scale.value(Number(this.#input.value));
      change();
    });
  }

  get value(): number {
    return this.#value;
  }

  /** Kept within the slider's ends, and else exactly as it is given. */
  set value(value: number) {
    const [low, high] = [this.#input.min, this.#input.max].map((end) => this.#scale.value(Number(end)));
    this.#value = Math.min(Math.max(value, low as number), high as number);
    this.#input.value = String(this.#scale.position(this.#value));
    const text = this.#text(this.#value);
    this.#output.value = text;
    this.#input.setAttribute("aria-valuetext", text);
  }

  set max(max: number) {
    this.#input.max = String(this.#scale.position(max));
  }

  set disabled(disabled: boolean) {
    this.#input.disabled = disabled;
  }
}
