import { describe, expect, it } from "vitest";
import type { Block, Core } from "../../src/core/core.js";
import { GrowingBlock, own, release } from "../../src/core/ownership.js";
import { eventually } from "../gc.js";
import { jsCore, wasmCore } from "./cores.js";

function isFreed(block: Block): boolean {
  try {
    block.view;
    return false;
  } catch {
    return true;
  }
}

/** In a function of its own, so that no register or stack slot of the test keeps the owner. */
function abandoned(core: Core, length: number): Block {
  return own({}, core, core.allocate(length));
}

describe.each([
  { name: "js", make: () => jsCore },
  { name: "wasm", make: () => wasmCore(4) },
])("ownership of memory of the $name core", ({ make }) => {
  it("ends at release", () => {
    const core = make();
    const owner = {};
    const block = own(owner, core, core.allocate(10));
    expect(block.view).toHaveLength(10);
    release(core, block);
    expect(isFreed(block)).toBe(true);
  });

  it("is not ended by a collection while the owner is reachable", async () => {
    const core = make();
    const owner = {};
    const block = own(owner, core, core.allocate(10));
    await eventually(() => false, 5);
    expect(isFreed(block)).toBe(false);
    expect(owner).toEqual({}); // so that it is reachable until here
  });

  it("ends when the owner has become unreachable", async () => {
    const core = make();
    const blocks = [1, 10, 100].map((length) => abandoned(core, length));
    expect(await eventually(() => blocks.every(isFreed))).toBe(true);
  });

  it("never shows another object's numbers in an exposed view that is still held", async () => {
    const core = make();
    const block = abandoned(core, 1000);
    const shown = block.expose();
    shown.fill(7);
    expect(await eventually(() => isFreed(block))).toBe(true);
    const others: Block[] = [];
    try {
      // As many as there is room for, where there is a limit.
      while (others.length < 100) {
        const other = core.allocate(1000);
        other.view.fill(9);
        others.push(other);
        for (let i = 0; i < shown.length; i++) if (shown[i] !== 7) expect.fail(`${shown[i]} shows through`);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
    expect(others.length).toBeGreaterThan(20);
    for (const other of others) expect(other.view.every((value) => value === 9)).toBe(true);
  });
});

describe("own", () => {
  it("frees a released block once, though its owner becomes unreachable later", async () => {
    const freed: unknown[] = [];
    const watched = {
      allocate: (length: number) => jsCore.allocate(length),
      free: (block: unknown) => freed.push(block),
    } as unknown as Core;
    (() => release(watched, own({}, watched, watched.allocate(1))))();
    // A second owner, whose finalizer says that the first one's would have run.
    const later = abandoned(watched, 1);
    expect(await eventually(() => freed.includes(later))).toBe(true);
    expect(freed).toHaveLength(2);
  });

  it("gives the memory of unreachable owners to others", async () => {
    const core = wasmCore(1);
    for (let round = 0; round < 5; round++) {
      const block = abandoned(core, 10_000);
      expect(() => core.allocate(10_000)).toThrow(/memory is exhausted/);
      expect(await eventually(() => isFreed(block))).toBe(true);
    }
  });
});

describe("GrowingBlock", () => {
  it("keeps its block while that is long enough, and frees it for a longer one", () => {
    const core = wasmCore();
    const growing = new GrowingBlock({}, core);
    const first = growing.atLeast(10);
    first.view.fill(3);
    expect(growing.atLeast(10)).toBe(first);
    expect(growing.atLeast(4)).toBe(first);
    expect([...first.view]).toEqual(new Array(10).fill(3));
    const second = growing.atLeast(11);
    expect(second.length).toBe(11);
    expect(isFreed(first)).toBe(true);
    expect(growing.atLeast(5)).toBe(second);
    growing.release();
    expect(isFreed(second)).toBe(true);
    growing.release();
    expect(growing.atLeast(1)).toHaveLength(1);
  });

  it("has a block also for no elements", () => {
    expect(new GrowingBlock({}, jsCore).atLeast(0).length).toBeGreaterThanOrEqual(1);
  });

  it("keeps what it has where there is no room for more", () => {
    const growing = new GrowingBlock({}, wasmCore(1));
    const block = growing.atLeast(100);
    block.view.fill(5);
    expect(() => growing.atLeast(1e6)).toThrow(/memory is exhausted/);
    expect(growing.atLeast(100)).toBe(block);
    expect(block.view.every((value) => value === 5)).toBe(true);
  });

  it("frees its block when its owner has become unreachable", async () => {
    const core = wasmCore();
    const [first, second] = (() => {
      const owner: { growing?: GrowingBlock } = {};
      owner.growing = new GrowingBlock(owner, core);
      return [owner.growing.atLeast(10), owner.growing.atLeast(20)];
    })();
    expect(isFreed(first)).toBe(true);
    expect(await eventually(() => isFreed(second))).toBe(true);
  });
});
