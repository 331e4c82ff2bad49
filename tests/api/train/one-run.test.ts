import { describe, expect, test } from "vitest";
import {
  epochs,
  fingerprint,
  fit,
  fitSync,
  Linear,
  type Module,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { eventually } from "../../support/gc.js";

const [x, y] = [randn(5, 2), randn(5, 2)];

describe("two runs on one model at a time", () => {
  const message = "this model is being trained: wait for that run, or call return() on what epochs() gave";
  const make = () => new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 2));

  test("are refused, for parts of it too, until the first has ended", async () => {
    const trained = make();
    let over = false;
    const first = fit(trained, x, y, { epochs: 1e9, yieldEvery: 0, onEpoch: () => !over });
    const [layer] = trained.modules as [Module];
    for (const other of [trained, layer, new Sequential(layer)]) {
      expect(() => fitSync(other, x, randn(5, 3))).toThrow(message);
      await expect(fit(other, () => [{ x, y }])).rejects.toThrow(message);
    }
    expect(() => epochs(trained, x, y)).toThrow(message);
    over = true;
    await first;
    expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
  });

  test("inside onEpoch are refused, and end the first", () => {
    const trained = make();
    expect(() => fitSync(trained, x, y, { onEpoch: () => fitSync(trained, x, y) })).toThrow(message);
    expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
  });

  test("are allowed again after return(), also of a run that was never begun", () => {
    const trained = make();
    const state = fingerprint(trained);
    const never = epochs(trained, x, y);
    expect(() => fitSync(trained, x, y)).toThrow(message);
    expect(never.return?.()).toEqual({ done: true, value: undefined });
    never.return?.();
    expect(never.next().done).toBe(true);
    expect(fingerprint(trained)).toBe(state);
    const begun = epochs(trained, x, y);
    begun.next();
    begun.return?.();
    expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
  });

  test("are allowed after a refusal", () => {
    const trained = make();
    expect(() => fitSync(trained, [NaN, 1], [1, 1])).toThrow(`"x": row 0`);
    expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
  });

  test("are allowed once a run that nobody has ended is collected", async () => {
    const trained = make();
    (() => void epochs(trained, x, y).next())();
    expect(() => fitSync(trained, x, y)).toThrow(message);
    await eventually(() => false, 5); // nothing may look for it meanwhile
    expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
  });
});

test.each(["next", "return"] as const)(
  "%s() of a run, called by the source that it is reading, is refused in words, and ends the run or does not",
  (method) => {
    for (const caught of [true, false]) {
      let [reads, asking] = [0, true];
      const source = () => {
        if (reads++ > 1 && asking) {
          asking = false;
          const ask = () => run[method]();
          const message = "a source cannot call next() or return() of its own run";
          if (caught) expect(ask).toThrow(message);
          else ask();
        }
        return [{ x, y }];
      };
      const trained = new Linear(2, 2);
      const run = epochs(trained, source, { epochs: 4 });
      const go = () => Array.from(run).length;
      if (caught) expect(go()).toBe(4);
      else expect(go).toThrow(/^a source cannot call/);
      expect(run.next().done).toBe(true);
      run.return();
      expect(fitSync(trained, x, y, { epochs: 1 }).completed).toBe(1);
    }
  },
);
