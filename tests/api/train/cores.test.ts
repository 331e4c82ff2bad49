import { describe, expect, test } from "vitest";
import {
  CrossEntropyLoss,
  fingerprint,
  fitSync,
  GELU,
  HuberLoss,
  Linear,
  type Module,
  MSELoss,
  manualSeed,
  Normalization,
  predict,
  Rprop,
  type RpropOptions,
  randn,
  Sequential,
  SiLU,
  Softplus,
  Tanh,
  type Values,
} from "../../../src/index.js";
import type { Criterion } from "../../../src/nn/losses/criterion.js";

type Case = [
  name: string,
  make: () => { model: Module; x: Values; y: Values; loss: Criterion; options?: RpropOptions },
  fingerprint: string,
  loss: number,
];

const classes = (rows: number) => Array.from({ length: rows }, (_, i) => (i * i) % 5);

/** Recorded once; both cores have to give them. */
const CASES: Case[] = [
  [
    "a linear model",
    () => ({ model: new Linear(7, 3), x: randn(500, 7), y: randn(500, 3), loss: new MSELoss() }),
    "f882795a780c5eeb",
    0.9505600333213806,
  ],
  [
    "a network of raw numbers, by irprop+ with weight decay",
    () => {
      const [x, y] = [randn(777, 6), randn(777, 2)];
      const layers = [new Linear(6, 20), new Tanh(), new Linear(20, 9), new SiLU(), new Linear(9, 2)];
      const model = new Sequential(new Normalization(x), ...layers, new Normalization(y, { invert: true }));
      return { model, x, y, loss: new HuberLoss(), options: { variant: "irprop+", weightDecay: 1e-3 } };
    },
    "86dfde9530becc71",
    0.4000774025917053,
  ],
  [
    "a classifier, by rprop+ within bounds",
    () => {
      const model = new Sequential(new Linear(3, 17), new GELU(), new Linear(17, 5), new Softplus());
      const loss = new CrossEntropyLoss({ labelSmoothing: 0.1, weight: [1, 2, 3, 4, 0] });
      const options: RpropOptions = { variant: "rprop+", bounds: [-1, 1] };
      return { model, x: randn(300, 3), y: classes(300), loss, options };
    },
    "5df869bb6bcc6bcd",
    0.9937847852706909,
  ],
];

describe("runs give the same bits on either core", () => {
  test.each(CASES)("%s", (_, make, print, value) => {
    manualSeed(2);
    const { model, x, y, loss, options } = make();
    const optimizer = new Rprop(model.parameters(), options);
    const result = fitSync(model, x, y, { loss, optimizer, epochs: 60 });
    expect([fingerprint(model), result.loss]).toEqual([print, value]);
    expect(predict(model, x).toArray()).toEqual(model.forward(x).toArray());
  });
});
