import { describe, expect, test, vi } from "vitest";
import { activeCore } from "../../src/core/select.js";
import {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  core,
  Linear,
  MSELoss,
  parameter,
  Rprop,
  rand,
  randn,
  softmax,
} from "../../src/index.js";
import { eventually } from "../support/gc.js";

/** The size of the library's memory, which a live view shows; of the JavaScript core 4. */
const coreBytes = () => parameter([1]).data.buffer.byteLength;

/** One epoch of a hand-written loop over two linear layers. */
function trainer(rows: number) {
  const x = randn(rows, 5);
  const y = randn(rows, 2);
  const first = new Linear(5, 4);
  const second = new Linear(4, 2);
  const criterion = new MSELoss();
  const optimizer = new Rprop([...first.parameters(), ...second.parameters()]);
  return (count = rows) => {
    optimizer.zeroGrad();
    const pick = count === rows ? x : x.data.subarray(0, count * 5);
    const wanted = count === rows ? y : y.data.subarray(0, count * 2);
    const loss = criterion.forward(second.forward(first.forward(pick)), wanted);
    loss.backward();
    optimizer.step();
    return loss.item();
  };
}

describe("a training loop", () => {
  test("allocates nothing in core memory after its first epoch, fewer rows included", () => {
    const epoch = trainer(300);
    epoch();
    const core = activeCore();
    const spies = [vi.spyOn(core, "allocate"), vi.spyOn(core, "allocateTotals"), vi.spyOn(core, "free")];
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    for (let i = 0; i < 50; i++) epoch(i % 5 === 0 ? 17 : 300);
    for (const spy of [...spies, grow]) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(epoch()).toBeGreaterThan(0);
  });

  test("copies what the user passes in, and nothing else", () => {
    const epoch = trainer(300);
    epoch();
    const set = vi.spyOn(Float32Array.prototype, "set");
    const slice = vi.spyOn(Float32Array.prototype, "slice");
    epoch();
    const copied = set.mock.calls.map(([values]) => values.length);
    expect(copied).toEqual([300 * 5, 300 * 2]); // x and the target
    expect(slice).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test("leaves core memory where it was when all it made is disposed", () => {
    const core = activeCore();
    const live = new Set<object>();
    const make = vi.spyOn(core, "allocate");
    const makeTotals = vi.spyOn(core, "allocateTotals");
    const free = vi.spyOn(core, "free");
    const linear = new Linear(7, 3);
    const criterion = new MSELoss();
    const optimizer = new Rprop([
      ...linear.parameters(),
      { data: new Float32Array(3), grad: new Float32Array(3) },
    ]);
    for (const rows of [4, 40, 8]) {
      criterion.forward(linear.forward(randn(rows, 7)), randn(rows, 3)).backward();
      linear.forward(randn(rows, 7)).backward(randn(rows, 3));
      optimizer.step();
    }
    for (const owner of [linear, criterion, optimizer]) owner.dispose();
    for (const { value } of [...make.mock.results, ...makeTotals.mock.results]) live.add(value);
    for (const [block] of free.mock.calls) expect(live.delete(block)).toBe(true);
    expect(live.size).toBe(0);
    vi.restoreAllMocks();
  });
});

describe("losses of classification", () => {
  test("allocate nothing after the first forward, and leave nothing; softmax gives back what it takes", () => {
    const core = activeCore();
    const make = vi.spyOn(core, "allocate");
    const free = vi.spyOn(core, "free");
    const losses = [new CrossEntropyLoss({ weight: [1, 2, 0] }), new BCEWithLogitsLoss(), new BCELoss()];
    for (const rows of [300, 300, 17]) {
      const p = rand(rows, 3);
      for (const loss of losses) loss.forward(p, p);
      losses[0]?.forward(p, new Uint8Array(rows));
      expect(make).toHaveBeenCalledTimes(4 + 3 + 3); // prediction, target, derivative; and class weights
    }
    softmax(rand(5, 3));
    for (const loss of losses) loss.dispose();
    const freed = new Set(free.mock.calls.map(([block]) => block));
    for (const { value } of make.mock.results) expect(freed.has(value)).toBe(true);
    vi.restoreAllMocks();
  });
});

describe("a call that memory refuses halfway leaves nothing allocated", () => {
  /** Calls with memory for so many allocations, and counts those still there after the refusal. */
  function leftAfterRefusal(allocations: number, call: () => void): number {
    const core = activeCore();
    const live = new Set<object>();
    const limit = <B extends object>(allocate: (length: number, placed?: boolean) => B) =>
      function limited(length: number, placed = true): B {
        if (allocations-- === 0) throw new RangeError("memory is exhausted");
        const block = allocate.call(core, length, placed);
        if (placed && core.name === "wasm") live.add(block); // others are the garbage collector's, like any array
        return block;
      };
    const [allocate, allocateTotals, free] = [core.allocate, core.allocateTotals, core.free];
    vi.spyOn(core, "allocate").mockImplementation(limit(allocate));
    vi.spyOn(core, "allocateTotals").mockImplementation(limit(allocateTotals));
    vi.spyOn(core, "free").mockImplementation((block) => {
      live.delete(block);
      free.call(core, block);
    });
    expect(call).toThrow("memory is exhausted");
    vi.restoreAllMocks();
    return live.size;
  }

  test.each([0, 1, 2, 3, 4, 5, 6])("of a layer, at allocation %i", (allocations) => {
    expect(leftAfterRefusal(allocations, () => new Linear(3, 2))).toBe(0);
  });

  test.each([0, 1, 2, 3, 4, 5])("of a group of parameters, at allocation %i", (allocations) => {
    const params = [parameter([1]), { data: new Float32Array(3), grad: new Float32Array(3) }];
    const optimizer = new Rprop(new Linear(1, 1).parameters());
    expect(leftAfterRefusal(allocations, () => optimizer.addParamGroup({ params }))).toBe(0);
    expect(optimizer.paramGroups).toHaveLength(1);
  });

  test("of a backward pass, but for the copy of its gradient, which stays for the next", () => {
    const [linear, last] = [new Linear(3, 2), new Linear(2, 2, { bias: false })];
    last.weight.data.set([1, 0, 0, 1]);
    const output = last.forward(linear.forward([1, 2, 3]));
    const pass = () => output.backward([1, 1]);
    const copies = core() === "wasm" ? 1 : 0;
    expect([0, 1, 0].map((allocations) => leftAfterRefusal(allocations, pass))).toEqual([0, copies, 0]);
    expect(linear.weight.grad.toArray()).toEqual([0, 0, 0, 0, 0, 0]);
    pass();
    expect(linear.weight.grad.toArray()).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

describe("owners that become unreachable", () => {
  test("leave their core memory to others when the garbage collector notices", async () => {
    const before = coreBytes(); // in a browser all files share one memory
    for (let round = 0; round < 30; round++) {
      for (let i = 0; i < 5; i++) trainer(10_000)(); // 3 MB in all
      await eventually(() => false, 1);
    }
    expect(coreBytes() - before).toBeLessThan(30e6);
  });
});
