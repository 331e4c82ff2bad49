import { describe, expect, test } from "vitest";
import { linearSets } from "../../../bench/papers/linear.js";
import { digits, parseCsv } from "../../../bench/papers/nist.js";
import {
  Generator,
  Linear,
  type MinimizeOptions,
  type Module,
  Moments,
  MSELoss,
  minimize,
  Normalization,
  Rprop,
  type RpropOptions,
  Sequential,
  tensor,
} from "../../../src/index.js";
import { type MomentsTrainer, momentsTrainer } from "../../../src/train/trainers/moments-trainer.js";
import { read } from "../../fixtures/nist/files.js";

interface Extras {
  weight: Float64Array;
  bias: Float64Array;
}

const random = (rows: number, columns: number, seed: number) =>
  new Generator(seed).randn(rows, columns).toRows();
const x = random(40, 3, 1).map(([a, b, c]) => [a!, 3 * b! + 7, c! / 8]);
const y = random(40, 2, 2).map((row, r) => row.map((value, o) => value + x[r]![o]! - 2));
const moments = Moments.from(x, y);
const linear = (seed = 3, bias = true) => new Linear(3, 2, { bias, generator: new Generator(seed) });
const standard = (layer: Linear) =>
  new Sequential(new Normalization(moments), layer, new Normalization(moments, { invert: true }));

function run(trainer: MomentsTrainer, epochs: number) {
  for (let epoch = 0; epoch < epochs; epoch++) trainer.state.step(trainer.measure());
}

/** Loss and gradient of a Linear over rows in float64, parameters in a row. */
function objective(parameters: Float64Array, gradient: Float64Array) {
  let sum = 0;
  gradient.fill(0);
  x.forEach((row, r) => {
    y[r]!.forEach((wanted, o) => {
      const rest = row.reduce(
        (total, value, i) => total + value * parameters[o * 3 + i]!,
        parameters[6 + o]! - wanted,
      );
      sum += rest ** 2;
      row.forEach((value, i) => {
        gradient[o * 3 + i]! += (2 * rest * value) / 80;
      });
      gradient[6 + o]! += (2 * rest) / 80;
    });
  });
  return sum / 80;
}

const exact = (layer: Linear) =>
  Float64Array.from([...layer.weight.toArray(), ...(layer.bias?.toArray() ?? [])]);

describe("training from moments takes the steps that rows give, to the bit of float64,", () => {
  test.each<[string, RpropOptions & MinimizeOptions]>([
    ["by default", {}],
    ["by irprop+", { variant: "irprop+", lr: 0.3 }],
    ["by rprop+", { variant: "rprop+", lr: 0.3 }],
    ["by rprop-", { variant: "rprop-", lr: 0.3 }],
    ["with options that float32 would round", { lr: 0.1, etas: [0.45, 1.3], stepSizes: [1e-3, 0.11] }],
    ["climbing", { maximize: true }],
    ["climbing by irprop+", { maximize: true, variant: "irprop+", bounds: [-1, 1], lr: 0.3 }],
    ["with weight decay", { weightDecay: 0.7 }],
    ["within bounds", { bounds: [-0.6, 0.59], lr: 0.05 }],
  ])("%s", (_, options) => {
    const layer = linear();
    const optimizer = new Rprop(layer.parameters(), { stepSizes: [1e-6, 50], ...options });
    const trainer = momentsTrainer(layer, moments, new MSELoss(), optimizer, null);
    let compared = 0;
    const { iterations } = minimize(objective, exact(layer), {
      stepSizes: [1e-6, 50],
      ...options,
      stepTolerance: 0,
      maxIterations: 60,
      onIteration: ({ iteration, x: point, value }) => {
        const { weight, bias } = trainer.extras as Extras;
        expect([...weight, ...bias], `epoch ${iteration}`).toEqual([...point]);
        const loss = trainer.measure();
        if (options.weightDecay === undefined) expect(loss / value).toBeCloseTo(1, 12);
        trainer.state.step(loss);
        compared++;
      },
    });
    expect(compared).toBe(iterations + 1);
    expect(compared).toBeGreaterThan(options.bounds === undefined ? 60 : 9); // all of them come to rest on bounds
  });
});

