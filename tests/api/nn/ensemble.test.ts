import { describe, expect, test } from "vitest";
import {
  Ensemble,
  Linear,
  type Module,
  MSELoss,
  Normalization,
  predict,
  ReLU,
  Sequential,
  Sigmoid,
  softmax,
  Tanh,
  tensor,
  type Values,
} from "../../../src/index.js";
import { expectSame } from "../../core/numbers.js";
import { constant, identity, members, rowsOf } from "./ensembles.js";

/** The mean by definition: a sum in float64, in the order of the members, rounded to float32 once. */
function meanOf(outputs: readonly ArrayLike<number>[]): Float32Array {
  return Float32Array.from({ length: outputs[0]?.length ?? 0 }, (_, i) => {
    let sum = 0;
    for (const output of outputs) sum += output[i] as number;
    return sum / outputs.length;
  });
}

describe("an Ensemble gives the mean of its members'", () => {
  // One row, a row block, and more than two of them.
  test.each([1, 7, 256, 600])("outputs, of %d rows", (count) => {
    const own = members(3, 2);
    const x = rowsOf(count, 3);
    const y = predict(new Ensemble(own), x);
    expect(y.shape).toEqual([count, 2]);
    expectSame(y.data, meanOf(own.map((member) => predict(member, x).data)), "y");
  });

  test.each([1, 7, 600])("probabilities, of %d rows", (count) => {
    const own = members(3, 4);
    const x = rowsOf(count, 3);
    const y = predict(new Ensemble(own, { average: "probabilities" }), x);
    expect(y.shape).toEqual([count, 4]);
    expectSame(y.data, meanOf(own.map((member) => softmax(predict(member, x)).data)), "y");
    for (const row of y.toRows()) expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
  });

  test.each([1, 7, 600])("probabilities of one output, which are sigmoids, of %d rows", (count) => {
    const own = members(3, 1);
    const x = rowsOf(count, 3);
    const y = predict(new Ensemble(own, { average: "probabilities" }), x);
    const sigmoids = own.map((member) => predict(new Sequential(member, new Sigmoid()), x).data);
    expect(y.shape).toEqual([count, 1]);
    expectSame(y.data, meanOf(sigmoids), "y");
  });
});

describe("the mean", () => {
  test("is summed in float64 and in order, and rounded once", () => {
    const y = (...outputs: number[]) =>
      predict(new Ensemble(outputs.map((each) => constant(each))), [0]).item();
    // In float32, 2²⁴ + 1 is 2²⁴.
    expect(y(2 ** 24, 1, -(2 ** 24))).toBe(Math.fround(1 / 3));
    // In float64, 2⁵³ + 1 is 2⁵³.
    expect(y(2 ** 53, 1, -(2 ** 53))).toBe(0);
    expect(y(2 ** 53, -(2 ** 53), 1)).toBe(Math.fround(1 / 3));
    // Sums beyond float32.
    expect(y(3e38, 3e38, 3e38)).toBe(Math.fround(3e38));
    // The half between two float32, which is rounded to the even one.
    expect(y(1, 1 + 2 ** -23)).toBe(1);
    expect(y(2 ** -149, 0, 0)).toBe(0);
  });

  test("of one member is what that gives, but 0 for -0", () => {
    expect(predict(new Ensemble([constant(0.1, -0, Infinity)]), [0]).toArray()).toEqual([
      Math.fround(0.1),
      0,
      Infinity,
    ]);
  });

  test("is NaN where a member is, and where infinities meet", () => {
    const y = predict(
      new Ensemble([constant(1, NaN, Infinity, Infinity), constant(1, 2, -Infinity, 3)]),
      [0],
    );
    expect(y.toArray()).toEqual([1, NaN, NaN, Infinity]);
  });

  test("of probabilities is NaN in a row in which one of a member is", () => {
    const model = new Ensemble([identity(2), identity(2)], { average: "probabilities" });
    const x = [
      [NaN, 0],
      [Infinity, 0],
      [-Infinity, 0],
      [500, -500],
    ];
    expect(predict(model, x).toArray()).toEqual([NaN, NaN, NaN, NaN, 0, 1, 1, 0]);
    const one = new Ensemble([identity(1)], { average: "probabilities" });
    expect(predict(one, [NaN, 500, -500, 0]).toArray()).toEqual([NaN, 1, 0, 0.5]);
  });

  test("of no rows is no rows", () => {
    for (const average of ["output", "probabilities"] as const)
      for (const outs of [1, 3]) {
        const model = new Ensemble(members(2, outs), { average });
        expect(predict(model, []).shape).toEqual([0, outs]);
        expect(predict(model, tensor([], [0, 2])).shape).toEqual([0, outs]);
        expect(model.forward([]).shape).toEqual([0, outs]);
      }
  });

  test("of members that take any number of columns takes any", () => {
    const model = new Ensemble([new ReLU(), new Sequential(new ReLU(), new ReLU())]);
    const rows = [
      [-1, 2, 3],
      [4, -5, 6],
    ];
    expect(predict(model, rows).toRows()).toEqual([
      [0, 2, 3],
      [4, 0, 6],
    ]);
    expect(predict(model, [7, -8]).toRows()).toEqual([[7], [0]]);
    expect(model.forward(rows).toArray()).toEqual(predict(model, rows).toArray());
  });
});

