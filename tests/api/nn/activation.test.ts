import { describe, expect, test } from "vitest";
import {
  LeakyReLU,
  Linear,
  MSELoss,
  ReLU,
  Rprop,
  randn,
  SiLU,
  Tanh,
  tensor,
  type Values,
  zeros,
} from "../../../src/index.js";

describe("an activation", () => {
  test("takes flat values as one column, and a tensor as it is shaped", () => {
    expect(new ReLU().forward([-1, 2, 3]).toRows()).toEqual([[0], [2], [3]]);
    expect(new ReLU().forward(Float32Array.of(-1, 2)).shape).toEqual([2, 1]);
    expect(new ReLU().forward(tensor([1, -2, 3, -4, 5, -6], [2, 3])).toRows()).toEqual([
      [1, 0, 3],
      [0, 5, 0],
    ]);
    expect(new ReLU().forward([]).shape).toEqual([0, 1]);
    expect(new ReLU().forward(zeros(0, 3)).shape).toEqual([0, 3]);
  });

  test.each<[string, unknown, string]>([
    ["three dimensions", zeros(2, 2, 2), `"x": expected rows × features, got shape [2, 2, 2]`],
    ["a scalar", { shape: [], data: [1] }, `"x": expected rows × features, got shape []`],
    ["rows of nothing", [[], []], `"x": expected rows of at least 1 feature, got shape [2, 0]`],
    ["null", null, `"x": expected numbers, rows of numbers or a tensor, got null`],
    ["words", [["a"]], `"x": expected numbers, got "a" at row 0, column 0`],
  ])("refuses %s, and its last output stays", (_, x, message) => {
    const activation = new Tanh();
    const y = activation.forward([0]);
    expect(() => activation.forward(x as Values)).toThrow(message);
    expect(y.item()).toBe(0);
  });

  test("reads a module's output in place, and what it makes lives until its next forward", () => {
    const [linear, activation] = [new Linear(2, 3), new Tanh()];
    const y = activation.forward(linear.forward([1, 2]));
    activation.forward([1]);
    const stale = "this output is stale: its Tanh has run forward again since";
    expect(() => y.data).toThrow(stale);
    expect(() => y.backward([1, 1, 1])).toThrow(stale);
    expect(() => activation.forward(activation.forward([1]))).toThrow(
      `"x": expected rows from elsewhere (one module per place), got the output of this Tanh`,
    );
  });

  test("is refused on the way back when the output that it read is stale: no gradient changes", () => {
    const [linear, last] = [new Linear(2, 3), new Linear(3, 1)];
    const y = last.forward(new Tanh().forward(linear.forward([1, 2])));
    linear.forward([3, 4]);
    expect(() => y.backward()).toThrow("this output is stale: its Linear(2, 3)");
    expect(last.weight.grad.toArray()).toEqual([0, 0, 0]);
  });

  test("does not hide that weights have changed since forward", () => {
    const [first, last] = [new Linear(2, 3), new Linear(3, 1)];
    const optimizer = new Rprop([...first.parameters(), ...last.parameters()]);
    const y = last.forward(new Tanh().forward(first.forward([1, 2])));
    y.backward();
    optimizer.step();
    expect(() => y.backward()).toThrow("the weights of this Linear(3, 1) have changed since its forward");
  });

  test("reads the width of its source on the way back, not that of a later batch", () => {
    const [linear, tanh, mse] = [new Linear(2, 3), new Tanh(), new MSELoss()];
    for (const rows of [50, 2]) {
      mse.forward(tanh.forward(linear.forward(randn(rows, 2))), randn(rows, 3)).backward();
    }
    expect(linear.weight.grad.toArray().every((value) => value !== 0)).toBe(true);
  });

  test("ends with dispose, with a message", () => {
    const activation = new SiLU();
    const y = activation.forward([1]);
    activation.dispose();
    activation.dispose();
    expect(() => y.item()).toThrow("this SiLU was disposed");
    expect(() => activation.forward([1])).toThrow("this SiLU was disposed");
  });
});

describe("LeakyReLU", () => {
  test.each<[unknown, string]>([
    [{ negativeSlope: "1" }, `"negativeSlope": expected a number that is finite in float32, got "1"`],
    [{ negativeSlope: NaN }, `"negativeSlope": expected a number that is finite in float32, got NaN`],
    [{ negativeSlope: 1e300 }, `"negativeSlope": expected a number that is finite in float32, got 1e+300`],
    [{ slope: 1 }, `"options": expected options among negativeSlope, got "slope"`],
    [0.1, `"options": expected { negativeSlope }, got 0.1`],
  ])("refuses %j", (options, message) => {
    expect(() => new LeakyReLU(options as object)).toThrow(message);
  });

  test("keeps its slope", () => {
    expect(new LeakyReLU({ negativeSlope: -0.5 }).describe()).toBe("LeakyReLU(-0.5)");
    expect(new LeakyReLU().negativeSlope).toBe(0.01);
    expect(new LeakyReLU({ negativeSlope: 0.25 }).forward([-8]).item()).toBe(-2);
  });
});
