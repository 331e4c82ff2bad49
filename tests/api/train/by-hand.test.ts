import { describe, expect, test } from "vitest";
import {
  epochs,
  fit,
  fitSync,
  Linear,
  type Module,
  MSELoss,
  manualSeed,
  Normalization,
  Rprop,
  type RpropGroup,
  type RpropOptions,
  type RpropVariant,
  randn,
  Sequential,
  Sigmoid,
  SiLU,
  Tanh,
} from "../../../src/index.js";
import { bits, byHand, type Job, job } from "./by-hand.js";

/** Makes the same thing twice: one is trained by hand, one by fitSync; both have to end at the same bits. */
function expectSame(make: () => Job, count: number): void {
  manualSeed(7);
  const hand = make();
  manualSeed(7);
  const run = make();
  const losses = byHand(hand, count);
  const result = fitSync(run.model, run.x, run.y, {
    loss: run.loss,
    optimizer: run.optimizer,
    epochs: count,
  });
  expect([...result.losses, result.loss]).toEqual(losses);
  expect(bits(run)).toEqual(bits(hand));
  expect(losses.at(-1)).not.toBe(losses[0]);
  expect([result.completed, result.stopReason, result.optimizer]).toEqual([count, "limit", run.optimizer]);
}

const through = (...between: Module[]) => new Sequential(new Linear(3, 5), ...between, new Linear(5, 2));

const models: Record<string, (x: Job["x"], y: Job["y"]) => Module> = {
  Linear: () => new Linear(3, 2),
  "Linear without bias": () => new Linear(3, 2, { bias: false }),
  "two activations running": () => through(new Tanh(), new SiLU()),
  "activations first and last": () => new Sequential(new Tanh(), new Linear(3, 2), new Sigmoid()),
  "Normalization first and last": (x, y) =>
    new Sequential(new Normalization(x), through(new Tanh()), new Normalization(y, { invert: true })),
  "Normalization before an activation, and in the middle": (x) =>
    new Sequential(new Normalization(x), new SiLU(), through(new Normalization(randn(9, 5)), new Tanh())),
  "four layers, some wide": () =>
    new Sequential(
      new Linear(3, 40),
      new Tanh(),
      new Linear(40, 9),
      new Tanh(),
      new Linear(9, 1),
      new Linear(1, 2),
    ),
};

describe.each(Object.entries(models))("a run equals the loop written by hand, to the bit: %s", (_, make) => {
  test.each([1, 255, 256, 257, 700])("%i rows", (rows) => {
    expectSame(() => {
      const [x, y] = [randn(rows, 3), randn(rows, 2)];
      return job(make(x, y), x, y, new MSELoss());
    }, 6);
  });
});

const variants: RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];
const options: RpropOptions[] = [
  {},
  { weightDecay: 0.01 },
  { bounds: [-0.6, 0.6], lr: 0.1 },
  { maximize: true, stepSizes: [1e-4, 0.1] },
  { lr: 0.3, etas: [0.4, 1.5], nonFinite: "throw", weightDecay: 0.1, bounds: [-2, 1] },
];

describe.each(variants)("options of %s", (variant) => {
  test.each(options.map((option) => [JSON.stringify(option), option] as const))("%s", (_, option) => {
    expectSame(() => {
      const [x, y] = [randn(300, 3), randn(300, 2)];
      return job(through(new Tanh()), x, y, new MSELoss(), { ...option, variant });
    }, 40);
  });

  test("two groups, with parameters in another order than the model's", () => {
    expectSame(() => {
      const model = through(new Tanh());
      const [w1, b1, w2, b2] = model.parameters();
      const groups = [
        { params: [b2!, w1!], lr: 0.1, variant },
        { params: [w2!, b1!], weightDecay: 0.1, bounds: [-1, 1] },
      ] satisfies RpropGroup[];
      const optimizer = new Rprop(groups, { variant: "irprop+" });
      return { model, x: randn(300, 3), y: randn(300, 2), loss: new MSELoss(), optimizer };
    }, 30);
  });
});

describe("gradients that are not finite", () => {
  test.each(variants)("are skipped or followed as by hand, by %s", (variant) => {
    const make = (nonFinite: "skip" | "throw") => {
      const linear = new Linear(2, 1);
      linear.weight.data.set([0.1, -0.2]);
      // x · (x · w − y) is beyond float32 in the first column; the loss is not.
      return job(linear, [1e20, 1e-3, -2e19, 1], [1, 2], new MSELoss(), { variant, lr: 1e-3, nonFinite });
    };
    expectSame(() => make("skip"), 12);
    const { model, x, y, optimizer } = make("throw");
    expect(() => fitSync(model, x, y, { optimizer })).toThrow("expected finite gradients");
  });
});

