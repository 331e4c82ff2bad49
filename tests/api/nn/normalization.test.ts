import { describe, expect, test } from "vitest";
import {
  Linear,
  Moments,
  MSELoss,
  Normalization,
  type NormalizationOptions,
  Rprop,
  Sequential,
  type Values,
} from "../../../src/index.js";

const x = [
  [1, 1000, 5],
  [2, 3000, 5],
  [3, 2000, 5],
  [6, 2000, 5],
];

describe("Normalization", () => {
  test("gives columns of mean 0 and std 1, and leaves a constant one at 0", () => {
    const layer = new Normalization(x);
    expect(layer.mean.toArray()).toEqual([3, 2000, 5]);
    expect(layer.std.toArray()).toEqual([Math.sqrt(3.5), Math.sqrt(5e5), 1].map(Math.fround));
    const y = layer.forward(x).toRows();
    for (const column of [0, 1]) {
      const values = y.map((row) => row[column]!);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(0, 6);
      expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(4, 5);
    }
    expect(y.map((row) => row[2])).toEqual([0, 0, 0, 0]);
    expect(layer.forward([[3, 2000, 7]]).toArray()).toEqual([0, 0, 2]);
  });

  test("inverted maps back to the columns' own units", () => {
    const there = new Normalization(x);
    const back = new Normalization(x, { invert: true });
    back
      .forward(there.forward(x))
      .toArray()
      .forEach((value, i) => {
        expect(value / x.flat()[i]!).toBeCloseTo(1, 6);
      });
  });

  test("takes flat values as one column", () => {
    expect(new Normalization([1, 3]).forward([[5]]).item()).toBe(3);
  });

  test("takes the columns of Moments: of x, or inverted of y", () => {
    const y = [
      [3, 0.5],
      [1, 0.25],
      [4, 0.5],
      [8, 0.75],
    ];
    const moments = new Moments(3, 2);
    for (const [r, row] of x.entries()) moments.add([row], [y[r]!]);
    for (const invert of [false, true]) {
      const [from, rows] = [
        new Normalization(moments, { invert }),
        new Normalization(invert ? y : x, { invert }),
      ];
      expect(from.mean.toArray()).toEqual(rows.mean.toArray());
      expect(from.std.toArray()).toEqual(rows.std.toArray());
      expect(from.invert).toBe(invert);
    }
    expect(() => new Normalization(new Moments(1, 1))).toThrow(
      "these Moments have no rows: add() some before Normalization",
    );
    expect(() => new Normalization(Moments.from([1e39, 2e39], [1, 2]))).toThrow(
      `"from": expected means and standard deviations that float32 has, got Infinity`,
    );
  });

  test("keeps its accuracy far from 0", () => {
    const far = [1e6, 1e6 + 1, 1e6 + 2];
    expect(new Normalization(far).std.item()).toBe(Math.fround(Math.sqrt(2 / 3)));
  });

  test("lets gradients through, divided or multiplied by the std", () => {
    for (const invert of [false, true]) {
      const first = new Linear(1, 1, { bias: false });
      first.weight.data[0] = 1;
      const last = new Normalization([0, 8], { invert }); // std 4
      last.forward(first.forward([3])).backward();
      expect(first.weight.grad.item()).toBe(invert ? 12 : 0.75);
    }
  });

  test("is saved and loaded with the model", () => {
    const make = (values: Values) =>
      new Sequential(
        new Normalization(values),
        new Linear(3, 1),
        new Normalization([1, 2, 4], { invert: true }),
      );
    const [model, other] = [make(x), make([[0, 0, 0]])];
    expect(Object.keys(model.stateDict())).toEqual([
      "1.weight",
      "1.bias",
      "0.mean",
      "0.deviation",
      "2.mean",
      "2.deviation",
    ]);
    expect(model.parameters()).toHaveLength(2);
    other.loadStateDict(JSON.parse(JSON.stringify(model.stateDict())));
    expect(other.forward(x).toArray()).toEqual(model.forward(x).toArray());
  });

  test("is not loaded with what it cannot divide by, nor in part", () => {
    const [layer, linear] = [new Normalization(x), new Linear(3, 1)];
    expect(() => layer.loadStateDict({ mean: [0, 0, 0], deviation: [1, 0, 1] })).toThrow(
      `"state.deviation": expected finite numbers above 0, got 0`,
    );
    expect(layer.mean.toArray()).toEqual([3, 2000, 5]);
    const model = new Sequential(linear, new Linear(1, 1));
    const state = model.stateDict();
    state["0.bias"]!.data.fill(7);
    (model.modules[1] as Linear).dispose();
    const bias = linear.bias!.item();
    expect(() => model.loadStateDict(state)).toThrow("was disposed");
    expect(linear.bias!.item()).toBe(bias);
  });

  test("makes raw columns trainable with the options as they are", () => {
    const rows = Array.from({ length: 50 }, (_, i) => [i, 1e4 * Math.cos(i), 1e-3 * Math.sin(3 * i)]);
    const y = rows.map(([a, b, c]) => 1e5 + 30 * a! - 0.02 * b! + 4e4 * c!);
    const model = new Sequential(
      new Normalization(rows),
      new Linear(3, 1),
      new Normalization(y, { invert: true }),
    );
    const criterion = new MSELoss();
    const optimizer = new Rprop(model.parameters());
    for (let epoch = 0; epoch < 300; epoch++) {
      optimizer.zeroGrad();
      criterion.forward(model.forward(rows), y).backward();
      optimizer.step();
    }
    const mean = y.reduce((a, b) => a + b) / 50;
    const variance = y.reduce((a, b) => a + (b - mean) ** 2, 0) / 50;
    expect(1 - criterion.forward(model.forward(rows), y).item() / variance).toBeGreaterThan(0.999);
  });

  test.each<[string, unknown, unknown, string]>([
    ["no rows", [], {}, `"from": expected at least one row and feature, got shape [0, 1]`],
    [
      "NaN",
      [
        [1, 2],
        [3, NaN],
      ],
      {},
      `"from": row 1, column 1 is NaN`,
    ],
    ["nothing", null, {}, `"from": expected numbers, rows of numbers or a tensor, got null`],
    ["words", ["a"], {}, `"from": expected numbers, got "a" at index 0`],
    ["an unknown option", x, { inverse: true }, `got "inverse" (did you mean "invert"?)`],
    ["an option of another kind", x, { invert: 1 }, `"invert": expected true or false, got 1`],
  ])("refuses %s", (_, from, options, message) => {
    expect(() => new Normalization(from as Values, options as NormalizationOptions)).toThrow(message);
  });

  test("is over after dispose", () => {
    const layer = new Normalization(x);
    layer.dispose();
    expect(() => layer.forward(x)).toThrow("this Normalization(3) was disposed");
    expect(() => layer.mean.data).toThrow("released by dispose()");
    expect(() => new Normalization(x).forward([1])).toThrow(`"x": expected rows × 3 features, got 1 value`);
  });
});
