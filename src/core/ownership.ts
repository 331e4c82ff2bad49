import { copyValues, snapshot, type Values } from "../values.js";
import type { Block, Core, Totals } from "./core.js";

/**
 * Who frees core memory. An owner frees its blocks by release (from its dispose()); as a net, a block whose owner has
 * become unreachable is freed when the garbage collector notices. Never rely on the net: it does nothing during a
 * synchronous loop.
 */
const net = new FinalizationRegistry<{ core: Core; block: Block | Totals }>(({ core, block }) =>
  core.free(block),
);

/** Makes owner the owner of block. The block must not lead back to its owner, or the net would never catch. */
export function own<B extends Block | Totals>(owner: object, core: Core, block: B): B {
  net.register(owner, { core, block }, block);
  return block;
}

export function release(core: Core, block: Block | Totals): void {
  net.unregister(block);
  core.free(block);
}

/** Several blocks, or none of them where memory does not hold all. */
export function allOrNone<B extends Block | Totals>(core: Core, makes: readonly (() => B)[]): B[] {
  const made: B[] = [];
  try {
    for (const make of makes) made.push(make());
    return made;
  } catch (error) {
    for (const block of made) core.free(block);
    throw error;
  }
}

/** A block for what an owner computes with: it grows to the largest length asked for and is kept from then on. */
export class GrowingBlock {
  #block: Block | null = null;
  readonly #owner: object;
  readonly #core: Core;

  constructor(owner: object, core: Core) {
    this.#owner = owner;
    this.#core = core;
  }

  /** Whether atLeast would leave the memory as it is. */
  fits(length: number): boolean {
    return this.#block !== null && this.#block.length >= length;
  }

  /** At least length elements; what an earlier, shorter block held is lost. */
  atLeast(length: number): Block {
    if (this.fits(length)) return this.#block as Block;
    const larger = own(this.#owner, this.#core, this.#core.allocate(Math.max(1, length)));
    this.release();
    this.#block = larger;
    return larger;
  }

  /** As atLeast, with a copy of values, so many; a view of memory that grows for it included. */
  holding(values: Values, size: number): Block {
    const given = this.fits(size) ? values : snapshot(values, size);
    const block = this.atLeast(size);
    copyValues(given, block.view);
    return block;
  }

  release(): void {
    if (this.#block !== null) release(this.#core, this.#block);
    this.#block = null;
  }
}
