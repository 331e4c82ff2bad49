import { element } from "../ui/element.js";
import { number, percent } from "../ui/number.js";
import type { Snapshot } from "./messages.js";

/** The table of how far the network is. */
export class NetworkNumbers {
  readonly #epochs = cell("epochs");
  readonly #rate = cell("rate");
  readonly #accuracy = cell("accuracy");
  readonly #validation = cell("validation");
  readonly #fingerprint = cell("fingerprint");

  show({ completed, epochsPerSecond, accuracy, validationAccuracy, fingerprint }: Snapshot): void {
    this.#epochs.textContent = completed.toLocaleString("en");
    this.#rate.textContent = epochsPerSecond === null ? NONE : number(epochsPerSecond, 3);
    this.#accuracy.textContent = percent(accuracy);
    this.#validation.textContent = validationAccuracy === null ? NONE : percent(validationAccuracy);
    this.#fingerprint.textContent = fingerprint ?? NONE;
  }

  clear(): void {
    this.#epochs.textContent = "0";
    for (const place of [this.#rate, this.#accuracy, this.#validation, this.#fingerprint])
      place.textContent = NONE;
  }
}

const cell = (name: string) => element(`network-${name}`, HTMLTableCellElement);
const NONE = "–";
