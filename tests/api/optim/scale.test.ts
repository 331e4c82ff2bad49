import { describe, expect, test } from "vitest";
import {
  CrossEntropyLoss,
  Linear,
  MSELoss,
  manualSeed,
  parameter,
  Rprop,
  type RpropVariant,
  randn,
  Sequential,
  SiLU,
  Tanh,
} from "../../../src/index.js";
import { difference } from "../../golden/golden.js";

// Only signs of gradients, and which of two losses is larger, decide a step. So a loss times a power of two goes the
// same way, bit for bit, as long as gradients stay normal numbers: ±0, or from 2^-126 to 2^128.

const POWERS = Array.from({ length: 121 }, (_, i) => i - 60);

const gradients = Array.from({ length: 60 }, (_, i) => Math.fround(Math.cos(i * i) + 0.3));
const losses = gradients.map((_, i) => Math.sin(i));

/** Weights, step sizes and previous gradients along the gradients and losses above, times factor; prev over it. */
function follow(variant: RpropVariant, factor: number): number[] {
  const own = parameter([0]);
  const optimizer = new Rprop([own], { lr: 0.1, variant });
  return gradients.flatMap((gradient, i) => {
    own.grad.data[0] = gradient * factor;
    optimizer.step(losses[i]! * factor);
    const { stepSize, prev } = optimizer.state(own);
    return [own.item(), stepSize[0]!, prev[0]! / factor];
  });
}

const networks = {
  "Linear under MSELoss": () => ({
    model: new Linear(3, 2),
    criterion: new MSELoss(),
    target: randn(10, 2),
  }),
  "Tanh under MSELoss": () => ({
    model: new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 2)),
    criterion: new MSELoss({ reduction: "sum" }),
    target: randn(10, 2),
  }),
  "SiLU under CrossEntropyLoss": () => ({
    model: new Sequential(new Linear(3, 5), new SiLU(), new Linear(5, 3)),
    criterion: new CrossEntropyLoss({ labelSmoothing: 0.1 }),
    target: [0, 1, 2, 2, 1, 0, 0, 2, 1, 1],
  }),
};

/** Of each epoch the loss, and of all parameters the weights and gradients, these over factor. */
function train(make: (typeof networks)[keyof typeof networks], variant: RpropVariant, factor: number) {
  manualSeed(0);
  const x = randn(10, 3);
  const { model, criterion, target } = make();
  const optimizer = new Rprop(model.parameters(), { variant });
  const way: number[] = [];
  for (let epoch = 0; epoch < 50; epoch++) {
    optimizer.zeroGrad();
    const loss = criterion.forward(model.forward(x), target);
    loss.backward(factor);
    optimizer.step(loss.item() * factor);
    way.push(loss.item());
    for (const { data, grad } of model.parameters()) way.push(...data, ...grad.data.map((g) => g / factor));
  }
  return way;
}

describe.each<RpropVariant>(["irprop-", "irprop+", "rprop-", "rprop+"])("%s goes the same way", (variant) => {
  test("when gradients and losses are multiplied by a power of two", () => {
    const expected = follow(variant, 1);
    for (const k of POWERS) expect(difference(follow(variant, 2 ** k), expected), `2^${k}`).toBeNull();
  });

  test.each(Object.entries(networks))("when the loss of a model is: %s", (_, make) => {
    const expected = train(make, variant, 1);
    for (const k of POWERS) expect(difference(train(make, variant, 2 ** k), expected), `2^${k}`).toBeNull();
  });
});
