import { describe, expect, it } from "vitest";
import type { Block } from "../../src/core/contract/core.js";
import { GrowingBlock } from "../../src/nn/growing-block.js";
import { jsCore, wasmCore } from "./cores.js";

function isFreed(block: Block): boolean {
  try {
    block.view;
    return false;
  } catch {
    return true;
  }
}

describe("GrowingBlock", () => {
  it("keeps its block while that is long enough, and frees it for a longer one", () => {
    const core = wasmCore();
    const growing = new GrowingBlock(core);
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
    expect(new GrowingBlock(jsCore).atLeast(0).length).toBeGreaterThanOrEqual(1);
  });

  it("keeps what it has where there is no room for more", () => {
    const growing = new GrowingBlock(wasmCore(1));
    const block = growing.atLeast(100);
    block.view.fill(5);
    expect(() => growing.atLeast(1e6)).toThrow(/memory is exhausted/);
    expect(growing.atLeast(100)).toBe(block);
    expect(block.view.every((value) => value === 5)).toBe(true);
  });
});
