import { describe, expect, test, vi } from "vitest";
import { activeCore } from "../src/core/select.js";
import { Linear, MSELoss, Rprop, randn } from "../src/index.js";

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

describe("owners that become unreachable", () => {
  test("give their memory back when the garbage collector notices", async () => {
    const core = activeCore();
    const free = vi.spyOn(core, "free");
    const made = (() => {
      const make = vi.spyOn(core, "allocate");
      for (let i = 0; i < 20; i++) trainer(10)();
      const { length } = make.mock.results;
      make.mockRestore(); // a spy holds what it has seen
      return length;
    })();
    for (let round = 0; round < 50 && free.mock.calls.length < made; round++) {
      gc?.();
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(free.mock.calls.length).toBeGreaterThanOrEqual(made);
    vi.restoreAllMocks();
  });
});
