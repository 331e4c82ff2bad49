/** What a run leaves behind in a process of Node, which browsers have no words for. */
import { expect, test } from "vitest";
import { epochs, fit, Linear, Rprop, randn, Sequential, Tanh } from "../../src/index.js";

const model = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2));
const [x, y] = [randn(10, 3), randn(10, 2)];

test("epochs allocate nothing in JavaScript memory, but for losses", () => {
  const { gc } = globalThis as unknown as { gc: () => void };
  const used = () => {
    gc();
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { heapUsed, arrayBuffers };
  };
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
