import { afterEach, describe, expect, test, vi } from "vitest";
import { activeCore } from "../../../src/core/select.js";
import {
  CrossEntropyLoss,
  core,
  epochs,
  evaluate,
  fit,
  fitSync,
  Linear,
  MSELoss,
  predict,
  type Rows,
  Rprop,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { eventually } from "../../support/gc.js";

const MEGABYTE = 1e6;
const model = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));
const [x, y] = [randn(600, 3), randn(600, 2)];
const source = () => [{ x, y }];
async function* later(): AsyncGenerator<Rows> {
  await null;
  yield { x, y };
}

/** The size of the library's memory, which a live view shows; of the JavaScript core less. */
const coreBytes = () => new Linear(1, 1).weight.data.buffer.byteLength;

/** Watches what is allocated in the library's own memory. */
function watch() {
  const library = activeCore();
  const [make, makeTotals] = [vi.spyOn(library, "allocate"), vi.spyOn(library, "allocateTotals")];
  const free = vi.spyOn(library, "free");
  const made = () => [...make.mock.results, ...makeTotals.mock.results].map(({ value }) => value as object);
  const left = () => {
    const freed = new Set<object>(free.mock.calls.map(([block]) => block));
    return made().filter((block) => !freed.has(block)).length;
  };
  return { count: () => made().length, left };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a run gives back all that it has allocated", () => {
  const optimizer = new Rprop(model.parameters());
  const half = { x: randn(300, 3), y: randn(300, 2) };
  const fail = () => {
    throw new Error("fails");
  };
  const ended: Record<string, () => unknown> = {
    "at its end": () => fitSync(model, x, y, { optimizer, epochs: 3 }),
    "with everything that is remembered": () =>
      fitSync(model, x, y, { optimizer, validation: half, restarts: 3, epochs: 4 }),
    "with class weights": () =>
      fitSync(model, x, new Uint8Array(600), { optimizer, loss: new CrossEntropyLoss({ weight: [1, 2] }) }),
    "from a source": () => fitSync(model, source, { optimizer, epochs: 3, validation: half }),
    "when it is awaited": () => fit(model, later, { optimizer, epochs: 3 }),
    "left by break": () => {
      for (const _ of epochs(model, x, y, { optimizer })) break;
    },
    "when it was never begun": () => epochs(model, x, y, { optimizer }).return?.(),
    "when it diverges": () =>
      fitSync(model, x, y, {
        optimizer: new Rprop(model.parameters(), { lr: 1e20, stepSizes: [1e20, 1e30] }),
      }),
    "when onEpoch fails": () => fitSync(model, x, y, { optimizer, onEpoch: fail }),
    "when its source fails": () => fitSync(model, fail as () => Rows[], { optimizer }),
    "when its source fails later": () => {
      let calls = 0;
      return fitSync(model, () => (calls++ < 2 ? source() : fail()), { optimizer });
    },
    "when its model is disposed meanwhile": () => {
      const linear = new Linear(3, 2);
      return fit(linear, x, y, { onEpoch: async () => linear.dispose() });
    },
    "when it is aborted": () => fitSync(model, x, y, { optimizer, signal: AbortSignal.abort() }),
    "when a value is refused": () => fitSync(model, x, y.data.with(7, NaN), { optimizer }),
    "when a target is refused": () =>
      fitSync(model, x, new Uint8Array(600).fill(9), { optimizer, loss: new CrossEntropyLoss() }),
    "when the validation set is refused": () =>
      fitSync(model, source, { optimizer, validation: { x, y: y.data.with(7, NaN) } }),
    "when the optimizer is refused": () =>
      fitSync(model, x, y, { optimizer: new Rprop(new Linear(1, 1).parameters()) }),
    "when the optimizer was disposed": () => {
      const gone = new Rprop(model.parameters());
      gone.dispose();
      fitSync(model, x, y, { optimizer: gone });
    },
    "of predict": () => predict(model, x),
    "of predict of nothing": () => predict(model, []),
    "of evaluate": () => evaluate(model, x, y, new MSELoss()),
    "of evaluate that is refused": () =>
      evaluate(model, x, new Uint8Array(600).fill(9), new CrossEntropyLoss()),
  };

  /** Those that make an optimizer, or a module, which has memory of its own. */
  const kept: Record<string, number> = {
    "when it diverges": 8,
    "when its model is disposed meanwhile": 8,
    "when the optimizer is refused": 12,
  };

  test.each(Object.entries(ended))("%s", async (name, run) => {
    const { left, count } = watch();
    try {
      await run();
    } catch {
      // Tests elsewhere say what is thrown.
    }
    if (!name.includes("evaluate that")) expect(count()).toBeGreaterThan(0);
    expect(left() - (kept[name] ?? 0)).toBeLessThanOrEqual(0);
  });

  test("when its source would have to be waited for, then and later", async () => {
    const { left, count } = watch();
    expect(() => fitSync(model, later, { optimizer })).toThrow("has to be waited for");
    expect(left()).toBe(0);
    const before = count();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([left(), count()]).toEqual([0, before]);
  });

  test("once it is collected, where nobody has ended it", async () => {
    const before = coreBytes();
    for (let round = 0; round < 40; round++) {
      (() => void epochs(new Linear(300, 300), randn(9, 300), randn(9, 300)).next())(); // more than a megabyte
      await eventually(() => false, 1);
    }
    expect(coreBytes() - before).toBeLessThan(20 * MEGABYTE);
  });
});