describe("forward of an Ensemble", () => {
  test.each([1, 3])("gives the bits of predict, of %d outputs", (outs) => {
    for (const average of ["output", "probabilities"] as const) {
      const model = new Ensemble(members(2, outs), { average });
      const x = rowsOf(300, 2);
      const y = model.forward(x);
      expect(y.shape).toEqual([300, outs]);
      expectSame(y.data, predict(model, x).data, "y");
    }
  });

  test("gives an output that lives until the next forward of the Ensemble, and of nothing else", () => {
    const own = members(2, 1);
    const model = new Ensemble(own);
    const y = model.forward([1, 2]);
    const kept = y.toArray();
    for (const member of own) member.forward([3, 4]);
    predict(model, [5, 6]);
    expect(y.toArray()).toEqual(kept);
    model.forward([7, 8, 9, 10]);
    expect(() => y.toArray()).toThrow("this output is stale: its Ensemble has run forward again since");
  });

  test("takes an output of a member, and its own", () => {
    const own = [new Linear(2, 2), new Sequential(new Tanh(), new Linear(2, 2))] as const;
    const model = new Ensemble(own);
    const rows = own[0].forward([1, 2]);
    const expected = predict(model, rows).toArray();
    const y = model.forward(rows);
    expect(y.toArray()).toEqual(expected);
    const again = predict(model, expected).toArray();
    expect(model.forward(y).toArray()).toEqual(again);
  });

  test("has no way back, which changes no gradient", () => {
    const model = new Ensemble(members(2, 1));
    const message = "an Ensemble has no way back: train each of its members by itself";
    expect(() => model.forward([1, 2]).backward()).toThrow(new Error(message));
    expect(() => new MSELoss().forward(model.forward([1, 2]), [3]).backward()).toThrow(new Error(message));
    const behind = new Linear(1, 1);
    expect(() => behind.forward(model.forward([1, 2])).backward()).toThrow(new Error(message));
    for (const parameter of [...model.parameters(), ...behind.parameters()])
      expect(parameter.grad.toArray().every((value) => value === 0)).toBe(true);
  });

  test("refuses rows of another width before any member has run", () => {
    const own = members(2, 1);
    const model = new Ensemble(own);
    const y = (own[0] as Module).forward([1, 2]);
    expect(() => model.forward([[1, 2, 3]])).toThrow('"x": expected rows × 2 features, got shape [1, 3]');
    expect(() => model.forward(["a"] as unknown as Values)).toThrow(TypeError);
    expect(y.toArray()).toHaveLength(1);
  });
});

describe("an Ensemble", () => {
  test("leaves its members as they are, to be trained and used by themselves", () => {
    const own = members(2, 1);
    const model = new Ensemble(own);
    const before = predict(model, [1, 2]).item();
    (own[1] as Linear).loadStateDict({ weight: [[0, 0]], bias: [100] });
    expect(predict(model, [1, 2]).item()).not.toBe(before);
    expect(model.modules).toEqual(own);
  });

  test("is not changed by what becomes of the array that it was made of", () => {
    const own = members(2, 1);
    const model = new Ensemble(own);
    const before = predict(model, [1, 2]).item();
    own.pop();
    expect(predict(model, [1, 2]).item()).toBe(before);
    expect(() => (model.modules as Module[]).pop()).toThrow(TypeError);
  });

  test("names parameters by their members", () => {
    const model = new Ensemble([
      new Linear(2, 1),
      new Sequential(
        new Normalization([
          [1, 2],
          [3, 5],
        ]),
        new Linear(2, 1, { bias: false }),
      ),
    ]);
    expect(model.namedParameters().map(([name]) => name)).toEqual(["0.weight", "0.bias", "1.1.weight"]);
    expect(Object.keys(model.stateDict())).toEqual([
      "0.weight",
      "0.bias",
      "1.1.weight",
      "1.0.mean",
      "1.0.deviation",
    ]);
    const other = new Ensemble([
      new Linear(2, 1),
      new Sequential(
        new Normalization([
          [0, 0],
          [1, 1],
        ]),
        new Linear(2, 1, { bias: false }),
      ),
    ]);
    other.loadStateDict(model.stateDict());
    expect(predict(other, [3, 4]).toArray()).toEqual(predict(model, [3, 4]).toArray());
  });
});