describe("losses of training from moments are MSELoss's", () => {
  const chains: [string, (layer: Linear) => Module][] = [
    ["a Linear", (layer) => layer],
    ["standardised and restored columns", standard],
    ["a Linear in a nest", (layer) => new Sequential(new Sequential(standard(layer)))],
    [
      "any Normalizations",
      (layer) =>
        new Sequential(
          new Normalization(x),
          new Normalization(
            [
              [1, 2, 3],
              [3, 5, 7],
            ],
            { invert: true },
          ),
          layer,
          new Normalization([
            [1, 0],
            [0, 4],
          ]),
          new Normalization(y, { invert: true }),
        ),
    ],
  ];
  test.each(chains)("of %s", (_, chain) => {
    for (const bias of [true, false]) {
      for (const reduction of ["mean", "sum"] as const) {
        const [layer, criterion] = [linear(5, bias), new MSELoss({ reduction })];
        const model = chain(layer);
        const more = random(9, 3, 7);
        const validation = { x: more, y: random(9, 2, 8) };
        const optimizer = new Rprop(layer.parameters());
        const trainer = momentsTrainer(model, moments, criterion, optimizer, validation);
        const sums = Moments.from(validation.x, validation.y);
        const other = momentsTrainer(model, moments, criterion, optimizer, sums);
        expect(other.validate!()).toBe(trainer.validate!());
        const lossOf = (rows: typeof validation) => criterion.forward(model.forward(rows.x), rows.y).item();
        for (const epochs of [0, 1, 20]) {
          run(trainer, epochs);
          trainer.state.publish();
          const loss = lossOf({ x, y });
          expect(trainer.evaluate() / loss).toBeCloseTo(1, 5);
          expect(trainer.measure()).toBe(trainer.evaluate());
          expect(trainer.validate!() / lossOf(validation)).toBeCloseTo(1, 5);
          const { weight, bias: level } = trainer.extras as Extras;
          const whole = new Linear(3, 2);
          whole.loadStateDict({ weight: tensor(weight, [2, 3]), bias: level });
          const answers = model.forward(more).toArray();
          whole
            .forward(more)
            .toArray()
            .forEach((answer, i) => {
              expect(answer).toBeCloseTo(answers[i]!, 4);
            });
        }
      }
    }
  });
});

describe("training from moments reaches NIST's certified coefficients from raw columns", () => {
  // Digits measured: 11.3, 10.6; 9.6, 9.6.
  test.each([
    ["Norris", "irprop-", 2000, 10],
    ["Norris", "irprop+", 2000, 10],
    ["Longley", "irprop-", 100_000, 9],
    ["Longley", "irprop+", 100_000, 9],
  ] as const)("of %s by %s in %d epochs, to %d digits", (name, variant, epochs, wanted) => {
    const { certified, file } = linearSets[name]!;
    const data = parseCsv(read(`${file}.csv`));
    const from = Moments.from(data.x, data.y);
    const layer = new Linear(data.x[0]!.length, 1, { generator: new Generator(0) });
    const model = new Sequential(new Normalization(from), layer, new Normalization(from, { invert: true }));
    const optimizer = new Rprop(model.parameters(), { variant, stepSizes: [1e-14, 50] });
    const trainer = momentsTrainer(model, from, new MSELoss(), optimizer, null);
    run(trainer, epochs);
    const { weight, bias } = trainer.extras as Extras;
    expect(digits([...bias, ...weight], certified, 15)).toBeGreaterThan(wanted);
    expect(trainer.evaluate() / from.solve().loss).toBeCloseTo(1, 10);
  });
});
