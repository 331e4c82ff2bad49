import { newArray } from "../../array.js";
import { releasedError } from "../../errors.js";
import type { Window } from "../contract/core.js";

export type NumberArray = Float32Array | Float64Array;
export type NumbersType<View> = {
  new (length: number): View;
  new (buffer: ArrayBufferLike, address: number, length: number): View;
  BYTES_PER_ELEMENT: number;
};

/** Where a placed block lies. It holds no reference to the block, which could otherwise never become unreachable. */
export interface Range {
  readonly address: number;
  readonly bytes: number;
  /** The last view that was exposed, which callers outside the library may still hold. */
  exposed: NumberArray | null;
}

/** What blocks that were made one after another refer to: it becomes unreachable after the last of them. */
export interface Batch {
  readonly unplaced: { bytes: number };
}

/** What a block asks of the memory that it is placed in. */
interface BlockMemory {
  readonly memory: WebAssembly.Memory;
  /** Where the block is from now on. @throws RangeError when memory is exhausted */
  place<View extends NumberArray>(block: WasmBlock<View>): Range;
  /** Grows for all that is unplaced, before a view is exposed. */
  reserve(): void;
}

/**
 * A handle on numbers: in JavaScript memory until the block is placed, in core memory from then on. Its view is made when
 * it is asked for, and again whenever growth has detached the last one.
 */
export class WasmBlock<View extends NumberArray> implements Window<View> {
  /** 0 before the block is placed, and once it is freed. */
  #address = 0;
  #length: number;
  #view: View | null = null;
  #range: Range | null = null;
  /** The block that a window is a part of. */
  readonly #whole: WasmBlock<View> | null;
  readonly batch: Batch;
  readonly #memory: BlockMemory;
  readonly #Type: NumbersType<View>;

  constructor(
    memory: BlockMemory,
    Type: NumbersType<View>,
    length: number,
    batch: Batch,
    whole: WasmBlock<View> | null = null,
  ) {
    this.#memory = memory;
    this.#Type = Type;
    this.#length = length;
    this.batch = batch;
    this.#whole = whole;
  }

  /** @throws Error once the block is freed: no kernel is ever given memory that may be another's. */
  get address(): number {
    if (this.#address === 0) this.place();
    return this.#address;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#length * this.#Type.BYTES_PER_ELEMENT;
  }

  get view(): View {
    const view = this.#view;
    return view !== null && view.length === this.#length ? view : this.#renew();
  }

  expose(): View {
    this.place();
    this.#memory.reserve();
    const { view } = this;
    (this.#range as Range).exposed = view;
    return view;
  }

  place(): void {
    if (this.#length < 0) throw releasedError();
    if (this.#address !== 0) return;
    const numbers = this.#view;
    this.#range = this.#memory.place(this);
    this.#address = this.#range.address;
    this.#view = null;
    if (numbers === null) this.view.fill(0);
    else this.view.set(numbers);
  }

  /** From now on the view throws. @returns where the block was placed, if it was */
  end(): Range | null {
    const range = this.#range;
    this.#length = -1;
    this.#address = 0;
    this.#view = this.#range = null;
    return range;
  }

  window(offset: number, length: number): Window<View> {
    const window = new WasmBlock(this.#memory, this.#Type, length, this.batch, this);
    window.moveTo(offset);
    return window;
  }

  moveTo(offset: number): void {
    this.#address = (this.#whole as WasmBlock<View>).address + offset * this.#Type.BYTES_PER_ELEMENT;
    this.#view = null;
  }

  #renew(): View {
    if (this.#length < 0) throw releasedError();
    this.#view =
      this.#address === 0
        ? newArray(this.#Type, this.#length)
        : new this.#Type(this.#memory.memory.buffer, this.#address, this.#length);
    return this.#view;
  }
}
