import { describe, expect, test } from "vitest";
import {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  type CrossEntropyLossOptions,
  evaluate,
  fitSync,
  HuberLoss,
  L1Loss,
  Linear,
  MSELoss,
  manualSeed,
  predict,
  rand,
  randn,
  Sequential,
  Sigmoid,
  softmax,
  Tanh,
  type Tensor,
} from "../../../src/index.js";
import type { Criterion } from "../../../src/nn/losses/criterion.js";
import { bits, byHand, job } from "./by-hand.js";

type Case = { loss: () => Criterion; y: (rows: number) => Tensor | number[]; outputs: number };

const classes = (rows: number) => Array.from({ length: rows }, (_, i) => (i * 7) % 3);
const probabilities = (rows: number) => softmax(randn(rows, 3));
const cases: Record<string, Case> = {};
for (const reduction of ["mean", "sum"] as const) {
  const add = (name: string, loss: () => Criterion, y: Case["y"], outputs: number) => {
    cases[`${name}, ${reduction}`] = { loss, y, outputs };
  };
  add(
    "MSELoss",
    () => new MSELoss({ reduction }),
    (rows) => randn(rows, 2),
    2,
  );
  add(
    "MSELoss of flat targets",
    () => new MSELoss({ reduction }),
    (rows) => randn(rows),
    1,
  );
  add(
    "L1Loss",
    () => new L1Loss({ reduction }),
    (rows) => randn(rows, 2),
    2,
  );
  add(
    "HuberLoss",
    () => new HuberLoss({ reduction, delta: 0.7 }),
    (rows) => randn(rows, 2),
    2,
  );
  add(
    "BCEWithLogitsLoss",
    () => new BCEWithLogitsLoss({ reduction }),
    (rows) => rand(rows, 2),
    2,
  );
  add(
    "BCELoss",
    () => new BCELoss({ reduction }),
    (rows) => rand(rows, 2),
    2,
  );
  const settings: CrossEntropyLossOptions[] = [
    {},
    { weight: [1, 0, 2.5] },
    { labelSmoothing: 0.1 },
    { labelSmoothing: 0.3, weight: [0.2, 3, 0.1] },
  ];
  for (const own of settings) {
    const loss = () => new CrossEntropyLoss({ reduction, ...own });
    add(`CrossEntropyLoss of indices ${JSON.stringify(own)}`, loss, classes, 3);
    add(`CrossEntropyLoss of probabilities ${JSON.stringify(own)}`, loss, probabilities, 3);
  }
}

/** The case from a seed, so that it can be made twice. */
function made({ loss, y, outputs }: Case, rows: number) {
  manualSeed(11);
  const layers = [new Linear(4, 6), new Tanh(), new Linear(6, outputs)];
  const criterion = loss();
  const model = new Sequential(...layers, ...(criterion instanceof BCELoss ? [new Sigmoid()] : []));
  return job(model, randn(rows, 4), y(rows), criterion, { variant: "irprop+" });
}

describe.each(Object.entries(cases))("%s", (_, each) => {
  test.each([1, 256, 600])("a run over %i rows equals the loop written by hand, to the bit", (rows) => {
    const [hand, run] = [made(each, rows), made(each, rows)];
    const losses = byHand(hand, 12);
    const result = fitSync(run.model, run.x, run.y, { loss: run.loss, optimizer: run.optimizer, epochs: 12 });
    expect([...result.losses, result.loss]).toEqual(losses);
    expect(bits(run)).toEqual(bits(hand));
    expect(new Set(losses).size).toBeGreaterThan(3);
  });

  test.each([5, 257, 1000])("evaluate over %i rows gives what forward gives", (rows) => {
    const { model, x, y, loss } = made(each, rows);
    const value = evaluate(model, x, y, loss);
    expect(value).toBe(loss.forward(model.forward(x), y).item());
    expect(value).toBe(loss.forward(predict(model, x), y).item());
    expect(value).toBe(fitSync(model, x, y, { loss, epochs: 1 }).losses[0]);
  });

  test("result.loss is what evaluate gives for the model as it is then; validation losses too", () => {
    const { model, x, y, loss } = made(each, 300);
    const [heldX, heldY] = [randn(90, 4), each.y(90)];
    const result = fitSync(model, x, y, { loss, epochs: 7, validation: { x: heldX, y: heldY } });
    expect(result.loss).toBe(evaluate(model, x, y, loss));
    expect(result.validationLoss).toBe(evaluate(model, heldX, heldY, loss));
  });
});