describe("parameters that the optimizer does not have", () => {
  test.each([[[0]], [[1]], [[2, 3]], [[0, 1]], [[1, 2]], [[4, 5]], [[0, 5]]])(
    "only %j are trained",
    (trained) => {
      expectSame(() => {
        const model = new Sequential(
          new Linear(3, 5),
          new Tanh(),
          new Linear(5, 4),
          new SiLU(),
          new Linear(4, 2),
        );
        const parameters = model.parameters();
        const optimizer = new Rprop(trained.map((i) => parameters[i]!));
        return { model, x: randn(257, 3), y: randn(257, 2), loss: new MSELoss(), optimizer };
      }, 12);
    },
  );

  test("stay as they are", () => {
    const model = through(new Tanh());
    const before = model.parameters().map((p) => p.toArray());
    fitSync(model, randn(9, 3), randn(9, 2), {
      optimizer: new Rprop(model.parameters().slice(2)),
      epochs: 5,
    });
    const after = model.parameters().map((p) => p.toArray());
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[3]).not.toEqual(before[3]);
  });
});

describe("fit, fitSync and epochs", () => {
  const make = () => {
    manualSeed(3);
    const [x, y] = [randn(300, 3), randn(300, 2)];
    return job(through(new Tanh()), x, y, new MSELoss(), { variant: "irprop+" });
  };

  test("are one engine: the same losses, parameters and state", async () => {
    const [sync, later, stepped] = [make(), make(), make()];
    const expected = fitSync(sync.model, sync.x, sync.y, { optimizer: sync.optimizer, epochs: 20 });
    const awaited = await fit(later.model, later.x, later.y, {
      optimizer: later.optimizer,
      epochs: 20,
      yieldEvery: 0,
    });
    const run = epochs(stepped.model, stepped.x, stepped.y, { optimizer: stepped.optimizer, epochs: 20 });
    const losses: number[] = [];
    let next = run.next();
    for (; !next.done; next = run.next()) losses.push(next.value.loss);
    expect(awaited.losses).toEqual(expected.losses);
    expect(next.value.losses).toEqual(expected.losses);
    expect(losses).toEqual([...expected.losses]);
    expect(bits(later)).toEqual(bits(sync));
    expect(bits(stepped)).toEqual(bits(sync));
  });

  test("leave the model at every epoch where the loop by hand is", () => {
    const [hand, run] = [make(), make()];
    for (const { epoch } of epochs(run.model, run.x, run.y, { optimizer: run.optimizer, epochs: 15 })) {
      byHand(hand, 1);
      expect(run.optimizer.state(run.model.parameters()[0]!).step).toBe(epoch + 1);
      expect(bits(run)).toEqual(bits(hand));
    }
  });

  test("go on where a run by hand or another run ended: 20 + 30 epochs are 50", () => {
    const [whole, parts] = [make(), make()];
    const { losses } = fitSync(whole.model, whole.x, whole.y, { optimizer: whole.optimizer, epochs: 50 });
    byHand(parts, 20);
    const second = fitSync(parts.model, parts.x, parts.y, { optimizer: parts.optimizer, epochs: 20 });
    byHand(parts, 10);
    expect(second.losses).toEqual(losses.slice(20, 40));
    expect(bits(parts)).toEqual(bits(whole));
  });

  test.each(variants)("go on with result.optimizer wherever they are parted, by %s", (variant) => {
    const make = () => {
      manualSeed(4);
      return { model: through(new Tanh()), x: randn(20, 3), y: randn(20, 2) };
    };
    const whole = make();
    const options = { variant, lr: 0.1 };
    const optimizer = new Rprop(whole.model.parameters(), options);
    fitSync(whole.model, whole.x, whole.y, { optimizer, epochs: 50 });
    for (let first = 1; first < 50; first++) {
      const { model, x, y } = make();
      const begun = new Rprop(model.parameters(), options);
      const half = fitSync(model, x, y, { optimizer: begun, epochs: first });
      const rest = fitSync(model, x, y, { optimizer: half.optimizer, epochs: 50 - first });
      expect(bits({ model, optimizer: rest.optimizer })).toEqual(bits({ ...whole, optimizer }));
    }
  });
});
