import { describe, expect, test } from "vitest";
import { Linear, MSELoss, Rprop, randn, tensor, type Values } from "../../../src/index.js";

const grads = (linear: Linear) => linear.parameters().map(({ grad }) => grad.toArray());

describe("an output", () => {
  test("lives until its module's next forward", () => {
    const linear = new Linear(2, 1);
    const old = linear.forward([1, 2]);
    const copy = old.toArray();
    const stale = "this output is stale: its Linear(2, 1) has run forward again since";
    linear.forward([3, 4]);
    expect(copy).toHaveLength(1);
    for (const use of [
      () => old.data,
      () => old.item(),
      () => old.toArray(),
      () => String(old),
      () => old.backward(),
    ]) {
      expect(use).toThrow(stale);
    }
    expect(() => new MSELoss().forward(old, [1])).toThrow(stale);
    expect(() => new Linear(1, 1).forward(old)).toThrow(stale);
    expect(() => tensor(old)).toThrow(stale);
  });

  test("cannot be fed to its own module", () => {
    const linear = new Linear(2, 2);
    const y = linear.forward([1, 2]);
    expect(() => linear.forward(y)).toThrow(
      `"x": expected rows from elsewhere (one module per place), got the output of this Linear(2, 2)`,
    );
    expect(y.toArray()).toHaveLength(2);
  });

  test("can be passed on as plain data, also when memory has to grow for it", () => {
    const [a, b, mse] = [new Linear(3, 300), new Linear(300, 300), new MSELoss()];
    const x = randn(3000, 3);
    const y = b.forward(a.forward(x).data);
    expect(y.shape).toEqual([3000, 300]);
    expect(mse.forward(a.forward(x).data, y.data).item()).toBeGreaterThan(0);
    const z = new Linear(2, 1000).forward(randn(3000, 2));
    z.backward(z.data);
    for (const module of [a, b, z.layer]) module.dispose();
  });

  test("has data of exactly its shape, whatever the module has seen before", () => {
    const linear = new Linear(2, 3);
    linear.forward(randn(100, 2));
    const y = linear.forward(randn(4, 2));
    expect(y.data).toHaveLength(12);
    expect(y.toRows()).toHaveLength(4);
  });
});

describe("backward from a gradient of one's own", () => {
  const x = [
    [1, 2],
    [3, 4],
    [-1, 0.5],
  ];

  test("is what MSELoss does when the gradient is that of MSE", () => {
    const linear = new Linear(2, 2);
    const target = randn(3, 2);
    new MSELoss({ reduction: "sum" }).forward(linear.forward(x), target).backward();
    const expected = grads(linear);
    for (const { grad } of linear.parameters()) grad.data.fill(0);
    const y = linear.forward(x);
    y.backward(y.toArray().map((value, i) => 2 * Math.fround(value - target.data[i]!)));
    expect(grads(linear)).toEqual(expected); // doubling is exact
  });

  test("is 1 for an output of one value, and must be given otherwise", () => {
    const linear = new Linear(2, 1);
    linear.forward([3, 4]).backward();
    expect(grads(linear)).toEqual([[3, 4], [1]]);
    expect(() => linear.forward(x).backward()).toThrow(
      `"gradient": expected one number for each of the 3 outputs, got undefined`,
    );
  });

  test("adds up, twice from one output too", () => {
    const linear = new Linear(2, 1);
    const y = linear.forward([3, 4]);
    y.backward([1]);
    y.backward([2]);
    expect(grads(linear)).toEqual([[9, 12], [3]]);
  });

  test("reads its own output as a gradient", () => {
    const linear = new Linear(1, 1);
    linear.weight.data[0] = 2;
    linear.bias?.data.fill(0);
    const y = linear.forward([3]);
    y.backward(y);
    expect(linear.weight.grad.item()).toBe(18);
  });

  test.each<[string, unknown, string]>([
    ["of another width", [[1], [1], [1]], `"gradient": expected rows × 2 outputs, got shape [3, 1]`],
    ["with too few rows", [[1, 1]], `"gradient": expected 3 rows, got 1 row`],
    ["of null", null, `"gradient": expected numbers, rows of numbers or a tensor, got null`],
    ["of words", ["a"], `"gradient": expected numbers, got "a" at index 0`],
  ])("refuses one %s and changes nothing", (_, gradient, message) => {
    const linear = new Linear(2, 2);
    const y = linear.forward(x);
    expect(() => y.backward(gradient as Values)).toThrow(message);
    expect(grads(linear)).toEqual([
      [0, 0, 0, 0],
      [0, 0],
    ]);
    y.backward([1, 1, 1, 1, 1, 1]);
    expect(grads(linear)[1]).toEqual([3, 3]);
  });
});

describe("a chain of modules", () => {
  const first = new Linear(2, 3);
  const second = new Linear(3, 1);

  test("backward reaches them all", () => {
    new MSELoss().forward(second.forward(first.forward([1, 2, 3, 4])), [0, 1]).backward();
    for (const parameter of [...first.parameters(), ...second.parameters()]) {
      expect(parameter.grad.toArray().some((value) => value !== 0)).toBe(true);
    }
  });

  test("is refused as a whole when an output in it is stale: no gradient changes", () => {
    const y = second.forward(first.forward([1, 2]));
    const before = [...grads(first), ...grads(second)];
    first.forward([5, 6]);
    expect(() => y.backward()).toThrow("this output is stale: its Linear(2, 3)");
    expect([...grads(first), ...grads(second)]).toEqual(before);
  });

  test("is refused after an optimizer has changed weights that the way back needs", () => {
    const optimizer = new Rprop([...first.parameters(), ...second.parameters()]);
    const y = second.forward(first.forward([1, 2]));
    y.backward([1]);
    optimizer.step();
    const before = [...grads(first), ...grads(second)];
    expect(() => y.backward([1])).toThrow(
      "the weights of this Linear(3, 1) have changed since its forward: run forward again before backward",
    );
    expect([...grads(first), ...grads(second)]).toEqual(before);
    // The gradients of a single layer need its input alone.
    const alone = first.forward([1, 2]);
    optimizer.step();
    alone.backward([1, 1, 1]);
  });
});
