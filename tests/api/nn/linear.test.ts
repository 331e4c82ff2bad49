import { describe, expect, test } from "vitest";
import {
  Generator,
  Linear,
  type LinearOptions,
  parameter,
  randn,
  tensor,
  type Values,
} from "../../../src/index.js";

/** A layer with these rows of weights, and this bias. */
function linearOf(weight: number[][], bias: number[]): Linear {
  const linear = new Linear(weight[0]!.length, weight.length);
  linear.weight.data.set(weight.flat());
  linear.bias?.data.set(bias);
  return linear;
}

describe("forward", () => {
  const linear = linearOf(
    [
      [1, 2],
      [0, -1],
      [0.5, 0.5],
    ],
    [0.1, 0, -1],
  );

  test("is x · weightᵀ + bias", () => {
    const y = linear.forward([
      [1, 1],
      [2, -3],
    ]);
    expect(y.shape).toEqual([2, 3]);
    expect(y.toArray()).toEqual([3.1, -1, 0, -3.9, 3, -1.5].map(Math.fround));
  });

  test("cuts flat values into rows, and takes no rows at all", () => {
    expect(linear.forward([1, 1, 2, -3]).shape).toEqual([2, 3]);
    expect(linear.forward([]).shape).toEqual([0, 3]);
    expect(linear.forward(tensor([], [0, 2])).toArray()).toEqual([]);
  });

  test("carries NaN and infinities along, as PyTorch does", () => {
    expect(linear.forward([NaN, 0, Infinity, 0]).toArray()).toEqual([NaN, NaN, NaN, Infinity, NaN, Infinity]);
  });

  test("without a bias starts from 0", () => {
    const plain = new Linear(1, 1, { bias: false });
    plain.weight.data[0] = 3;
    expect(plain.bias).toBeNull();
    expect(plain.forward([2]).item()).toBe(6);
    expect(plain.parameters()).toEqual([plain.weight]);
  });
});

describe("parameters", () => {
  test("have PyTorch's names, order and shapes", () => {
    const linear = new Linear(3, 2);
    expect(linear.namedParameters().map(([name, { shape }]) => [name, shape])).toEqual([
      ["weight", [2, 3]],
      ["bias", [2]],
    ]);
    expect(linear.weight.grad.toArray()).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("refuses, and changes nothing", () => {
  const linear = new Linear(3, 2);
  const refused: [string, unknown, string][] = [
    ["31 values", new Float32Array(31), `"x": expected rows × 3 features, got 31 values`],
    ["one value", [1], `"x": expected rows × 3 features, got 1 value`],
    ["rows of another width", [[1, 2]], `"x": expected rows × 3 features, got shape [1, 2]`],
    [
      "three dimensions",
      tensor(new Float32Array(12), [2, 2, 3]),
      `"x": expected rows × 3 features, got shape [2, 2, 3]`,
    ],
    ["ragged rows", [[1, 2, 3], [4]], `"x": expected rows of 3 numbers, got 1 in row 1`],
    ["words", [["a", "b", "c"]], `"x": expected numbers, got "a" at row 0, column 0`],
    ["nothing", undefined, `"x": expected numbers, rows of numbers or a tensor, got undefined`],
  ];
  test.each(refused)("%s", (_, x, message) => {
    const y = linear.forward([1, 2, 3]);
    const before = y.toArray();
    expect(() => linear.forward(x as Values)).toThrow(message);
    expect(y.toArray()).toEqual(before); // still the latest output
  });

  test("sizes and options that no layer has", () => {
    expect(() => new Linear(0, 1)).toThrow(`"inFeatures": expected a whole number of at least 1, got 0`);
    expect(() => new Linear(1, 1.5)).toThrow(RangeError);
    expect(() => new Linear("3" as unknown as number, 1)).toThrow(TypeError);
    expect(() => new Linear(1, 1, { bais: true } as LinearOptions)).toThrow(
      `"options": expected options among bias, generator, got "bais" (did you mean "bias"?)`,
    );
    expect(() => new Linear(1, 1, { bias: 1 } as unknown as LinearOptions)).toThrow(
      `"bias": expected true or false, got 1`,
    );
    expect(() => new Linear(1, 1, { generator: {} } as LinearOptions)).toThrow(
      `"generator": expected a Generator`,
    );
    expect(() => new Linear(1, 1, false as unknown as LinearOptions)).toThrow(TypeError);
    expect(() => new Linear(1, 1, new Generator(1) as LinearOptions)).toThrow(
      `"options": expected { bias, generator }, got a Generator`,
    );
  });

  test("a layer too large for memory, and goes on working", () => {
    expect(() => new Linear(1e6, 1e6)).toThrow(/^memory is exhausted: no room for \d+\.\d MiB more/);
    expect(new Linear(3, 2).forward(randn(2, 3)).shape).toEqual([2, 2]);
  });

  test("a batch too large for memory, and goes on working", () => {
    const wide = new Linear(1, 1e6);
    const weight = wide.weight.toArray();
    const y = wide.forward([1]);
    expect(() => wide.forward(new Float32Array(1e5))).toThrow(/memory is exhausted/);
    expect(() => y.backward(new Float32Array(1e6))).toThrow("this output is stale");
    expect(wide.weight.toArray()).toEqual(weight);
    expect(wide.forward([1]).shape).toEqual([1, 1e6]);
    wide.dispose();
  });
});

test("a layer's parameters and sizes cannot be replaced", () => {
  const linear = new Linear(2, 2);
  for (const change of [{ weight: parameter([1]) }, { bias: null }, { inFeatures: 3 }]) {
    expect(() => Object.assign(linear, change)).toThrow(TypeError);
  }
  const shape = linear.forward([1, 2]).shape as number[];
  expect(() => shape.push(9)).toThrow(TypeError);
});

describe("dispose", () => {
  test("ends the layer, its outputs and its parameters, with a message", () => {
    const linear = new Linear(3, 2);
    const y = linear.forward([1, 2, 3]);
    linear.dispose();
    linear.dispose(); // a second time is no mistake
    expect(() => linear.forward([1, 2, 3])).toThrow("this Linear(3, 2) was disposed");
    expect(() => y.data).toThrow("this Linear(3, 2) was disposed");
    expect(() => y.backward([1, 1])).toThrow("this Linear(3, 2) was disposed");
    expect(() => linear.weight.data).toThrow("released by dispose()");
    expect(() => linear.weight.grad.toArray()).toThrow("released by dispose()");
    expect(() => tensor(linear.weight)).toThrow("released by dispose()");
  });

  test("of a parameter alone ends forward too: no other object's numbers are read", () => {
    const linear = new Linear(2, 2);
    for (const own of linear.parameters()) own.dispose();
    parameter([100, 100, 100, 100]);
    expect(() => linear.forward([1, 1])).toThrow("released by dispose()");
  });

  test("happens at the end of a using block", () => {
    const linear = new Linear(1, 1);
    linear[Symbol.dispose]();
    expect(() => linear.forward([1])).toThrow("disposed");
  });
});
