import { describe, expect, test } from "vitest";
import {
  evaluate,
  type FitOptions,
  fitSync,
  Linear,
  MSELoss,
  manualSeed,
  Rprop,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, job } from "./by-hand.js";

/** Few rows of noise and many weights: the validation loss has its minimum early. */
function made() {
  manualSeed(8);
  const [x, y] = [randn(12, 3), randn(12, 1)];
  const model = new Sequential(new Linear(3, 20), new Tanh(), new Linear(20, 1));
  const validation = { x: randn(30, 3), y: randn(30, 1) };
  return { ...job(model, x, y, new MSELoss(), { variant: "irprop+" }), validation };
}

const lowest = (losses: readonly number[]) => losses.indexOf(Math.min(...losses));

describe("validation", () => {
  test("losses are those of the model before each step, and leave training as it is", () => {
    const [hand, run, plain] = [made(), made(), made()];
    const { validation, optimizer } = run;
    const result = fitSync(run.model, run.x, run.y, { optimizer, validation, keepBest: false, epochs: 30 });
    const expected = Array.from({ length: 31 }, () => {
      const loss = evaluate(hand.model, validation.x, validation.y, new MSELoss());
      byHand(hand, 1);
      return loss;
    });
    expect([...result.validationLosses!, result.validationLoss]).toEqual(expected);
    expect(result.bestEpoch).toBe(lowest(expected));
    const without = fitSync(plain.model, plain.x, plain.y, { optimizer: plain.optimizer, epochs: 30 });
    expect([result.losses, result.loss]).toEqual([without.losses, without.loss]);
    expect(bits(run)).toEqual(bits(plain));
  });

  test("is what records have, and what patience watches", () => {
    const [run, again] = [made(), made()];
    const { validation } = run;
    const seen: unknown[] = [];
    const result = fitSync(run.model, run.x, run.y, {
      validation,
      epochs: 200,
      patience: 7,
      onEpoch: ({ loss, validationLoss }) => void seen.push([loss, validationLoss]),
    });
    expect(result.stopReason).toBe("patience");
    expect(result.completed).toBe(result.bestEpoch + 7);
    expect(seen).toEqual([...result.losses].map((loss, e) => [loss, result.validationLosses?.[e]]));
    const longer = fitSync(again.model, again.x, again.y, {
      validation,
      epochs: 200,
      patience: 7,
      minDelta: 1e3,
    });
    expect(longer).toMatchObject({ completed: 7, stopReason: "patience" });
  });

  test("of losses that are not finite never is the best, not even where there are no others", () => {
    for (const y of [3e38, -3e38]) {
      const { model, x, optimizer } = made();
      const targets = randn(12, 1);
      const before = bits({ model, optimizer });
      const validation = { x: [[1, 1, 1]], y: [y] };
      const result = fitSync(model, x, targets, { optimizer, validation, epochs: 5 });
      expect(result).toMatchObject({ bestEpoch: 0, validationLoss: Infinity, loss: result.losses[0] });
      expect(result.loss).toBe(evaluate(model, x, targets, new MSELoss()));
      expect(bits({ model, optimizer })).toEqual(before);
    }
  });
});

describe("keepBest", () => {
  test("brings model and optimizer back to the epoch of the best validation loss, where there is validation", () => {
    const [hand, run] = [made(), made()];
    const { validation, optimizer } = run;
    const result = fitSync(run.model, run.x, run.y, { optimizer, validation, epochs: 60 });
    const { bestEpoch, validationLosses, losses } = result;
    expect(bestEpoch).toBe(lowest([...validationLosses!]));
    expect(bestEpoch).toBeGreaterThan(0);
    expect(bestEpoch).toBeLessThan(60);
    byHand(hand, bestEpoch);
    expect(bits(run)).toEqual(bits(hand));
    expect(result).toMatchObject({
      completed: 60,
      loss: losses[bestEpoch],
      validationLoss: validationLosses![bestEpoch],
    });
    expect(result.loss).toBe(evaluate(run.model, run.x, run.y, new MSELoss()));
    // And from there a run goes on as the loop by hand would.
    fitSync(run.model, run.x, run.y, { optimizer: result.optimizer, epochs: 3 });
    byHand(hand, 3);
    expect(bits(run)).toEqual(bits(hand));
  });

  test("without validation, by the training loss, and only where it is asked for", () => {
    const options = { lr: 1.5, stepSizes: [1, 2] } as const;
    const start = (own: FitOptions) => {
      const { model, x, y } = made();
      const optimizer = new Rprop(model.parameters(), options);
      const result = fitSync(model, x, y, { optimizer, epochs: 25, ...own });
      expect(result.loss).toBe(evaluate(model, x, y, new MSELoss()));
      return result;
    };
    const [kept, last] = [start({ keepBest: true }), start({})];
    expect(kept.losses).toEqual(last.losses);
    expect(kept.bestEpoch).toBe(lowest([...kept.losses]));
    expect(kept.loss).toBe(kept.losses[kept.bestEpoch]);
    expect(last.loss).toBeGreaterThan(kept.loss);
    expect(last.bestEpoch).toBe(kept.bestEpoch);
  });

  test("keeps the last where that is the best", () => {
    const { model, x, y } = made();
    const result = fitSync(model, x, y, { keepBest: true, epochs: 12, validation: { x, y } });
    expect(result.bestEpoch).toBe(12);
    expect(result.validationLoss).toBe(result.loss);
    expect(result.loss).toBe(evaluate(model, x, y, new MSELoss()));
  });

  test("under maximize, by the highest", () => {
    const { model, x, y, validation } = made();
    const optimizer = new Rprop(model.parameters(), { maximize: true, lr: 0.5 });
    const result = fitSync(model, x, y, { optimizer, validation, epochs: 20 });
    const all = [...result.validationLosses!];
    expect(result.validationLoss).toBeGreaterThanOrEqual(Math.max(...all));
  });
});

