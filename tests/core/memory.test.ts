import { describe, expect, it } from "vitest";
import { CoreMemory } from "../../src/core/wasm/memory.js";

const PAGE = 65536;

/** Elements of float32 that leave little of a page. */
const MOST_OF_A_PAGE = 15000;

/** What a block needs that no free range and no rest of the memory can hold. */
function beyond(memory: CoreMemory): number {
  return memory.memory.buffer.byteLength / 4;
}

describe("CoreMemory", () => {
  it("lays blocks at aligned addresses from 1024 up, apart from each other", () => {
    const memory = new CoreMemory();
    let end = 1024;
    for (const length of [1, 3, 4, 5, 0, 16, 17]) {
      const block = memory.allocate(Float32Array, length);
      expect(block.address % 16).toBe(0);
      expect(block.address).toBeGreaterThanOrEqual(end);
      expect(block.view).toHaveLength(length);
      expect(block.view.byteOffset).toBe(block.address);
      end = block.address + Math.max(1, block.bytes);
    }
    expect(memory.top).toBeGreaterThanOrEqual(end);
  });

  it("keeps 128 bytes after the last block, which kernels may read", () => {
    const room = (PAGE - 1024 - 128) / 4;
    expect(new CoreMemory(1).allocate(Float32Array, room).view).toHaveLength(room);
    expect(() => new CoreMemory(1).allocate(Float32Array, room + 4)).toThrow(/memory is exhausted/);
  });

  it("detaches views when it grows; blocks keep their numbers and show them anew", () => {
    const memory = new CoreMemory();
    const floats = memory.allocate(Float32Array, 5);
    const doubles = memory.allocate(Float64Array, 3);
    const [oldFloats, oldDoubles] = [floats.view, doubles.view];
    oldFloats.set([1, 2, 3, 4, 5]);
    oldDoubles.set([0.1, 0.2, 0.3]);
    memory.allocate(Float32Array, beyond(memory));
    expect(oldFloats).toHaveLength(0);
    expect(oldDoubles).toHaveLength(0);
    expect([...floats.view]).toEqual([1, 2, 3, 4, 5]);
    expect([...doubles.view]).toEqual([0.1, 0.2, 0.3]);
    expect(floats.view.buffer).toBe(memory.memory.buffer);
    expect(floats.expose()).toBe(floats.view);
  });

  it("gives zeros, also where other numbers were", () => {
    const memory = new CoreMemory();
    const first = memory.allocate(Float32Array, 100);
    first.view.fill(7);
    const { address } = first;
    memory.free(first);
    const second = memory.allocate(Float64Array, 50);
    expect(second.address).toBe(address);
    expect([...second.view]).toEqual(new Array(50).fill(0));
  });

  it("throws at the view and the address of a freed block, before and after growth", () => {
    const memory = new CoreMemory();
    const block = memory.allocate(Float32Array, 4);
    const empty = memory.allocate(Float32Array, 0);
    memory.free(block);
    memory.free(empty);
    for (const freed of [block, empty]) {
      expect(() => freed.view).toThrow(/released by dispose/);
      expect(() => freed.expose()).toThrow(/released by dispose/);
      expect(() => freed.address).toThrow(/released by dispose/);
    }
    memory.allocate(Float32Array, beyond(memory));
    expect(() => block.view).toThrow(/released by dispose/);
  });

  it("takes no more memory however often a block is made and freed", () => {
    const memory = new CoreMemory();
    for (let i = 0; i < 1000; i++) memory.free(memory.allocate(Float32Array, 1 + (i % 10_000)));
    expect(memory.memory.buffer.byteLength).toBe(PAGE);
    expect(memory.top).toBe(1024);
  });

  it("takes no more memory however often an exposed block is made and freed", () => {
    const memory = new CoreMemory();
    for (let i = 0; i < 1000; i++) {
      const block = memory.allocate(Float32Array, 1000);
      block.expose();
      memory.free(block);
    }
    expect(memory.memory.buffer.byteLength).toBe(PAGE);
  });
});

describe("a freed block", () => {
  it("is used again at once where its view stayed inside", () => {
    const memory = new CoreMemory();
    const block = memory.allocate(Float32Array, 10);
    block.view.fill(1);
    const { address } = block;
    memory.free(block);
    expect(memory.allocate(Float32Array, 10).address).toBe(address);
  });

  it("is not used again while an exposed view could show it, and is once views are detached", () => {
    const memory = new CoreMemory(1);
    const block = memory.allocate(Float32Array, 10);
    const shown = block.expose();
    const { address } = block;
    shown.fill(7);
    memory.free(block);
    const others = [10, 3, 1].map((length) => memory.allocate(Float32Array, length));
    for (const other of others) {
      other.view.fill(9);
      expect(other.address).toBeGreaterThanOrEqual(address + 40);
    }
    expect([...shown]).toEqual(new Array(10).fill(7));

    // The first that no longer fits: views are detached instead of growing, and the retired range is free.
    const rest = memory.allocate(Float32Array, MOST_OF_A_PAGE);
    expect(shown).toHaveLength(10);
    memory.free(rest);
    const second = memory.allocate(Float32Array, MOST_OF_A_PAGE);
    expect(() => memory.allocate(Float32Array, MOST_OF_A_PAGE)).toThrow(/memory is exhausted/);
    expect(shown).toHaveLength(0);
    expect(memory.allocate(Float32Array, 10).address).toBe(address);
    expect([...others[0]!.view]).toEqual(new Array(10).fill(9));
    expect(second.view).toHaveLength(MOST_OF_A_PAGE);
  });

  it("is used again at once where growth has detached its exposed view, renewed or not", () => {
    for (const renew of [true, false]) {
      const memory = new CoreMemory();
      const block = memory.allocate(Float32Array, 10);
      const shown = block.expose();
      const { address } = block;
      memory.allocate(Float32Array, beyond(memory));
      if (renew) expect(block.view).toHaveLength(10);
      memory.free(block);
      expect(shown).toHaveLength(0);
      expect(memory.allocate(Float32Array, 10).address).toBe(address);
    }
  });

  it("is kept apart again where it was exposed again after growth", () => {
    const memory = new CoreMemory();
    const block = memory.allocate(Float32Array, 10);
    block.expose();
    memory.allocate(Float32Array, beyond(memory));
    const shown = block.expose();
    memory.free(block);
    memory.allocate(Float32Array, 10).view.fill(9);
    expect([...shown]).toEqual(new Array(10).fill(0));
  });
});
