import { releasedError } from "../../errors.js";
import type { Window } from "../contract/core.js";

/** A block of the JavaScript core, or a part of one: an array, released once nothing shows it. */
export class JsBlock<View extends Float32Array | Float64Array> implements Window<View> {
  #whole: View | null;
  #view: View | null;
  readonly length: number;

  constructor(whole: View, offset = 0, length = whole.length) {
    this.#whole = whole;
    this.length = length;
    this.#view = whole;
    if (length !== whole.length) this.moveTo(offset);
  }

  get view(): View {
    if (this.#view === null) throw releasedError();
    return this.#view;
  }

  expose(): View {
    return this.view;
  }

  place(): void {}

  window(offset: number, length: number): Window<View> {
    return new JsBlock(this.view, offset, length);
  }

  moveTo(offset: number): void {
    this.#view = (this.#whole as View).subarray(offset, offset + this.length) as View;
  }

  free(): void {
    this.#whole = this.#view = null;
  }
}
