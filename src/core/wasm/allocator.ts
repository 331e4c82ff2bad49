import { FIRST_ADDRESS } from "../../../assembly/constants.js";

/** Blocks start at multiples of this: a SIMD vector, and the widest alignment that a kernel could use. */
export const ALIGNMENT = 16;

interface Range {
  address: number;
  bytes: number;
}

/**
 * Where blocks lie between FIRST_ADDRESS and limit: first fit over the free ranges, which are sorted by address and
 * never touch each other or the untouched space from top on. It knows addresses only; the memory is its caller's.
 */
export class Allocator {
  #free: Range[] = [];
  #top = FIRST_ADDRESS;

  /** The end of the highest range in use. */
  get top(): number {
    return this.#top;
  }

  /** The address of a free range of this many bytes, or null where none lies below limit. */
  allocate(bytes: number, limit: number): number | null {
    const size = align(bytes);
    const free = this.#free;
    for (let i = 0; i < free.length; i++) {
      const range = free[i] as Range;
      if (range.bytes < size) continue;
      const { address } = range;
      range.address += size;
      range.bytes -= size;
      if (range.bytes === 0) free.splice(i, 1);
      return address;
    }
    if (this.#top + size > limit) return null;
    const address = this.#top;
    this.#top += size;
    return address;
  }

  /** Gives back what allocate returned for this many bytes. */
  free(address: number, bytes: number): void {
    const free = this.#free;
    const size = align(bytes);
    let i = free.length;
    while (i > 0 && (free[i - 1] as Range).address > address) i--;
    free.splice(i, 0, { address, bytes: size });
    this.#join(i);
    this.#join(i - 1);
    const last = free[free.length - 1] as Range;
    if (last.address + last.bytes === this.#top) {
      this.#top = last.address;
      free.pop();
    }
  }

  /** Joins range i with the one after it where they touch. */
  #join(i: number): void {
    const here = this.#free[i];
    const next = this.#free[i + 1];
    if (here === undefined || next === undefined || here.address + here.bytes !== next.address) return;
    here.bytes += next.bytes;
    this.#free.splice(i + 1, 1);
  }
}

/** At least one unit, so that no two blocks share an address. */
export function align(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
}
