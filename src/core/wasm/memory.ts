import { exhausted, released } from "../../errors.js";
import type { Window } from "../core.js";
import { Allocator, align } from "./allocator.js";

const PAGE_BYTES = 65536;
const MAX_PAGES = 65536; // 4 GiB, the end of 32-bit addresses

/** Kernels read, and never write, up to this many bytes past the end of a block: a vector row of a tile. */
const SLACK_BYTES = 128;

type Numbers = Float32Array | Float64Array;
type NumbersType<View> = {
  new (buffer: ArrayBufferLike, address: number, length: number): View;
  BYTES_PER_ELEMENT: number;
};

/** A handle on core memory: its view is made when it is asked for, and again whenever growth has detached the last one. */
export class WasmBlock<View extends Numbers> implements Window<View> {
  #address: number;
  readonly #origin: number;
  #length: number;
  #view: View | null = null;
  #exposed = false;
  readonly #memory: WebAssembly.Memory;
  readonly #Type: NumbersType<View>;

  constructor(memory: WebAssembly.Memory, Type: NumbersType<View>, address: number, length: number) {
    this.#memory = memory;
    this.#Type = Type;
    this.#address = this.#origin = address;
    this.#length = length;
  }

  /** @throws Error once the block is freed: no kernel is ever given memory that may be another's. */
  get address(): number {
    if (this.#length < 0) throw released();
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
    const { view } = this;
    this.#exposed = true;
    return view;
  }

  /** Whether somebody outside may hold a view that still shows this memory. */
  get isShown(): boolean {
    return this.#exposed && this.#view?.length !== 0;
  }

  /** From now on the view throws. */
  end(): void {
    this.#length = -1;
  }

  window(offset: number, length: number): Window<View> {
    const window = new WasmBlock(this.#memory, this.#Type, this.address, length);
    window.moveTo(offset);
    return window;
  }

  moveTo(offset: number): void {
    this.#address = this.#origin + offset * this.#Type.BYTES_PER_ELEMENT;
    this.#view = null;
  }

  #renew(): View {
    if (this.#length < 0) throw released();
    this.#exposed = false;
    this.#view = new this.#Type(this.#memory.buffer, this.#address, this.#length);
    return this.#view;
  }
}

/**
 * The memory of a wasm core. Freed blocks are used again, with one exception: a block that somebody outside may still
 * see is retired until the memory has no room left. Then every view is detached, as growth would do anyway, and the
 * retired blocks are free. So no view ever shows the numbers of another block.
 */
export class CoreMemory {
  readonly memory: WebAssembly.Memory;
  readonly #allocator = new Allocator();
  readonly #maxPages: number;
  #retired: { address: number; bytes: number }[] = [];

  constructor(maxPages = MAX_PAGES) {
    this.#maxPages = maxPages;
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: maxPages });
  }

  /** A zeroed block. @throws RangeError when memory is exhausted. */
  allocate<View extends Numbers>(Type: NumbersType<View>, length: number): WasmBlock<View> {
    if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`no block has ${length} elements`);
    const bytes = length * Type.BYTES_PER_ELEMENT;
    const address = this.#place(bytes) ?? this.#placeAfterDetaching(bytes) ?? this.#placeAfterGrowing(bytes);
    if (address === null) throw exhausted(bytes);
    const block = new WasmBlock(this.memory, Type, address, length);
    block.view.fill(0);
    return block;
  }

  free<View extends Numbers>(block: WasmBlock<View>): void {
    const { address, bytes, isShown } = block;
    block.end();
    if (isShown) this.#retired.push({ address, bytes });
    else this.#allocator.free(address, bytes);
  }

  /** The address from which on nothing is in use; for tests. */
  get top(): number {
    return this.#allocator.top;
  }

  #place(bytes: number): number | null {
    return this.#allocator.allocate(bytes, this.memory.buffer.byteLength - SLACK_BYTES);
  }

  #placeAfterDetaching(bytes: number): number | null {
    if (this.#retired.length === 0) return null;
    this.memory.grow(0); // detaches every view
    for (const range of this.#retired) this.#allocator.free(range.address, range.bytes);
    this.#retired = [];
    return this.#place(bytes);
  }

  /** By a quarter or 4 MiB, whichever is less, if not by more, so that many small blocks do not detach views many times. */
  #placeAfterGrowing(bytes: number): number | null {
    const pages = this.memory.buffer.byteLength / PAGE_BYTES;
    const end = this.#allocator.top + align(bytes) + SLACK_BYTES;
    const needed = Math.ceil(end / PAGE_BYTES) - pages;
    for (const more of [Math.max(needed, Math.min(pages >> 2, 64)), needed]) {
      if (pages + more > this.#maxPages) continue;
      try {
        this.memory.grow(more);
        return this.#place(bytes);
      } catch {
        // The engine has no more to give: try less, then say so.
      }
    }
    return null;
  }
}
