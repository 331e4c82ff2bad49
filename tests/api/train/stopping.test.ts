import { describe, expect, test } from "vitest";
import {
  type EpochRecord,
  evaluate,
  fitSync,
  Linear,
  MSELoss,
  manualSeed,
  Rprop,
  type RpropOptions,
  type RpropVariant,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, job } from "./by-hand.js";

function made(options: RpropOptions = {}, rows = 40) {
  manualSeed(6);
  const [x, y] = [randn(rows, 3), randn(rows, 1)];
  const model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1));
  return job(model, x, y, new MSELoss(), options);
}

/** One weight at a value, with what it has to become: the loss is (w − aim)². */
function slope(weight: number, options: RpropOptions = {}) {
  const model = new Linear(1, 1, { bias: false });
  model.weight.data[0] = weight;
  return { model, optimizer: new Rprop(model.parameters(), options) };
}

describe("a run ends", () => {
  test("at its last epoch, with the loss after the last step", () => {
    const { model, x, y } = made();
    const result = fitSync(model, x, y, { epochs: 5 });
    expect([result.losses.length, result.completed, result.stopReason]).toEqual([5, 5, "limit"]);
    expect(result.loss).toBe(evaluate(model, x, y, new MSELoss()));
    expect(fitSync(model, x, y).completed).toBe(100);
    const wait = () => {
      const begin = performance.now();
      while (performance.now() - begin < 10);
    };
    expect(fitSync(model, x, y, { epochs: 1, onEpoch: wait }).milliseconds).toBeGreaterThanOrEqual(10);
    expect(Object.keys(result)).not.toContain("validationLosses");
  });

  test("at the target, before the step that would follow", () => {
    const [hand, run] = [made(), made()];
    const losses = byHand(hand, 30);
    const targetLoss = losses[17]!;
    const result = fitSync(run.model, run.x, run.y, { optimizer: run.optimizer, targetLoss });
    expect(result).toMatchObject({ completed: 17, stopReason: "target", loss: targetLoss, bestEpoch: 17 });
    expect([...result.losses]).toEqual(losses.slice(0, 17));
    const same = made();
    byHand(same, 17);
    expect(bits(run)).toEqual(bits(same));
  });

  test("at a target that is there at the start or after the last step", () => {
    const { model, x, y } = made();
    const before = model.parameters().map((p) => p.toArray());
    expect(fitSync(model, x, y, { targetLoss: 1e9 })).toMatchObject({ completed: 0, stopReason: "target" });
    expect(model.parameters().map((p) => p.toArray())).toEqual(before);
    const [hand, run] = [made(), made()];
    const losses = byHand(hand, 9);
    const result = fitSync(run.model, run.x, run.y, { epochs: 9, targetLoss: losses[9]! });
    expect(result).toMatchObject({ completed: 9, stopReason: "target", loss: losses[9] });
  });

  test("under maximize, at a target from below", () => {
    const [hand, run] = [made({ maximize: true }), made({ maximize: true })];
    const losses = byHand(hand, 10);
    const result = fitSync(run.model, run.x, run.y, { optimizer: run.optimizer, targetLoss: losses[6]! });
    expect(losses[6]).toBeGreaterThan(losses[0]!);
    expect(result).toMatchObject({ completed: 6, stopReason: "target", bestEpoch: 6 });
  });

  test.each([
    [0, 2, 6, "limit"],
    [17, 2, 6, "limit"], // lower by 19, then by 17 and 32, then by 13 and 24
    [17, 1, 2, "patience"],
    [18, 1, 2, "patience"],
    [19, 1, 1, "patience"], // 19 is not more
    [30, 2, 4, "patience"],
    [1000, 5, 5, "patience"],
  ])("by minDelta %d and patience %i after %i steps: %s", (minDelta, patience, completed, stopReason) => {
    const { model, optimizer } = slope(0, { lr: 1, stepSizes: [1, 1], variant: "rprop-" });
    // Losses 100, 81, 64, 49, 36, 25, 16.
    const result = fitSync(model, [1], [10], { optimizer, patience, minDelta, epochs: 6 });
    expect(result).toMatchObject({ completed, stopReason, bestEpoch: completed });
  });

  test.each<RpropVariant>(["irprop-", "irprop+", "rprop-", "rprop+"])(
    "converged by %s, once two steps running have changed no parameter",
    (variant) => {
      const atRest = slope(2, { variant });
      const there = fitSync(atRest.model, [1, 3], [2, 6], { optimizer: atRest.optimizer });
      expect(there).toMatchObject({ completed: 2, stopReason: "converged", loss: 0, bestEpoch: 0 });
      expect([...there.losses]).toEqual([0, 0]);
      expect(atRest.optimizer.state(atRest.model.weight).step).toBe(2);
      const held = slope(0, { variant, stepSizes: [0, 0] });
      const stuck = fitSync(held.model, [1], [10], { optimizer: held.optimizer });
      expect(stuck).toMatchObject({ completed: 2, stopReason: "converged", loss: 100 });
    },
  );

  test("converged not by steps without a change that do not follow each other", () => {
    // After every flip the one weight stays for one step.
    const { model, optimizer } = slope(0, { lr: 1 });
    const { losses, stopReason } = fitSync(model, [1], [0.3], { optimizer, epochs: 30 });
    expect(losses.filter((loss, e) => loss === losses[e - 1]).length).toBeGreaterThan(3);
    expect(stopReason).toBe("limit");
  });

  test("converged not by steps that are too small to change a weight, as long as they grow", () => {
    const { model } = slope(1e6);
    const result = fitSync(model, [1], [1]);
    expect(result.losses[2]).toBe(result.losses[0]); // 0.01, 0.012 and 0.0144 are lost beside a million
    expect([result.stopReason, result.completed]).toEqual(["limit", 100]);
    expect(result.loss).toBeLessThan(result.losses[0]!);
  });

  test("converged where no float32 is nearer to the minimum", () => {
    const { model, optimizer } = slope(0, { lr: 1, stepSizes: [0, 50] });
    const result = fitSync(model, [1], [0.3], { optimizer, epochs: 1000 });
    expect(result.stopReason).toBe("converged");
    expect(Math.abs(model.weight.item() - 0.3)).toBeLessThan(1e-7);
  });

  test("converged not by a loss that stays while parameters move", () => {
    // From -0.5 to 0.5 and back, over the minimum at 0.
    const far = slope(-0.5, { lr: 1, stepSizes: [1, 1], variant: "rprop-" });
    const back = fitSync(far.model, [1], [0], { optimizer: far.optimizer, epochs: 12 });
    expect([...back.losses]).toEqual(Array(12).fill(0.25));
    expect(back.stopReason).toBe("limit");
  });
});

