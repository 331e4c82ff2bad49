import { describe, expect, it } from "vitest";
import { CoreMemory } from "../../src/core/wasm/memory.js";
import { wasmCore } from "./cores.js";
import { linearForward } from "./products.js";

const PAGE = 65536;

describe("exhausted memory", () => {
  function exhaust(memory: CoreMemory, length: number) {
    const blocks: ReturnType<typeof memory.allocate<Float32Array>>[] = [];
    const fill = () => {
      for (;;) {
        const block = memory.allocate(Float32Array, length);
        blocks.push(block);
        block.view.fill(blocks.length);
      }
    };
    return { blocks, fill };
  }

  it("is a RangeError that says so and changes nothing", () => {
    const memory = new CoreMemory(4);
    const { blocks, fill } = exhaust(memory, 10_000);
    expect(fill).toThrow(RangeError);
    expect(fill).toThrow(/memory is exhausted.*MiB/);
    expect(blocks.length).toBeGreaterThanOrEqual(4);
    expect(memory.memory.buffer.byteLength).toBeLessThanOrEqual(4 * PAGE);
    blocks.forEach((block, i) => {
      expect(block.view.every((value) => value === i + 1)).toBe(true);
    });
    expect(memory.allocate(Float32Array, 16).view).toHaveLength(16);
  });

  it("comes only when the last page is full", () => {
    for (const pages of [2, 4, 7]) {
      const length = (pages * PAGE - 1024 - 128) / 4; // from the first address to the room that kernels may read
      expect(new CoreMemory(pages).allocate(Float32Array, length).view).toHaveLength(length);
      expect(() => new CoreMemory(pages).allocate(Float32Array, length + 1)).toThrow(/memory is exhausted/);
    }
  });

  it("ends when something is freed", () => {
    const memory = new CoreMemory(4);
    const { blocks, fill } = exhaust(memory, 10_000);
    expect(fill).toThrow(/memory is exhausted/);
    const [first] = blocks;
    const { address } = first!;
    memory.free(first!);
    expect(memory.allocate(Float32Array, 10_000).address).toBe(address);
    expect(fill).toThrow(/memory is exhausted/);
  });

  it("gives no view that shows a freed block's successor, also where the allocation fails", () => {
    const memory = new CoreMemory(1);
    const block = memory.allocate(Float32Array, 100);
    const shown = block.expose();
    memory.free(block);
    expect(() => memory.allocate(Float32Array, 10 * PAGE)).toThrow(/memory is exhausted/);
    memory.allocate(Float32Array, 100).view.fill(9);
    // Views were detached in search of room: this one shows nothing any more.
    expect(shown).toHaveLength(0);
  });

  it("comes for lengths beyond every memory", () => {
    for (const length of [2 ** 30, 2 ** 40]) {
      expect(() => new CoreMemory().allocate(Float32Array, length)).toThrow(/memory is exhausted/);
    }
  });

  it("comes from the panels of a layer that are too large, and kernels still do what fits", () => {
    const core = wasmCore(2);
    const [ins, outs] = [4000, 4];
    const [x, weight, y] = [core.allocate(ins), core.allocate(outs * ins), core.allocate(outs)];
    x.view.fill(1);
    weight.view.fill(2);
    expect(() => core.allocatePanels(ins, outs)).toThrow(/memory is exhausted/);
    linearForward(core, x, weight, null, y, 1, 5, outs);
    expect([...y.view]).toEqual([10, 10, 10, 10]);
  });
});
