/** What a run leaves behind in a process of Node, which browsers have no words for. */
import { describe, expect, test } from "vitest";
import {
  epochs,
  evaluate,
  fit,
  fitSync,
  Linear,
  Moments,
  MSELoss,
  predict,
  Rprop,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";

const model = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));
const [x, y] = [randn(10, 3), randn(10, 2)];

function used() {
  const { gc } = globalThis as unknown as { gc: () => void };
  gc();
  gc();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return { heapUsed, arrayBuffers, external };
}

describe("runs that are over hold nothing, many of them in one turn of the event loop:", () => {
  const made = () => new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));
  const options = { epochs: 3 };
  const moments = Moments.from(x, y);
  const runs: Record<string, () => unknown> = {
    "fitSync, everything disposed of": () => {
      const model = made();
      fitSync(model, x, y, options).optimizer.dispose();
      model.dispose();
    },
    "fitSync, nothing disposed of": () => fitSync(made(), x, y, options),
    "fitSync of one model": () => fitSync(model, x, y, options),
    "fitSync with an optimizer and a loss of its own": () => {
      const model = made();
      const loss = new MSELoss();
      fitSync(model, x, y, { ...options, loss, optimizer: new Rprop(model.parameters()) });
    },
    "fitSync with validation and restarts": () =>
      fitSync(made(), x, y, { ...options, validation: 0.3, restarts: 2 }),
    "fitSync from a source": () => fitSync(made(), () => [{ x, y }], options),
    "fitSync from Moments": () => fitSync(new Linear(3, 2), moments, options),
    "epochs, to the end": () => [...epochs(made(), x, y, options)],
    "epochs, left after the first": () => {
      for (const _ of epochs(made(), x, y, options)) break;
    },
    "predict and evaluate": () => {
      const model = made();
      predict(model, x);
      evaluate(model, x, y, new MSELoss());
    },
    "a refused run": () => {
      expect(() => fitSync(made(), [[Number.NaN, 1, 2]], [[1, 2]], options)).toThrow("is NaN");
    },
  };

  /** Heap and core memory may be larger by so many bytes after so many more runs: each held at least 6,600 once. */
  const expectFlat = (before: ReturnType<typeof used>, most = 1e6) => {
    const after = used();
    expect(after.heapUsed - before.heapUsed).toBeLessThan(most);
    expect(after.external - before.external).toBeLessThan(most);
  };

  test.each(Object.keys(runs))("%s", (name) => {
    const run = runs[name] as () => unknown;
    for (let i = 0; i < 100; i++) run();
    const before = used();
    for (let i = 0; i < 500; i++) run();
    expectFlat(before);
  });

  test("fit, awaited, where the event loop has no turn", async () => {
    const run = async () => {
      const model = made();
      (await fit(model, x, y, options)).optimizer.dispose();
      model.dispose();
    };
    for (let i = 0; i < 100; i++) await run();
    const before = used();
    for (let i = 0; i < 500; i++) await run();
    expectFlat(before);
  });

  test("runs with a memory of their own", () => {
    const model = new Linear(32, 1);
    const [x, y] = [new Float32Array(140_000 * 32), new Float32Array(140_000)]; // above 16 MiB
    const run = () => fitSync(model, x, y, { epochs: 1 });
    for (let i = 0; i < 3; i++) run();
    const before = used();
    for (let i = 0; i < 10; i++) run();
    expectFlat(before, 60e6); // of 180 MB, since the engine collects memories when it likes
  });
});

test("epochs allocate nothing in JavaScript memory, but for losses", () => {
  const optimizer = new Rprop(model.parameters());
  const run = epochs(model, x, y, { optimizer, epochs: 1e6, every: 1000 });
  for (let i = 0; i < 5; i++) run.next();
  const before = used();
  const COUNT = 60;
  for (let i = 0; i < COUNT; i++) run.next();
  const after = used();
  run.return?.();
  expect(after.heapUsed - before.heapUsed).toBeLessThan(300_000); // of 60,000 epochs: less than 5 bytes each
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 * 8 * 1000 * (COUNT + 5) + 300_000);
});

test("the process does not stay alive for a fit that is over", async () => {
  const ports = () =>
    (process as unknown as { getActiveResourcesInfo(): string[] })
      .getActiveResourcesInfo()
      .filter((name) => name === "MessagePort").length;
  const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
  await settle();
  const before = ports();
  await fit(model, x, y, { epochs: 20, yieldEvery: 0 });
  await settle();
  expect(ports()).toBe(before);
});
