import { exhausted } from "../../errors.js";
import { newFinalizationRegistry } from "../../finalization.js";
import { Allocator, align } from "./allocator.js";
import { type Batch, type NumberArray, type NumbersType, type Range, WasmBlock } from "./block.js";

const PAGE_BYTES = 65536;
const MAX_PAGES = 65536; // 4 GiB, the end of 32-bit addresses

/** Kernels read, and never write, up to this many bytes past the end of a block: a vector row of a tile. */
const SLACK_BYTES = 128;

/** Unplaced blocks are counted in batches of so many bytes: a registered object for each block would need as much memory. */
const BATCH_BYTES = 4096;

/**
 * The memory of a wasm core. Freed blocks are used again, with one exception: a block that somebody outside may still
 * see is retired until the memory has no room left. Then every view is detached, as growth would do anyway, and the
 * retired blocks are free. So no view ever shows the numbers of another block.
 */
export class CoreMemory {
  readonly memory: WebAssembly.Memory;
  readonly #allocator = new Allocator();
  readonly #maxPages: number;
  /** Catches the ranges of blocks that have become unreachable. */
  readonly #net = newFinalizationRegistry<Range>((range) => this.#release(range));
  #retired: Range[] = [];
  /** Bytes of all unplaced blocks. */
  #unplaced = 0;
  readonly #counts = newFinalizationRegistry<Batch["unplaced"]>(({ bytes }) => {
    this.#unplaced -= bytes;
  });
  #batch = this.#newBatch();

  constructor(maxPages = MAX_PAGES) {
    this.#maxPages = maxPages;
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: maxPages });
  }

  /** A block of zeros, in this memory unless placed is false. @throws RangeError when memory is exhausted. */
  allocate<View extends NumberArray>(
    Type: NumbersType<View>,
    length: number,
    placed = true,
  ): WasmBlock<View> {
    if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`no block has ${length} elements`);
    if (this.#batch.unplaced.bytes >= BATCH_BYTES) this.#batch = this.#newBatch();
    const block = new WasmBlock(this, Type, length, this.#batch);
    this.#count(block.batch, align(block.bytes));
    try {
      if (placed) block.place();
      else void block.view; // it is allocated here, where exhausted memory is refused
      return block;
    } catch (error) {
      this.free(block); // which would be counted as unplaced
      throw error;
    }
  }

  #newBatch(): Batch {
    const batch = { unplaced: { bytes: 0 } };
    this.#counts?.register(batch, batch.unplaced);
    return batch;
  }

  /** Counts bytes that are unplaced from now on; less than 0 for bytes that no longer are. */
  #count({ unplaced }: Batch, bytes: number): void {
    unplaced.bytes += bytes;
    this.#unplaced += bytes;
  }

  /** Finds a range for a block. @throws RangeError when memory is exhausted. */
  place<View extends NumberArray>(block: WasmBlock<View>): Range {
    const { bytes } = block;
    const address = this.#place(bytes) ?? this.#placeAfterDetaching(bytes) ?? this.#placeAfterGrowing(bytes);
    if (address === null) throw exhausted(bytes);
    this.#count(block.batch, -align(bytes));
    const range = { address, bytes, exposed: null };
    this.#net?.register(block, range, range);
    return range;
  }

  /**
   * Grows, before a view is exposed, by the bytes of all unplaced blocks: growth for them later would detach the view. So the
   * data of a whole model can be read one after the other, and stay after its first step.
   */
  reserve(): void {
    const end = this.#allocator.top + this.#unplaced + SLACK_BYTES;
    if (this.#unplaced > 0 && end > this.memory.buffer.byteLength) this.#grow(this.#unplaced);
  }

  free<View extends NumberArray>(block: WasmBlock<View>): void {
    const { batch, bytes } = block; // bytes are less than 0 for a block that is freed already
    const range = block.end();
    if (range !== null) {
      this.#net?.unregister(range);
      this.#release(range);
    } else if (bytes >= 0) this.#count(batch, -align(bytes));
  }

  #release(range: Range): void {
    // A view of no elements has been detached, or shows nothing.
    if (range.exposed?.length) this.#retired.push(range);
    else this.#allocator.free(range.address, range.bytes);
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

  #placeAfterGrowing(bytes: number): number | null {
    this.#grow(bytes);
    return this.#place(bytes);
  }

  /**
   * Makes room for so many bytes after all that is in use, if the engine has them. Memory grows by no less than a quarter or
   * 4 MiB, whichever is less, so that many small blocks do not detach views many times.
   */
  #grow(bytes: number): void {
    const pages = this.memory.buffer.byteLength / PAGE_BYTES;
    const end = this.#allocator.top + align(bytes) + SLACK_BYTES;
    const needed = Math.ceil(end / PAGE_BYTES) - pages;
    for (const more of [Math.max(needed, Math.min(pages >> 2, 64)), needed]) {
      if (pages + more > this.#maxPages) continue;
      try {
        this.memory.grow(more);
        return;
      } catch {
        // The engine has no more to give: try less, then leave it.
      }
    }
  }
}