describe("a run diverges", () => {
  test("where not even the first loss is finite: nothing is changed", () => {
    const { model, optimizer } = slope(3e38);
    const result = fitSync(model, [10], [0], { optimizer });
    expect(result).toMatchObject({ completed: 0, stopReason: "diverged", loss: Infinity, bestEpoch: 0 });
    expect(result.losses).toHaveLength(0);
    expect(model.weight.item()).toBe(Math.fround(3e38));
    const half = { x: [1], y: [1] };
    const checked = fitSync(model, [10], [0], { optimizer, validation: half });
    expect([checked.validationLosses, checked.validationLoss]).toEqual([new Float64Array(0), NaN]);
  });

  test.each<RpropVariant>(["irprop-", "irprop+", "rprop-", "rprop+"])(
    "by %s later: parameters and optimizer come back with the last loss that was finite",
    (variant) => {
      const options = { lr: 1, etas: [0.5, 4], stepSizes: [1, 3e38], maximize: true, variant } as const;
      const [hand, run] = [slope(1, options), slope(1, options)];
      const rows = { x: [1e9], y: [0] };
      const result = fitSync(run.model, rows.x, rows.y, { optimizer: run.optimizer });
      const { completed } = result;
      expect(result.stopReason).toBe("diverged");
      expect(completed).toBeGreaterThan(5);
      expect([...result.losses, result.loss].every(Number.isFinite)).toBe(true);
      expect(result.loss).toBe(evaluate(run.model, rows.x, rows.y, new MSELoss()));
      const losses = byHand({ ...hand, ...rows, loss: new MSELoss() }, completed);
      expect([...result.losses, result.loss]).toEqual(losses);
      expect(bits(run)).toEqual(bits(hand));
      expect(byHand({ ...hand, ...rows, loss: new MSELoss() }, 1)[1]).toBe(Infinity);
      expect(result.bestEpoch).toBe(completed); // the highest, under maximize
    },
  );

  test("in the middle of a run with validation: both losses are those of the last that was finite", () => {
    const options = { lr: 1, etas: [0.5, 4], stepSizes: [1, 3e38], maximize: true } as const;
    const [run, plain] = [slope(1, options), slope(1, options)];
    const validation = { x: [2], y: [1] };
    const settings = { optimizer: run.optimizer, validation, keepBest: false };
    const result = fitSync(run.model, [1e9], [0], settings);
    const expected = fitSync(plain.model, [1e9], [0], { optimizer: plain.optimizer });
    expect(result.stopReason).toBe("diverged");
    expect([...result.losses]).toEqual([...expected.losses]);
    expect(result.loss).toBe(expected.loss);
    expect(bits(run)).toEqual(bits(plain));
    expect(result.validationLosses).toHaveLength(result.completed);
    const { x, y } = validation;
    expect(result.validationLoss).toBe(evaluate(run.model, x, y, new MSELoss()));
  });

  test("after the last epoch, or where onEpoch stops it, too", () => {
    const start = (options: object) => {
      const run = slope(1, { lr: 1, etas: [0.5, 4], stepSizes: [1, 3e38], maximize: true });
      const result = fitSync(run.model, [1e9], [0], { optimizer: run.optimizer, ...options });
      expect(result.stopReason).toBe("diverged");
      return { ...result, optimizer: bits(run), milliseconds: 0 };
    };
    const expected = start({});
    const { completed } = expected;
    expect(start({ epochs: completed + 1 })).toEqual(expected);
    expect(start({ onEpoch: ({ epoch }: EpochRecord) => epoch < completed })).toEqual(expected);
  });
});

describe("nonFinite: throw", () => {
  test("ends the run with the optimizer's error, the model at the last finished epoch", () => {
    const options: RpropOptions = { nonFinite: "throw", lr: 1e-3, maximize: true };
    // The loss, (x · w)², stays finite, while its gradient, 2 · x² · w, does not.
    const [hand, run] = [slope(0.01, options), slope(0.01, options)];
    const rows = { x: [1e20], y: [0] };
    const losses: number[] = [];
    const start = () =>
      fitSync(run.model, rows.x, rows.y, {
        optimizer: run.optimizer,
        onEpoch: ({ loss }) => void losses.push(loss),
      });
    expect(start).toThrow(`"params[0].grad": expected finite gradients under nonFinite: "throw", got 1 of 1`);
    byHand({ ...hand, ...rows, loss: new MSELoss() }, losses.length);
    expect(bits(run)).toEqual(bits(hand));
    expect(start).toThrow("nonFinite"); // free again, and as before
  });
});
