import { describe, expect, test } from "vitest";
import {
  epochs,
  fit,
  fitSync,
  Linear,
  MSELoss,
  manualSeed,
  type Rows,
  randn,
  Sequential,
  type Source,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, type Job, job } from "./by-hand.js";

function made(): Job {
  manualSeed(6);
  const [x, y] = [randn(40, 3), randn(40, 1)];
  const model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1));
  return job(model, x, y, new MSELoss());
}

const reason = new Error("never mind");
/** Of a call that throws, or a promise that rejects. */
const refusal = async (call: () => unknown) => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
};

/** Asserts that the model is where so many epochs by hand lead, and free. */
function expectAt(run: Job, count: number): void {
  const hand = made();
  byHand(hand, count);
  expect(bits(run)).toEqual(bits(hand));
  fitSync(run.model, run.x, run.y, { epochs: 1 });
}

describe("a signal", () => {
  test("that was aborted before leaves everything as it was; the reason is what it was aborted with", async () => {
    const signal = AbortSignal.abort(reason);
    const step = (...[model, ...data]: Parameters<typeof fit>) => epochs(model, ...data).next();
    for (const start of [fit, fitSync, step]) {
      const run = made();
      expect(await refusal(() => start(run.model, run.x, run.y, { signal, optimizer: run.optimizer }))).toBe(
        reason,
      );
      expectAt(run, 0);
    }
    const { model, x, y } = made();
    const abort = AbortSignal.abort();
    await expect(fit(model, x, y, { signal: abort })).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each([0, 3])("aborted by onEpoch at epoch %i ends the run after that epoch", async (at) => {
    for (const wait of [false, true]) {
      const run = made();
      const controller = new AbortController();
      const { signal } = controller;
      const onEpoch = ({ epoch }: { epoch: number }) => {
        if (epoch === at) controller.abort(reason);
        return wait ? Promise.resolve() : undefined;
      };
      const start = wait ? fit : fitSync;
      const { optimizer } = run;
      expect(await refusal(() => start(run.model, run.x, run.y, { signal, onEpoch, optimizer }))).toBe(
        reason,
      );
      expectAt(run, at + 1);
    }
  });

  test("aborted between two calls of next, or at the last epoch, ends the run", async () => {
    const run = made();
    const controller = new AbortController();
    const { signal } = controller;
    const stepped = epochs(run.model, run.x, run.y, { signal, optimizer: run.optimizer, epochs: 2 });
    stepped.next();
    stepped.next();
    controller.abort(reason);
    expect(await refusal(() => stepped.next())).toBe(reason);
    expect(stepped.next()).toEqual({ done: true, value: undefined });
    expectAt(run, 2);
  });

  test("aborted by a timer reaches fit while it runs", async () => {
    for (const signal of [AbortSignal.timeout(30), undefined]) {
      const run = made();
      const controller = new AbortController();
      if (signal === undefined) setTimeout(() => controller.abort(reason), 30);
      const started = fit(run.model, run.x, run.y, {
        signal: signal ?? controller.signal,
        optimizer: run.optimizer,
        epochs: 1e9,
        yieldEvery: 5,
      });
      const error = await refusal(() => started);
      if (signal === undefined) expect(error).toBe(reason);
      else expect(error).toMatchObject({ name: "TimeoutError" });
      const { step } = run.optimizer.state(run.model.parameters()[0]!);
      expect(step).toBeGreaterThan(1);
      expectAt(run, step);
    }
  });

  test("aborted while a source is waited for ends the run at once, and the source is closed", async () => {
    const run = made();
    const controller = new AbortController();
    let [opened, closed] = [0, 0];
    async function* source(): AsyncGenerator<Rows> {
      opened++;
      try {
        if (opened === 3) controller.abort(reason);
        await null;
        yield { x: run.x, y: run.y };
      } finally {
        closed++;
      }
    }
    const { signal } = controller;
    expect(await refusal(() => fit(run.model, source, { signal, optimizer: run.optimizer }))).toBe(reason);
    await null; // a generator ends where it waits, which fit does not wait for
    expect([opened, closed]).toEqual([3, 3]);
    expectAt(run, 2);
  });

  /** Never settles. */
  const forEver = () => new Promise<never>(() => {});

  test.each<[string, (run: Job) => Source | null, { onEpoch?: () => unknown }]>([
    ["a source", () => forEver, {}],
    ["a chunk", () => () => ({ [Symbol.asyncIterator]: () => ({ next: forEver }) }), {}],
    [
      "a chunk behind the first",
      ({ x, y }) =>
        async function* () {
          yield { x, y };
          await forEver();
        },
      {},
    ],
    ["onEpoch", () => null, { onEpoch: forEver }],
    [
      "onEpoch beside a source",
      ({ x, y }) =>
        () => [{ x, y }],
      { onEpoch: forEver },
    ],
  ])(
    "aborted while %s is waited for, for ever, rejects at once; the model is free",
    async (_, of, options) => {
      const run = made();
      const controller = new AbortController();
      const { optimizer, model } = run;
      const source = of(run);
      const settings = { ...options, signal: controller.signal, optimizer };
      const started = source === null ? fit(model, run.x, run.y, settings) : fit(model, source, settings);
      setTimeout(() => controller.abort(reason), 5);
      expect(await refusal(() => started)).toBe(reason);
      expectAt(run, options.onEpoch === undefined ? 0 : 1);
    },
  );

  test("returns the iterator that is waited for, once, and takes no chunk that comes later", async () => {
    for (const settle of ["resolve", "reject"] as const) {
      const run = made();
      const controller = new AbortController();
      const calls: string[] = [];
      const later: { resolve?: (value: IteratorResult<Rows>) => void; reject?: (error: Error) => void } = {};
      const iterator = {
        next: () => {
          calls.push("next");
          return new Promise<IteratorResult<Rows>>((resolve, reject) => {
            Object.assign(later, { resolve, reject });
          });
        },
        return: () => {
          calls.push("return");
          return Promise.reject(new Error("nobody hears of it"));
        },
      };
      const source = () => ({ [Symbol.asyncIterator]: () => iterator });
      const { optimizer, model } = run;
      const started = fit(model, source, { signal: controller.signal, optimizer });
      controller.abort(reason);
      expect(await refusal(() => started)).toBe(reason);
      if (settle === "resolve") later.resolve?.({ done: false, value: { x: run.x, y: run.y } });
      else later.reject?.(new Error("nor of this"));
      await new Promise((resolve) => setTimeout(resolve, 2)); // an unhandled rejection would fail the test run
      expect(calls).toEqual(["next", "return"]);
      expectAt(run, 0);
    }
  });

  test("opens no source that comes after the abort", async () => {
    const run = made();
    const controller = new AbortController();
    let resolve = (_: Rows[]) => {};
    const source = () => new Promise<Rows[]>((found) => (resolve = found));
    const started = fit(run.model, source, { signal: controller.signal, optimizer: run.optimizer });
    controller.abort(reason);
    expect(await refusal(() => started)).toBe(reason);
    let opened = false;
    const late = {
      [Symbol.iterator]() {
        opened = true;
        return [][Symbol.iterator]();
      },
    };
    resolve(late as unknown as Rows[]);
    await null;
    expect(opened).toBe(false);
    expectAt(run, 0);
  });

  test("that is not aborted keeps no listener of a run that is over", async () => {
    const run = made();
    const { signal } = new AbortController();
    let listeners = 0;
    const counted = {
      throwIfAborted: () => signal.throwIfAborted(),
      addEventListener: () => void listeners++,
      removeEventListener: () => void listeners--,
    };
    const onEpoch = () => Promise.resolve();
    await fit(run.model, () => Promise.resolve([{ x: run.x, y: run.y }]), {
      signal: counted,
      onEpoch,
      epochs: 5,
    });
    expect(listeners).toBe(0);
  });
});

describe("epochs", () => {
  test("left by break, return() or an error in the loop, have the model at the last finished epoch", () => {
    for (const leave of ["break", "throw", "return"]) {
      const run = made();
      const stepped = epochs(run.model, run.x, run.y, { optimizer: run.optimizer });
      const loop = () => {
        for (const { epoch } of stepped) {
          if (epoch < 3) continue;
          if (leave === "break") break;
          if (leave === "throw") throw reason;
          stepped.return?.();
        }
      };
      if (leave === "throw") expect(loop).toThrow(reason);
      else loop();
      expect(stepped.next().done).toBe(true);
      expectAt(run, 4);
    }
  });

  test("return what fit resolves to", () => {
    const { model, x, y, optimizer } = made();
    const run = epochs(model, x, y, { optimizer, epochs: 1 });
    expect(run[Symbol.iterator]()).toBe(run);
    expect(run.next()).toMatchObject({ done: false, value: { epoch: 0, epochs: 1 } });
    expect(run.next()).toMatchObject({ done: true, value: { completed: 1, stopReason: "limit", optimizer } });
    expect(run.next()).toEqual({ done: true, value: undefined });
  });
});