describe("epochs allocate nothing", () => {
  const optimizer = new Rprop(model.parameters());
  const allocated = async (run: () => unknown) => {
    const { count } = watch();
    await run();
    vi.restoreAllMocks();
    return count();
  };

  test("in core memory: ten and a thousand need the same", async () => {
    const [few, many] = [x.data.subarray(0, 30), y.data.subarray(0, 20)];
    const runs = [
      (count: number) => fitSync(model, few, many, { optimizer, epochs: count }),
      (count: number) => fit(model, few, many, { optimizer, epochs: count, yieldEvery: 1 }),
      (count: number) => fitSync(model, few, many, { optimizer, epochs: count, validation: 0.2 }),
      (count: number) => fitSync(model, () => [{ x: few, y: many }], { optimizer, epochs: count }),
      (count: number) => fit(model, later, { optimizer, epochs: count / 10 }),
    ];
    for (const run of runs) {
      expect(await allocated(() => run(1000))).toBe(await allocated(() => run(10)));
    }
  });

  test("after the first: all of it is there before an epoch runs", () => {
    const run = epochs(model, x, y, { optimizer, validation: 0.2, restarts: 2, epochs: 10 });
    const { count } = watch();
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    expect([...run]).toHaveLength(20);
    expect(count()).toBe(0);
    expect(grow).not.toHaveBeenCalled();
  });
});

