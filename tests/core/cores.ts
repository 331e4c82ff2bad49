import type { Block, Core, Totals } from "../../src/core/contract/core.js";
import { JsCore } from "../../src/core/js/core.js";
import { loadWasmCore } from "../../src/core/wasm/load.js";

export function wasmCore(maxPages?: number): Core {
  const core = loadWasmCore(maxPages);
  if (core === null) throw new Error("these tests need WebAssembly with SIMD");
  return core;
}

export const jsCore: Core = new JsCore();

/** The specification first. */
export const cores: readonly Core[] = [jsCore, wasmCore()];

/** Around what a kernel reads: a NaN, which shows in results that it had a part in. */
const READ_GUARD = 0x7fc5ca1a;

/** Around what a kernel writes: a number. A NaN would survive being computed with, and look untouched. */
const WRITE_GUARD = 0x41c5ca1a;

/** As wide as the widest tile, which is what a careless store could reach. */
const GUARD_LENGTH = 32;

const ALIGNMENT = 16;

interface Guarded {
  block: Block | Totals;
  guard: number;
  /** Elements from here on are guards. */
  length: number;
  /** The words that have to stay as they are. */
  constant: Uint32Array | null;
}

/**
 * Blocks for one call of a kernel, with guards on every side: blocks of guards before and after, the words between
 * the end of a block and the next one, and the tail of a block that is longer than its shape (spare).
 */
export class Room {
  readonly core: Core;
  readonly #guards: { block: Block; guard: number }[] = [];
  readonly #guarded: Guarded[] = [];
  readonly #fillers: (Block | Totals)[] = [];

  constructor(core: Core) {
    this.core = core;
  }

  /** Numbers that the kernel reads and has to leave alone. */
  input(values: ArrayLike<number>, spare = 0): Block {
    const block = this.#make(() => this.core.allocate(values.length + spare), values.length, READ_GUARD);
    block.view.set(values);
    this.#guarded.at(-1)!.constant = words(block).slice(0, values.length);
    return block;
  }

  /** Numbers that the kernel changes. */
  floats(values: ArrayLike<number>, spare = 0): Block {
    const block = this.#make(() => this.core.allocate(values.length + spare), values.length, WRITE_GUARD);
    block.view.set(values);
    return block;
  }

  /** Numbers that the kernel has to write, guards until then. */
  output(length: number, spare = 0): Block {
    const block = this.#make(() => this.core.allocate(length + spare), length, WRITE_GUARD);
    words(block).fill(WRITE_GUARD);
    return block;
  }

  totals(values: ArrayLike<number>, spare = 0): Totals {
    const block = this.#make(
      () => this.core.allocateTotals(values.length + spare),
      values.length,
      WRITE_GUARD,
    );
    block.view.set(values);
    return block;
  }

  /** @throws Error unless every guard and every input is as it was. */
  check(): void {
    for (const { block, guard } of this.#guards) expectGuards(words(block), 0, guard, "a neighbour");
    for (const { block, guard, length, constant } of this.#guarded) {
      const start = (length * block.view.BYTES_PER_ELEMENT) / 4;
      expectGuards(words(block), start, guard, "the tail of its block");
      expectGuards(padding(block), 0, guard, "the bytes after its block");
      const now = words(block);
      constant?.forEach((word, i) => {
        if (now[i] !== word) throw new Error(`the kernel changed element ${i} of an input`);
      });
    }
  }

  /** Checks, and frees everything. */
  close(): void {
    this.check();
    for (const { block } of this.#guards.splice(0)) this.core.free(block);
    for (const { block } of this.#guarded.splice(0)) this.core.free(block);
    for (const block of this.#fillers.splice(0)) this.core.free(block);
  }

  #make<B extends Block | Totals>(allocate: () => B, length: number, guard: number): B {
    for (;;) {
      const before = this.core.allocate(GUARD_LENGTH);
      const block = allocate();
      const after = this.core.allocate(GUARD_LENGTH);
      if (touch(before, block) && touch(block, after)) {
        words(block).fill(guard, (length * block.view.BYTES_PER_ELEMENT) / 4);
        padding(block).fill(guard);
        for (const neighbour of [before, after]) {
          words(neighbour).fill(guard);
          this.#guards.push({ block: neighbour, guard });
        }
        this.#guarded.push({ block, guard, length, constant: null });
        return block;
      }
      // First fit has used holes. What lies lowest stays there and fills its hole, so that this comes to an end.
      const [lowest, higher] =
        block.view.byteOffset < before.view.byteOffset ? [block, before] : [before, block];
      this.#fillers.push(lowest);
      this.core.free(higher);
      this.core.free(after);
    }
  }
}

/** Runs a test in a room of its own: guards are checked, and everything is freed. */
export function inRoom<Result>(core: Core, run: (room: Room) => Result): Result {
  const room = new Room(core);
  const result = run(room);
  room.close();
  return result;
}

function words({ view }: Block | Totals): Uint32Array {
  return new Uint32Array(view.buffer, view.byteOffset, view.byteLength / 4);
}

function padding({ view }: Block | Totals): Uint32Array {
  const end = view.byteOffset + view.byteLength;
  const next = Math.min(align(end), view.buffer.byteLength);
  return new Uint32Array(view.buffer, end, (next - end) / 4);
}

/** Blocks of the JavaScript core are arrays of their own: nothing can be between them. */
function touch(left: Block | Totals, right: Block | Totals): boolean {
  if (left.view.buffer !== right.view.buffer) return true;
  const end = left.view.byteOffset + Math.max(1, left.view.byteLength);
  return align(end) === right.view.byteOffset;
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function expectGuards(found: Uint32Array, from: number, guard: number, where: string): void {
  for (let i = from; i < found.length; i++)
    if (found[i] !== guard) throw new Error(`the kernel wrote to ${where}, word ${i}`);
}
