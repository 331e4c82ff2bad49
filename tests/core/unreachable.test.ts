import { describe, expect, it } from "vitest";
import type { Block, Core } from "../../src/core/contract/core.js";
import { CoreMemory } from "../../src/core/wasm/memory.js";
import { eventually } from "../support/gc.js";
import { jsCore, wasmCore } from "./cores.js";

/** Whether the core has room for a block of so many elements. */
function hasRoom(core: Core, length: number): boolean {
  try {
    core.free(core.allocate(length));
    return true;
  } catch {
    return false;
  }
}

/** Most of the one page that a small core has. */
const MOST = 10_000;

describe("a block that has become unreachable", () => {
  it("leaves its memory to others", async () => {
    const core = wasmCore(1);
    for (let round = 0; round < 5; round++) {
      // In a function of its own, so that no register or stack slot of the test keeps the block.
      (() => void core.allocate(MOST))();
      expect(hasRoom(core, MOST)).toBe(false);
      expect(await eventually(() => hasRoom(core, MOST))).toBe(true);
    }
  });

  it("leaves it to others also where only a window of it was used", async () => {
    const core = wasmCore(1);
    (() => void core.allocate(MOST).window(10, 5))();
    expect(await eventually(() => hasRoom(core, MOST))).toBe(true);
  });

  it("never shows another block's numbers in an exposed view that is still held", async () => {
    for (const core of [jsCore, wasmCore(4)]) {
      const shown = (() => core.allocate(1000).expose())();
      shown.fill(7);
      const others: Block[] = [];
      for (let round = 0; round < 5; round++) {
        await eventually(() => false, 2);
        try {
          // As many as there is room for, where there is a limit.
          for (let i = 0; i < 20; i++) {
            const other = core.allocate(1000);
            other.view.fill(9);
            others.push(other);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        for (let i = 0; i < shown.length; i++) if (shown[i] !== 7) expect.fail(`${shown[i]} shows through`);
      }
      for (const other of others) expect(other.view.every((value) => value === 9)).toBe(true);
    }
  });
});

describe("a block that is reachable", () => {
  it("stays where it is, also where only a window of it is held", async () => {
    const core = wasmCore(1);
    const block = core.allocate(10);
    const window = (() => core.allocate(10).window(2, 5))();
    window.view.fill(3);
    await eventually(() => false, 5);
    for (let i = 0; i < 20; i++) core.allocate(10).view.fill(9);
    expect([...block.view]).toEqual(new Array(10).fill(0));
    expect([...window.view]).toEqual(new Array(5).fill(3));
  });
});

describe("a released block", () => {
  it("is freed once, though it becomes unreachable later", async () => {
    const memory = new CoreMemory();
    const kept = (() => {
      memory.free(memory.allocate(Float32Array, 10));
      return memory.allocate(Float32Array, 10); // where the first was
    })();
    kept.view.fill(5);
    await eventually(() => false, 5);
    for (let i = 0; i < 5; i++) memory.allocate(Float32Array, 10).view.fill(9);
    expect([...kept.view]).toEqual(new Array(10).fill(5));
  });
});

describe("a block that is allocated unplaced", () => {
  it("takes no core memory until it is placed, and keeps its numbers", () => {
    const memory = new CoreMemory();
    const block = memory.allocate(Float32Array, 1000, false);
    block.view.fill(3);
    expect(memory.top).toBe(1024);
    block.place();
    expect(memory.top).toBeGreaterThanOrEqual(1024 + 4000);
    expect(block.view.buffer).toBe(memory.memory.buffer);
    expect(block.view.every((value) => value === 3)).toBe(true);
    const { address } = block;
    block.place();
    expect(block.address).toBe(address);
  });

  it("is placed by whatever needs its address or hands its view out", () => {
    const memory = new CoreMemory();
    expect(memory.allocate(Float64Array, 3, false).address).toBeGreaterThanOrEqual(1024);
    const exposed = memory.allocate(Float32Array, 3, false);
    expect(exposed.expose().buffer).toBe(memory.memory.buffer);
    expect(exposed.expose()).toBe(exposed.view);
    const whole = memory.allocate(Float32Array, 3, false);
    whole.view.set([1, 2, 3]);
    expect([...whole.window(1, 2).view]).toEqual([2, 3]);
  });

  it("has its room before another is exposed, whose view is there after both are placed", () => {
    for (const length of [3, 10_000, 100_000]) {
      const memory = new CoreMemory();
      const blocks = [1, 2, 3].map(() => memory.allocate(Float32Array, length, false));
      const views = blocks.map((block) => block.expose());
      expect(views.map((view) => view.length)).toEqual([length, length, length]);
    }
  });

  it("is exposed also where there is no room for all the others", () => {
    const memory = new CoreMemory(1);
    const others = [1, 2, 3].map(() => memory.allocate(Float32Array, 10_000, false));
    expect(memory.allocate(Float32Array, 10, false).expose()).toHaveLength(10);
    expect(others.map(({ view }) => view.length)).toEqual([10_000, 10_000, 10_000]);
  });

  it("has no room kept for it once it is freed, placed, or unreachable", async () => {
    const memory = new CoreMemory();
    const pages = () => {
      memory.free(memory.allocate(Float32Array, 1)); // a new block, so that the last batch is full or another's
      const small = memory.allocate(Float32Array, 1);
      small.expose();
      memory.free(small);
      return memory.memory.buffer.byteLength / 65536;
    };
    memory.free(memory.allocate(Float32Array, 1e6, false));
    expect(pages()).toBe(1);
    (() => {
      for (let i = 0; i < 10; i++) memory.allocate(Float32Array, 1e5, false);
    })();
    memory.allocate(Float32Array, 1, false); // of another batch
    await eventually(() => false, 5);
    expect(pages()).toBe(1);
    const block = memory.allocate(Float32Array, 1e5, false);
    block.place();
    const grown = memory.memory.buffer.byteLength / 65536;
    memory.allocate(Float32Array, 1, false).expose();
    expect(pages()).toBe(grown);
  });

  it("keeps its numbers, and stays usable, where there is no room to place it", () => {
    const memory = new CoreMemory(1);
    const block = memory.allocate(Float32Array, 20_000, false);
    block.view.fill(4);
    expect(() => block.place()).toThrow("memory is exhausted");
    expect(() => block.expose()).toThrow("memory is exhausted");
    expect(block.view.every((value) => value === 4)).toBe(true);
  });

  it("reserves nothing where it was refused", () => {
    const memory = new CoreMemory(64);
    const other = memory.allocate(Float32Array, 500_000);
    expect(() => memory.allocate(Float32Array, 600_000)).toThrow("memory is exhausted");
    memory.free(other);
    const { byteLength } = memory.memory.buffer;
    memory.allocate(Float32Array, 10).expose();
    expect(memory.memory.buffer.byteLength).toBe(byteLength);
  });

  it("can be freed before and after it is placed, and throws from then on", () => {
    const memory = new CoreMemory();
    for (const placed of [false, true]) {
      const block = memory.allocate(Float32Array, 10, placed);
      memory.free(block);
      expect(memory.top).toBe(1024);
      for (const use of [() => block.view, () => block.address, () => block.place(), () => block.expose()]) {
        expect(use).toThrow("released by dispose");
      }
    }
  });
});
