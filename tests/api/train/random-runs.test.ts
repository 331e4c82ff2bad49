import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CrossEntropyLoss,
  fitSync,
  GELU,
  HuberLoss,
  LeakyReLU,
  Linear,
  type Module,
  MSELoss,
  manualSeed,
  Normalization,
  Rprop,
  type RpropOptions,
  randn,
  Sequential,
  Sigmoid,
  Tanh,
  tensor,
} from "../../../src/index.js";
import { bits, type Job } from "./by-hand.js";

const EPOCHS = 8;
const MOST_LAYERS = 5;

const width = fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 16, 17, 33);
/** What comes before a Linear of so many inputs. */
const between: ((columns: number) => Module[])[] = [
  () => [],
  () => [new Tanh()],
  () => [new Sigmoid()],
  () => [new LeakyReLU({ negativeSlope: 0.3 })],
  (columns) => [new GELU(), new Normalization(randn(5, columns))],
  (columns) => [new Normalization(randn(2, columns), { invert: true })],
];
const options: fc.Arbitrary<RpropOptions> = fc.record({
  variant: fc.constantFrom("irprop-", "irprop+", "rprop-", "rprop+"),
  lr: fc.constantFrom(0.01, 0.5, 1e20, 1e38),
  // The larger sizes take weights and losses to infinity within a few epochs.
  stepSizes: fc.constantFrom([1e-6, 50] as const, [0, 3e38] as const),
  weightDecay: fc.constantFrom(0, 0, 0.1),
  maximize: fc.constantFrom(false, false, false, true),
});
const each = <Value>(values: fc.Arbitrary<Value>, length: number) =>
  fc.array(values, { minLength: length, maxLength: length });
const setup = fc.record({
  seed: fc.nat(1000),
  rows: fc.constantFrom(1, 3, 4, 5, 17, 255, 256, 257, 513),
  widths: fc.array(width, { minLength: 2, maxLength: MOST_LAYERS + 1 }),
  before: each(fc.constantFrom(...between), MOST_LAYERS),
  biases: each(fc.boolean(), MOST_LAYERS),
  loss: fc.constantFrom(
    () => new MSELoss(),
    () => new HuberLoss({ delta: 0.1, reduction: "sum" }),
    () => new CrossEntropyLoss({ labelSmoothing: 0.1 }),
  ),
  /** Of numbers in x: their products may vanish, or overflow. */
  scale: fc.constantFrom(1, 1, 1, 0, 1e-40, 1e15),
  groups: each(options, 2),
  /** The group of each parameter; 2 for one that is not trained. */
  groupOf: each(fc.constantFrom(0, 0, 0, 1, 2), 2 * MOST_LAYERS),
});

type Setup = typeof setup extends fc.Arbitrary<infer Value> ? Value : never;

function made({ seed, rows, widths, before, biases, loss, scale, groups, groupOf }: Setup): Job {
  manualSeed(seed);
  const model = new Sequential(
    ...widths.slice(1).flatMap((outs, i) => {
      const ins = widths[i]!;
      return [...before[i]!(ins), new Linear(ins, outs, { bias: biases[i]! })];
    }),
  );
  const [ins, outs] = [widths[0]!, widths.at(-1)!];
  const numbers = randn(rows, ins).data.map((value) => value * scale);
  const x = tensor(
    Array.from({ length: rows }, (_, r) => Array.from(numbers.subarray(r * ins, (r + 1) * ins))),
  );
  const y = randn(rows, outs);
  const parameters = model.parameters();
  const own = groups.map((group, g) => ({ ...group, params: parameters.filter((_, i) => groupOf[i] === g) }));
  const some = own.filter(({ params }) => params.length > 0);
  const optimizer = new Rprop(some.length > 0 ? some : parameters);
  return { model, x, y, loss: outs === 1 ? new MSELoss() : loss(), optimizer };
}

/** The loop by hand, to where a run ends. */
function byHand(job: Job) {
  const { model, x, y, loss, optimizer } = job;
  const losses: number[] = [];
  let before = bits(job);
  let unchanged = 0;
  for (;;) {
    const value = loss.forward(model.forward(x), y);
    const now = value.item();
    if (!Number.isFinite(now)) return { losses, stopReason: "diverged", bits: before };
    const after = bits(job);
    const same = JSON.stringify(after.weights) === JSON.stringify(before.weights);
    const grown = after.states.some(({ stepSize }, i) =>
      stepSize.some((size, j) => size > before.states[i]!.stepSize[j]!),
    );
    unchanged = losses.length > 0 && same && !grown && now === losses.at(-1) ? unchanged + 1 : 0;
    losses.push(now);
    if (unchanged === 2) return { losses, stopReason: "converged", bits: after };
    if (losses.length > EPOCHS) return { losses, stopReason: "limit", bits: after };
    before = after;
    optimizer.zeroGrad();
    value.backward();
    optimizer.step(value);
  }
}

test("any run ends at the bits, and for the reason, of the loop written by hand", () => {
  const reasons = new Set<string>();
  const property = fc.property(setup, (given) => {
    const [hand, run] = [made(given), made(given)];
    const expected = byHand(hand);
    if (expected.losses.length === 0) return; // diverged before the first step: nothing to compare
    const { loss, losses, stopReason } = fitSync(run.model, run.x, run.y, {
      loss: run.loss,
      optimizer: run.optimizer,
      epochs: EPOCHS,
    });
    expect([...losses, loss]).toEqual(expected.losses);
    expect(stopReason).toBe(expected.stopReason);
    expect(bits(run)).toEqual(expected.bits);
    reasons.add(stopReason);
  });
  fc.assert(property, { seed: 1, numRuns: 150 });
  expect(reasons).toEqual(new Set(["limit", "diverged", "converged"]));
});
