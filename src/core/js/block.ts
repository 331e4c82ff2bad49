import { released } from "../../errors.js";
import type { Block } from "../core.js";

/** A block of the JavaScript core: an array of its own, released by the garbage collector once nothing shows it. */
export class JsBlock<View extends Float32Array | Float64Array> implements Block<View> {
  #view: View | null;
  readonly length: number;

  constructor(view: View) {
    this.#view = view;
    this.length = view.length;
  }

  get view(): View {
    if (this.#view === null) throw released();
    return this.#view;
  }

  expose(): View {
    return this.view;
  }

  free(): void {
    this.#view = null;
  }
}