describe("a run over more than 16 MiB", () => {
  const MIB = 2 ** 20;

  /** Bytes of all that cores allocate, of this library's memory and of others'. */
  function weigh(run: () => void) {
    const prototype = Object.getPrototypeOf(activeCore()) as ReturnType<typeof activeCore>;
    const make = vi.spyOn(prototype, "allocate");
    const makeTotals = vi.spyOn(prototype, "allocateTotals");
    const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
    run();
    const calls = [
      ...make.mock.calls.map(([length], i) => ({ bytes: 4 * length, by: make.mock.contexts[i] })),
      ...makeTotals.mock.calls.map(([length], i) => ({ bytes: 8 * length, by: makeTotals.mock.contexts[i] })),
    ];
    const sum = (own: boolean) =>
      calls.reduce((total, { by, bytes }) => total + ((by === activeCore()) === own ? bytes : 0), 0);
    const memories = [...new Set(grow.mock.contexts as WebAssembly.Memory[])];
    return {
      library: sum(true),
      others: sum(false),
      memories: memories.map(({ buffer }) => buffer.byteLength),
    };
  }

  const large = (rows: number, columns: number) => {
    const values = new Float32Array(rows * columns);
    for (let i = 0; i < values.length; i++) values[i] = ((i * 7919) % 1000) / 1000;
    return values;
  };

  test.each([
    ["many features", 17, 16, 1],
    ["many outputs", 40, 1, 16],
    ["as many of either", 24, 3, 3],
  ])("leaves the library's memory alone; its own is as large as it has to be: %s", (_, size, ins, outs) => {
    const rows = Math.ceil((size * MIB) / 4 / (ins + outs));
    const linear = new Linear(ins, outs);
    const optimizer = new Rprop(linear.parameters());
    const [a, b] = [large(rows, ins), large(rows, outs)];
    for (const validation of [
      undefined,
      { x: a.subarray(0, 5000 * ins), y: b.subarray(0, 5000 * outs) },
      0.3,
    ]) {
      const { library, others, memories } = weigh(() => {
        fitSync(linear, a, b, { optimizer, epochs: 1, ...(validation === undefined ? {} : { validation }) });
      });
      expect(library).toBe(0);
      const data = 4 * (a.length + b.length);
      expect(others).toBeGreaterThanOrEqual(data);
      expect(others).toBeLessThan(1.05 * data + MIB);
      if (core() === "wasm") expect(memories.length).toBe(1);
      for (const bytes of memories) expect(bytes).toBeLessThan(1.05 * others + 4.1 * MIB);
      vi.restoreAllMocks();
    }
  });

  test("the validation set beside a source counts", () => {
    const linear = new Linear(16, 1);
    const optimizer = new Rprop(linear.parameters());
    const rows = Math.ceil((17 * MIB) / 4 / 17);
    const validation = { x: large(rows, 16), y: large(rows, 1) };
    const { library, memories } = weigh(() => {
      fitSync(linear, () => [{ x: large(300, 16), y: large(300, 1) }], { optimizer, validation, epochs: 1 });
    });
    expect(library).toBe(0);
    for (const bytes of memories) expect(bytes).toBeLessThan(1.05 * 17 * MIB + 4.1 * MIB);
  });

  test("the same over 16 MiB and less is in the library's memory, and gives the same bits", () => {
    const rows = Math.floor((16 * MIB) / 4 / 2);
    const results = [rows, rows + 1].map((count) => {
      const linear = new Linear(1, 1);
      linear.weight.data[0] = 0;
      linear.bias!.data[0] = 0;
      const a = new Float32Array(count).fill(1);
      a[count - 1] = rows === count ? 1 : 0; // a row more that changes no sum
      const b = new Float32Array(count).fill(0.5).fill(0, rows);
      const optimizer = new Rprop(linear.parameters());
      let result: ReturnType<typeof fitSync> | undefined;
      const { library } = weigh(() => {
        result = fitSync(linear, a, b, { optimizer, epochs: 2, loss: new MSELoss({ reduction: "sum" }) });
      });
      vi.restoreAllMocks();
      expect(library > 0).toBe(count === rows);
      return result?.losses[0];
    });
    expect(results[0]).toBe(results[1]);
  });

  test("needs less than 16 MB besides its rows, however many there are", () => {
    const rows = core() === "wasm" ? 300_000 : 60_000; // the other core takes its time
    const network = new Sequential(
      new Linear(32, 64),
      new Tanh(),
      new Linear(64, 64),
      new Tanh(),
      new Linear(64, 1),
    );
    const optimizer = new Rprop(network.parameters());
    const [a, b] = [large(rows, 32), large(rows, 1)];
    const { library, others, memories } = weigh(() => {
      expect(fitSync(network, a, b, { optimizer, epochs: 1 }).completed).toBe(1);
    });
    const data = 4 * (a.length + b.length);
    expect(library + others).toBeLessThan(data + 16 * MEGABYTE);
    for (const bytes of memories) expect(bytes).toBeLessThan(data + 16 * MEGABYTE);
  }, 60_000);
});
