import { describe, expect, test } from "vitest";
import {
  type EpochRecord,
  evaluate,
  type FitOptions,
  fitSync,
  Generator,
  Linear,
  MSELoss,
  manualSeed,
  Normalization,
  Rprop,
  type RpropOptions,
  randn,
  Sequential,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, job } from "./by-hand.js";

function made(options: RpropOptions = {}) {
  manualSeed(9);
  const [x, y] = [randn(30, 3), randn(30, 1)];
  const layers = [new Linear(3, 4), new Tanh(), new Linear(4, 1)];
  return job(new Sequential(new Normalization(x), ...layers), x, y, new MSELoss(), options);
}

/** A start from the weights that this seed draws. */
function fresh(seed: number, options: RpropOptions = {}) {
  const { model, ...others } = made(options);
  const generator = new Generator(seed);
  const drawn = [
    new Linear(3, 4, { generator }).parameters(),
    new Linear(4, 1, { generator }).parameters(),
  ].flat();
  model.parameters().forEach((parameter, i) => {
    parameter.data.set(drawn[i]!.data);
  });
  return { ...others, model, optimizer: new Rprop(model.parameters(), options) };
}

const EPOCHS = 15;

describe("restarts", () => {
  test("end with the start that reaches the target", () => {
    const starts = new Set<number | undefined>();
    const { model, x, y, optimizer } = made();
    const options = {
      epochs: 400,
      optimizer,
      restarts: 5,
      onEpoch: (at: EpochRecord) => void starts.add(at.restart),
    };
    const { loss: first } = fitSync(made().model, x, y, { epochs: 400 });
    const { stopReason, loss } = fitSync(model, x, y, { ...options, targetLoss: first });
    expect([stopReason, [...starts]]).toEqual(["target", [0]]);
    expect(loss).toBeLessThanOrEqual(first);
  });

  test("train from the model's weights, then from those of the seeds after `seed`; the best is kept", () => {
    for (const seed of [0, 5, 40, -3]) {
      const starts = [made(), fresh(seed + 1), fresh(seed + 2), fresh(seed + 3)];
      const losses = starts.map((start) => byHand(start, EPOCHS));
      const last = losses.map((each) => each[EPOCHS]!);
      const best = last.indexOf(Math.min(...last));
      const run = made();
      const result = fitSync(run.model, run.x, run.y, {
        optimizer: run.optimizer,
        epochs: EPOCHS,
        restarts: 4,
        seed,
      });
      expect([...result.losses, result.loss]).toEqual(losses[best]);
      expect(bits(run)).toEqual(bits(starts[best]!));
      expect(result).toMatchObject({ completed: EPOCHS, stopReason: "limit", bestEpoch: EPOCHS });
    }
  });

  test("say in records which start an epoch belongs to", () => {
    const { model, x, y } = made();
    const seen: unknown[] = [];
    const onEpoch: FitOptions["onEpoch"] = ({ restart, epoch }) => void seen.push([restart, epoch]);
    fitSync(model, x, y, { epochs: 2, restarts: 3, onEpoch });
    expect(seen).toEqual([0, 1, 2].flatMap((restart) => [0, 1].map((epoch) => [restart, epoch])));
    fitSync(model, x, y, { epochs: 1, onEpoch: (record) => expect(record).not.toHaveProperty("restart") });
  });

  test("are compared by validation loss where there is one; each comes back to its best epoch", () => {
    const validation = { x: randn(40, 3), y: randn(40, 1) };
    const run = made();
    const options = { epochs: 30, validation };
    const alone = [made(), fresh(1), fresh(2), fresh(3)].map((start) => {
      const { model, x, y, optimizer } = start;
      return { start, result: fitSync(model, x, y, { ...options, optimizer }) };
    });
    const lowest = Math.min(...alone.map(({ result }) => result.validationLoss!));
    const best = alone.find(({ result }) => result.validationLoss === lowest)!;
    const result = fitSync(run.model, run.x, run.y, { ...options, optimizer: run.optimizer, restarts: 4 });
    const apart = { optimizer: null, milliseconds: 0 };
    expect({ ...result, ...apart }).toEqual({ ...best.result, ...apart });
    expect(bits(run)).toEqual(bits(best.start));
    expect(result.loss).toBe(evaluate(run.model, run.x, run.y, new MSELoss()));
  });

  test("keep the steps that an optimizer had taken before, where the first start is the best", () => {
    const [hand, run] = [made({ variant: "irprop+" }), made({ variant: "irprop+" })];
    for (const each of [hand, run]) byHand(each, 200);
    byHand(hand, 10);
    const result = fitSync(run.model, run.x, run.y, { optimizer: run.optimizer, epochs: 10, restarts: 3 });
    expect(result.optimizer.state(run.model.parameters()[0]!).step).toBe(210);
    expect(bits(run)).toEqual(bits(hand));
  });

  test("forget the steps that an optimizer had taken before, where a later start is the best", () => {
    const run = made();
    const bad = new Rprop(run.model.parameters(), { maximize: true });
    byHand({ ...run, optimizer: bad }, 60);
    byHand(run, 5);
    const result = fitSync(run.model, run.x, run.y, { optimizer: run.optimizer, epochs: 8, restarts: 2 });
    const hand = fresh(1);
    expect([...result.losses, result.loss]).toEqual(byHand(hand, 8));
    expect(bits(run)).toEqual(bits(hand));
  });

  test("of the same loss leave the first", () => {
    const linear = new Linear(2, 1, { bias: false });
    const before = linear.weight.toArray();
    const x = [0, 0, 0, 0];
    expect(fitSync(linear, x, [1, 1], { restarts: 5, epochs: 3 }).loss).toBe(1);
    expect(linear.weight.toArray()).toEqual(before);
  });

  test("draw nothing new for parameters that are not trained", () => {
    const { model, x, y } = made();
    const [weight, bias] = model.parameters();
    const frozen = weight!.toArray();
    const optimizer = new Rprop([bias!]);
    const drawn = new Set<number>();
    const onEpoch = () => {
      expect(weight!.toArray()).toEqual(frozen);
      drawn.add(bias!.data[0]!);
    };
    const { loss } = fitSync(model, x, y, { optimizer, epochs: 1, restarts: 4, onEpoch });
    expect(drawn.size).toBe(4);
    expect(loss).toBe(evaluate(model, x, y, new MSELoss()));
  });

  test("begin within the bounds of the optimizer", () => {
    const { model, ...others } = made();
    for (const parameter of model.parameters()) parameter.data.fill(0);
    const run = { ...others, model, optimizer: new Rprop(model.parameters(), { bounds: [-0.1, 0.25] }) };
    const seen: number[] = [];
    const onEpoch = () => void seen.push(...run.model.parameters().flatMap((p) => p.toArray()));
    const { optimizer } = run;
    fitSync(run.model, run.x, run.y, { optimizer, epochs: 1, restarts: 5, onEpoch });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(Math.fround(-0.1));
    expect(Math.max(...seen)).toBe(0.25);
    byHand(run, 1); // the optimizer takes what the run left
  });

  test("whose first loss is not finite lose against any other, whatever their number", () => {
    // 3e38 · w overflows where |w| is large, and NaN is what becomes of ∞ − ∞.
    const build = (weight: number) => {
      manualSeed(1);
      const model = new Sequential(new Linear(1, 2, { bias: false }), new Linear(2, 1, { bias: false }));
      for (const parameter of model.parameters()) parameter.data.fill(weight);
      return model;
    };
    const x = [3.4e38, -3.4e38];
    for (const maximize of [false, true]) {
      const model = build(1e-36);
      const optimizer = new Rprop(model.parameters(), { maximize, lr: 0, stepSizes: [0, 0] });
      const result = fitSync(model, x, [0, 0], { optimizer, epochs: 3, restarts: 8 });
      expect(result).toMatchObject({ stopReason: "converged", completed: 2 });
      expect(Number.isFinite(result.loss)).toBe(true);
      expect(model.parameters()[0]!.data[0]).toBe(Math.fround(1e-36));
    }
  });

  test("end with the run when onEpoch stops it, and the best so far is kept", () => {
    const run = made();
    const result = fitSync(run.model, run.x, run.y, {
      optimizer: run.optimizer,
      epochs: EPOCHS,
      restarts: 100,
      onEpoch: ({ restart, epoch }) => restart !== 1 || epoch !== 0,
    });
    const hand = made();
    const losses = byHand(hand, EPOCHS);
    expect([...result.losses, result.loss, result.stopReason]).toEqual([...losses, "limit"]);
    expect(bits(run)).toEqual(bits(hand));
  });
});
