import { describe, expect, test } from "vitest";
import {
  HuberLoss,
  L1Loss,
  Linear,
  type LossOptions,
  MSELoss,
  parameter,
  tensor,
  type Values,
} from "../../../src/index.js";

const mse = new MSELoss();

describe("MSELoss", () => {
  test("is the mean or the sum of squared differences, rounded to float32 once", () => {
    expect(mse.forward([1, 2, 4], [1, 1, 1]).item()).toBe(Math.fround(10 / 3));
    expect(new MSELoss({ reduction: "sum" }).forward([1, 2, 4], [1, 1, 1]).item()).toBe(10);
  });

  test("is a scalar that stays after the next forward", () => {
    const loss = mse.forward([1], [3]);
    mse.forward([1], [1]);
    expect(loss.shape).toEqual([]);
    expect([loss.item(), loss.toArray(), loss.data[0]]).toEqual([4, [4], 4]);
  });

  test("takes a target [rows] for a prediction [rows, 1]", () => {
    const prediction = tensor([1, 2], [2, 1]);
    expect(mse.forward(prediction, tensor([1, 4])).item()).toBe(2);
    expect(mse.forward(prediction, [[1], [4]]).item()).toBe(2);
    expect(mse.forward([1, 2], prediction).item()).toBe(0);
  });

  test("becomes NaN or infinite where its numbers are", () => {
    expect(mse.forward([NaN], [0]).item()).toBeNaN();
    expect(mse.forward([Infinity], [0]).item()).toBe(Infinity);
    expect(mse.forward([3e38], [-3e38]).item()).toBe(Infinity);
  });
});

describe("L1Loss and HuberLoss", () => {
  test("are what PyTorch computes, with its gradients", () => {
    // torch 1.13: prediction [0, 0.5, 3, -4], target 0; L1Loss, HuberLoss(delta 2), mean and sum.
    const prediction = [0, 0.5, 3, -4];
    const target = [0, 0, 0, 0];
    for (const [criterion, sum, gradient] of [
      [L1Loss, 7.5, [0, 1, 1, -1]],
      [HuberLoss, 0.125 + 4 + 6, [0, 0.5, 2, -2]],
    ] as const) {
      const options = criterion === HuberLoss ? { delta: 2 } : {};
      expect(new criterion(options).forward(prediction, target).item()).toBe(sum / 4);
      const loss = new criterion({ ...options, reduction: "sum" });
      const linear = new Linear(4, 4, { bias: false });
      linear.weight.data.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
      const output = loss.forward(linear.forward([prediction]), [target]);
      output.backward();
      expect(output.item()).toBe(sum);
      // Row r of the gradient is its derivative times the inputs.
      expect(linear.weight.grad.toRows().map((row) => row[2]! / 3)).toEqual(gradient);
    }
  });

  test("take deltas above 0", () => {
    expect(() => new HuberLoss({ delta: 0 })).toThrow(`"delta": expected a finite number above 0, got 0`);
    expect(() => new HuberLoss({ delta: 1e-60 })).toThrow(RangeError);
    expect(() => new HuberLoss({ delta: "1" as unknown as number })).toThrow(TypeError);
    expect(() => new L1Loss({ delta: 1 } as LossOptions)).toThrow(`got "delta"`);
  });
});

describe("backward", () => {
  const linear = new Linear(1, 1);
  const x = [1, 2, 3];

  test("multiplies gradients by its factor", () => {
    mse.forward(linear.forward(x), [2, 4, 6]).backward();
    const once = linear.weight.grad.item();
    linear.weight.grad.data.fill(0);
    mse.forward(linear.forward(x), [2, 4, 6]).backward(-2);
    expect(linear.weight.grad.item()).toBe(-2 * once);
  });

  test.each<[string, unknown, typeof Error]>([
    ["NaN", NaN, RangeError],
    ["a string", "1", TypeError],
  ])("refuses %s as a factor, and can still be taken", (_, factor, kind) => {
    const loss = mse.forward(linear.forward(x), x);
    expect(() => loss.backward(factor as number)).toThrow(kind);
    loss.backward();
  });

  test("throws a second time", () => {
    const loss = mse.forward(linear.forward(x), x);
    loss.backward();
    const before = linear.weight.grad.item();
    expect(() => loss.backward()).toThrow("this loss has been taken backward before");
    expect(linear.weight.grad.item()).toBe(before);
  });

  test("throws when prediction or loss has been computed again, and says which", () => {
    const loss = mse.forward(linear.forward(x), x);
    linear.forward(x);
    expect(() => loss.backward()).toThrow("this output is stale: its Linear(1, 1)");
    const older = mse.forward(linear.forward(x), x);
    mse.forward([1], [1]);
    expect(() => older.backward()).toThrow("this loss is stale: its MSELoss has run forward again since");
  });

  test("throws for a prediction that no module made", () => {
    for (const prediction of [[1, 2], tensor([1, 2]), parameter([1, 2])]) {
      expect(() => mse.forward(prediction, [1, 2]).backward()).toThrow("this loss cannot go backward");
    }
  });
});

describe("refuses, and changes nothing", () => {
  test.each<[string, Values, unknown, string]>([
    [
      "another number of rows",
      [[1, 2]],
      [
        [1, 2],
        [3, 4],
      ],
      `"target": expected 1 row, as the prediction has, got 2`,
    ],
    [
      "class indices",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [0, 2],
      `"target": expected rows × 3 (class indices: CrossEntropyLoss), got shape [2]`,
    ],
    ["another width", [[1, 2]], [[1]], `"target": expected rows × 2 outputs, got shape [1, 1]`],
    ["a value too many", [[1, 2]], [1, 2, 3], `"target": expected rows × 2 outputs, got 3 values`],
    ["no rows", [], [], `"prediction": expected at least one row and output, got shape [0]`],
    ["a target of words", [1], ["a"], `"target": expected numbers, got "a" at index 0`],
    ["a cube", tensor([1], [1, 1, 1]), [1], `"prediction": expected rows × outputs, got shape [1, 1, 1]`],
  ])("%s", (_, prediction, target, message) => {
    const loss = mse.forward(new Linear(1, 1).forward([1]), [1]);
    expect(() => mse.forward(prediction, target as Values)).toThrow(message);
    loss.backward(); // still the latest loss
  });

  test("unknown options and reductions", () => {
    expect(() => new MSELoss({ reducton: "sum" } as LossOptions)).toThrow(
      `got "reducton" (did you mean "reduction"?)`,
    );
    expect(() => new MSELoss({ reduction: "none" } as unknown as LossOptions)).toThrow(
      `"reduction": expected "mean" or "sum", got "none"`,
    );
  });

  test("use after dispose", () => {
    const disposed = new MSELoss();
    const loss = disposed.forward(new Linear(1, 1).forward([1]), [2]);
    disposed.dispose();
    expect(loss.item()).toBeGreaterThan(0);
    expect(() => loss.backward()).toThrow("this MSELoss was disposed");
    expect(() => disposed.forward([1], [1])).toThrow("this MSELoss was disposed");
  });
});
