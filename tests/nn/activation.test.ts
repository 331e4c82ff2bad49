import { describe, expect, test } from "vitest";
import {
  GELU,
  Generator,
  LeakyReLU,
  Linear,
  MSELoss,
  ReLU,
  Rprop,
  randn,
  Sigmoid,
  SiLU,
  Softplus,
  Tanh,
  tensor,
  type Values,
  zeros,
} from "../../src/index.js";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const activations = [
  { name: "Tanh", make: () => new Tanh(), f: Math.tanh },
  { name: "Sigmoid", make: () => new Sigmoid(), f: sigmoid },
  { name: "ReLU", make: () => new ReLU(), f: (x: number) => Math.max(x, 0) },
  { name: "LeakyReLU(0.01)", make: () => new LeakyReLU(), f: (x: number) => (x > 0 ? x : 0.01 * x) },
  {
    name: "LeakyReLU(-0.5)",
    make: () => new LeakyReLU({ negativeSlope: -0.5 }),
    f: (x: number) => (x > 0 ? x : -0.5 * x),
  },
  {
    name: "GELU",
    make: () => new GELU(),
    f: (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  },
  { name: "SiLU", make: () => new SiLU(), f: (x: number) => x * sigmoid(x) },
  { name: "Softplus", make: () => new Softplus(), f: (x: number) => Math.log1p(Math.exp(x)) },
];

/** Some distance from 0, where rectifiers bend: a difference across a bend is no derivative. */
function numbers(rows: number, columns: number): number[][] {
  const generator = new Generator(rows * 10 + columns);
  return generator
    .randn(rows, columns)
    .toRows()
    .map((row) => row.map((x) => Math.fround(2 * x + Math.sign(x) * 0.01)));
}

describe.each(activations)("$name", ({ name, make, f }) => {
  test.each([
    [1, 1],
    [3, 2],
    [7, 5],
    [300, 3],
  ])("is f of each number, shaped as x: %i × %i", (rows, columns) => {
    const x = numbers(rows, columns);
    const y = make().forward(x);
    expect(y.shape).toEqual([rows, columns]);
    y.toRows().forEach((row, r) => {
      row.forEach((value, c) => {
        expect(value).toBeCloseTo(f(x[r]![c]!), 5);
      });
    });
  });

  test("takes another width, and more or fewer rows, each time", () => {
    const activation = make();
    for (const [rows, columns] of [
      [2, 3],
      [40, 7],
      [1, 1],
      [5, 30],
    ] as const) {
      const x = numbers(rows, columns);
      const y = activation.forward(x);
      expect(y.shape).toEqual([rows, columns]);
      expect(y.data).toHaveLength(rows * columns);
      expect(y.toArray().at(-1)).toBeCloseTo(f(x.at(-1)!.at(-1)!), 5);
    }
  });

  test("the gradient of what it reads is its derivative", () => {
    const x = numbers(9, 4);
    const identity = new Linear(4, 4, { bias: false });
    for (let i = 0; i < 16; i++) identity.weight.data[i] = i % 5 === 0 ? 1 : 0;
    const dy = randn(9, 4);
    make().forward(identity.forward(x)).backward(dy);
    // ∂/∂weight[o, k] of Σ dy · f(x · weightᵀ) is Σᵣ dy[r, o] · f′(x[r, o]) · x[r, k].
    const h = 1e-5;
    identity.weight.grad.toArray().forEach((gradient, i) => {
      const [o, k] = [i >> 2, i & 3];
      const expected = x.reduce((sum, row, r) => {
        const slope = (f(row[o]! + h) - f(row[o]! - h)) / (2 * h);
        return sum + dy.data[r * 4 + o]! * slope * row[k]!;
      }, 0);
      expect(gradient).toBeCloseTo(expected, 4);
    });
  });

  test("has no parameters, and its name", () => {
    expect(make().namedParameters()).toEqual([]);
    expect(make().describe()).toBe(name);
  });
});

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
    expect(new LeakyReLU().negativeSlope).toBe(0.01);
    expect(new LeakyReLU({ negativeSlope: 0.25 }).forward([-8]).item()).toBe(-2);
  });
});