describe("a share for validation", () => {
  const rows = Array.from({ length: 50 }, (_, i) => [i, -i]);
  const start = (validation: number, count: number, seed?: number) => {
    manualSeed(1);
    const model = new Linear(2, 1);
    const before = model.stateDict();
    const x = rows.slice(0, count);
    const y = x.map(([a]) => 2 * a! + 1);
    const options: FitOptions = { validation, epochs: 1, ...(seed === undefined ? {} : { seed }) };
    return { model, before, x, y, result: fitSync(model, x, y, options) };
  };

  test("is drawn by the seed: the same for the same, another for another", () => {
    const losses = [undefined, 0, 1, 2, 1].map((seed) => start(0.3, 50, seed).result.validationLosses![0]);
    expect(losses[0]).toBe(losses[1]);
    expect(losses[2]).toBe(losses[4]);
    expect(new Set(losses).size).toBe(3);
  });

  test.each([
    [0.3, 50, 15],
    [0.01, 50, 1],
    [0.999, 50, 49],
    [0.5, 2, 1],
    [0.1, 2, 1],
    [0.5, 3, 2],
  ])("of %d holds back, of %i rows, %i; the others are trained on", (share, count, held) => {
    const { before, x, y, result } = start(share, count);
    const model = new Linear(2, 1);
    model.loadStateDict(before);
    // All rows are in one of the two: the sums of squares add up.
    const sum = evaluate(model, x, y, new MSELoss({ reduction: "sum" }));
    const parts = held * result.validationLosses![0]! + (count - held) * result.losses[0]!;
    expect(parts / sum).toBeCloseTo(1, 5);
  });

  test("keeps rows and their targets together, in order, whatever they are", () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const model = new Linear(1, 1, { bias: false });
      model.weight.data[0] = 1;
      // Every row fits its own target alone, so both losses are 0 only if none is beside another's.
      const x = Array.from({ length: 9 }, (_, i) => 3 ** i);
      const { losses, validationLosses } = fitSync(model, x, x, { validation: 0.3, seed, epochs: 1 });
      expect([losses[0], validationLosses![0]]).toEqual([0, 0]);
      const off = fitSync(
        model,
        x,
        x.map((v) => v + Math.sqrt(v)),
        { validation: 1 / 9, seed, epochs: 1 },
      );
      seen.add(Math.round(Math.log(off.validationLosses![0]!) / Math.log(3)));
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]); // each row is held back by some seed
  });

  test("names rows by their place in what was given", () => {
    const model = new Linear(1, 1);
    const x = Array.from({ length: 30 }, () => 1);
    for (const seed of [0, 1, 2, 3]) {
      const [badX, badY] = [x.with(23, NaN), x.with(29, -Infinity)];
      const options = { validation: 0.5, seed };
      expect(() => fitSync(model, badX, x, options)).toThrow(`"x": row 23, column 0 is NaN`);
      expect(() => fitSync(model, x, badY, options)).toThrow(`"y": row 29, column 0 is -Infinity`);
    }
  });

  test("needs two rows, and is between 0 and 1", () => {
    const model = new Linear(1, 1);
    expect(() => fitSync(model, [1], [1], { validation: 0.5 })).toThrow(
      `"x": expected at least two rows for a validation share, got 1`,
    );
    for (const validation of [0, 1, -0.1, 1.5, NaN]) {
      expect(() => fitSync(model, [1, 2], [1, 2], { validation })).toThrow(
        `"validation": expected { x, y } or a number between 0 and 1, got ${validation}`,
      );
    }
  });
});
