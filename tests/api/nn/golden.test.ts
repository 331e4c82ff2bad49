import { describe, expect, it } from "vitest";
import { Linear, MSELoss, manualSeed, type Parameter, Rprop, rand, randn } from "../../../src/index.js";
import { difference, type LinearCase, linearCases, row } from "../../golden/golden.js";

// PyTorch adds up in another order, so the last bits of losses and gradients differ. Rprop looks at signs
// alone: as long as every gradient is farther from 0 than those last bits, parameters and step sizes are
// equal to the bit. From the first gradient nearer to 0 than NEAR on, its sign may differ, and with it one
// step of one weight.

/** Of the largest gradient of epoch 0. Measured 4.1e-7, at 300 rows. */
const NEAR = 1e-6;
/** Relative. Measured 3.0e-7: PyTorch adds up the loss in float32. */
const LOSS_TOLERANCE = 5e-7;
/** Absolute, once a gradient has been near 0. Measured 3.2e-6: three of the smallest steps. */
const LATE_PARAMETERS = 1e-5;
/** Likewise, of the largest gradient of epoch 0. Measured 2.4e-6. */
const LATE_GRADIENTS = 1e-5;

interface Epoch {
  epoch: number;
  loss: number;
  gradients: Float32Array;
  parameters: Float32Array;
  stepSizes: Float32Array;
}

function* train({
  draw,
  rows,
  inFeatures,
  outFeatures,
  bias,
  reduction,
  epochs,
}: LinearCase): Generator<Epoch> {
  manualSeed(0);
  const random = draw === "rand" ? rand : randn;
  const x = random(rows, inFeatures);
  const y = random(rows, outFeatures);
  const linear = new Linear(inFeatures, outFeatures, { bias });
  const criterion = new MSELoss({ reduction });
  const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });
  const joined = (part: (p: Parameter) => Float32Array) =>
    Float32Array.from(linear.parameters().flatMap((p) => [...part(p)]));
  for (let epoch = 0; epoch < epochs; epoch++) {
    optimizer.zeroGrad();
    const loss = criterion.forward(linear.forward(x), y);
    loss.backward();
    optimizer.step();
    yield {
      epoch,
      loss: loss.item(),
      gradients: joined((p) => p.grad.data),
      parameters: joined((p) => p.data),
      stepSizes: joined((p) => optimizer.state(p).stepSize),
    };
  }
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function farthest(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return largest(a.map((value, i) => value - (b[i] as number)));
}

const cases = linearCases();

describe("a linear layer trained with MSELoss and Rprop", () => {
  it.each(cases)("has PyTorch's losses: $name", (recorded) => {
    let compared = 0;
    for (const { epoch, loss } of train(recorded)) {
      const wanted = recorded.losses[epoch] as number;
      expect(Math.abs(loss / wanted - 1), `epoch ${epoch}`).toBeLessThanOrEqual(LOSS_TOLERANCE);
      compared++;
    }
    expect(compared).toBe(recorded.epochs);
  });

  it.each(cases)("takes PyTorch's way: $name", (recorded) => {
    const size = recorded.parameters.length / recorded.recorded.length;
    const scale = largest(row(recorded.gradients, 0, size));
    for (const { epoch, gradients, parameters, stepSizes } of train(recorded)) {
      const r = recorded.recorded.indexOf(epoch);
      if (r < 0) continue;
      const clear = epoch < recorded.clear;
      const wanted = row(recorded.parameters, r, size);
      const away = farthest(gradients, row(recorded.gradients, r, size));
      expect(away, `gradients of epoch ${epoch}`).toBeLessThan((clear ? NEAR : LATE_GRADIENTS) * scale);
      if (clear) {
        const steps = difference(stepSizes, row(recorded.stepSizes, r, size));
        expect(steps, `step sizes after epoch ${epoch}`).toBeNull();
        expect(difference(parameters, wanted), `parameters after epoch ${epoch}`).toBeNull();
      } else {
        expect(farthest(parameters, wanted), `parameters after epoch ${epoch}`).toBeLessThan(LATE_PARAMETERS);
      }
    }
  });

  it.each(cases)("was recorded over at least 40 epochs without a gradient near 0: $name", ({ clear }) => {
    expect(clear).toBeGreaterThanOrEqual(40);
  });
});

describe("the quickstart", () => {
  it("prints what PyTorch prints: the loss, and after one step the gradients and parameters", () => {
    manualSeed(0);
    const x = randn(10, 3);
    const y = randn(10, 2);
    const linear = new Linear(3, 2);
    const criterion = new MSELoss();
    const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });
    const loss = criterion.forward(linear.forward(x), y);
    expect(loss.item()).toBe(1.3083192110061646);
    loss.backward();
    optimizer.step();
    const [weight, bias] = linear.parameters() as [Parameter, Parameter];
    const gradients = [
      -0.06794289499521255, -0.0032829646952450275, -0.30466824769973755, 0.5527123808860779,
      0.1675197184085846, -0.06018544360995293, 0.16174393892288208, -1.159103512763977,
    ];
    [...weight.grad.toArray(), ...bias.grad.toArray()].forEach((value, i) => {
      expect(Math.abs(value - (gradients[i] as number))).toBeLessThan(NEAR);
    });
    expect(weight.toArray()).toEqual([
      0.44899389147758484, -0.5659230351448059, 0.11806382983922958, -0.10726042836904526,
      -0.10500942170619965, -0.2542860507965088,
    ]);
    expect(bias.toArray()).toEqual([0.21202360093593597, -0.3319666087627411]);
  });
});
