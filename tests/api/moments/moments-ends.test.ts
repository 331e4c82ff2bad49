import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitSync, Generator, Linear, Moments, Rprop, type RpropOptions } from "../../../src/index.js";

const x = new Generator(1).randn(30, 2);
const y = new Generator(2).randn(30, 1);

/** Runs of rows are what the same runs of their moments have to end as. */
const sources: Record<string, [typeof x, typeof y] | [Moments]> = {
  rows: [x, y],
  Moments: [Moments.from(x, y)],
};

function made(options: RpropOptions = {}) {
  const model = new Linear(2, 1, { generator: new Generator(3) });
  return { model, optimizer: new Rprop(model.parameters(), options) };
}

describe.each(Object.entries(sources))("a run of %s", (_, data) => {
  test("whose best start went on from earlier steps counts them", () => {
    const { model, optimizer } = made();
    fitSync(model, ...data, { optimizer, epochs: 100 });
    const { completed } = fitSync(model, ...data, { optimizer, epochs: 3, restarts: 2 });
    expect(completed).toBe(3);
    expect(optimizer.state(model.weight).step).toBe(103);
  });

  test("whose best start is a later one counts that one's steps", () => {
    const { model, optimizer } = made();
    for (const parameter of model.parameters()) parameter.data.fill(9);
    fitSync(model, ...data, { optimizer, epochs: 5 });
    fitSync(model, ...data, { optimizer, epochs: 7, restarts: 2 });
    expect(optimizer.state(model.weight).step).toBe(7);
  });

  test.each([0, 4])(
    "that comes back to its beginning leaves the optimizer there, after %i steps",
    (before) => {
      const { model, optimizer } = made({ lr: 5 });
      fitSync(model, ...data, { epochs: 500 });
      if (before > 0) fitSync(model, ...data, { optimizer, epochs: before, keepBest: false });
      const beginning = () => model.parameters().map((p) => [p.toArray(), optimizer.state(p)]);
      // From where the model is best, every step is a worse one.
      if (before > 0) fitSync(model, ...data, { epochs: 500 });
      const expected = beginning();
      const { loss } = optimizer.stateDict();
      const { bestEpoch } = fitSync(model, ...data, { optimizer, epochs: 3, keepBest: true, onEpoch() {} });
      expect(bestEpoch).toBe(0);
      expect(beginning()).toEqual(expected);
      expect(optimizer.stateDict().loss).toBe(loss);
    },
  );

  test("puts the weights of restarts within the bounds", () => {
    const { model, optimizer } = made({ lr: 1e-9, stepSizes: [0, 1e-9] });
    for (const parameter of model.parameters()) parameter.data.fill(0.05);
    for (const group of optimizer.paramGroups) group.bounds = [0.04, 0.06];
    const seen: number[] = [];
    const onEpoch = () => {
      seen.push(...model.weight.data);
    };
    fitSync(model, ...data, { optimizer, epochs: 1, restarts: 6, onEpoch });
    expect(seen).toHaveLength(12);
    expect(seen.filter((value) => Math.abs(value - 0.05) > 0.010001)).toEqual([]);
  });
});

test("any run of Moments ends where a plain one of as many steps does, by earlier steps or from a restart", () => {
  const [training, held] = [
    Moments.from(x, y),
    Moments.from(new Generator(5).randn(9, 2), [9, 8, 7, 6, 5, 4, 3, 2, 1]),
  ];
  const setup = fc.record({
    options: fc.record({
      variant: fc.constantFrom("irprop-", "irprop+", "rprop-", "rprop+"),
      lr: fc.constantFrom(0.01, 0.7, 100),
      weightDecay: fc.constantFrom(0, 0.1),
      maximize: fc.boolean(),
    }),
    before: fc.nat(4),
    run: fc.record({
      epochs: fc.integer({ min: 1, max: 15 }),
      patience: fc.integer({ min: 1, max: 20 }),
      keepBest: fc.boolean(),
      restarts: fc.constantFrom(1, 3),
      validation: fc.constantFrom(undefined, held),
      onEpoch: fc.constantFrom(undefined, () => {}),
    }),
  });
  const property = fc.property(setup, ({ options, before, run }) => {
    const begun = (weights?: Generator) => {
      const { model, optimizer } = made(options);
      if (weights !== undefined) model.initialize([model.weight.block, model.bias!.block], weights);
      else if (before > 0) fitSync(model, training, { optimizer, epochs: before });
      return { model, optimizer };
    };
    const state = ({ model, optimizer }: ReturnType<typeof begun>) => [
      model.parameters().map((parameter) => [parameter.toArray(), optimizer.state(parameter)]),
      optimizer.stateDict().loss,
    ];
    const own = begun();
    const { completed, bestEpoch } = fitSync(own.model, training, { ...run, optimizer: own.optimizer });
    const starts = [begun(), ...[1, 2].map((seed) => begun(new Generator(seed)))].slice(0, run.restarts);
    const epochs = run.keepBest ? bestEpoch : completed;
    for (const { model, optimizer } of starts) {
      if (epochs > 0) fitSync(model, training, { optimizer, epochs });
    }
    expect(starts.map(state)).toContainEqual(state(own));
  });
  fc.assert(property, { seed: 1, numRuns: 200 });
});
