import { describe, expect, test } from "vitest";
import { argmax, Linear, softmax, tensor, type Values } from "../../../src/index.js";

describe("softmax and argmax", () => {
  test("softmax gives probabilities of its own", () => {
    const linear = new Linear(1, 3);
    const output = linear.forward([1, 2]);
    const p = softmax(output);
    const kept = p.toArray();
    linear.forward([5, 6]);
    expect(p.shape).toEqual([2, 3]);
    expect(p.toArray()).toEqual(kept);
    for (const row of p.toRows()) expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
    expect(softmax(tensor([], [0, 3])).shape).toEqual([0, 3]);
    expect(() => softmax(output)).toThrow("stale");
  });

  test("argmax is the first of the largest; NaN is larger than any number", () => {
    const rows = [
      [1, 3, 3],
      [-0, 0, -1],
      [5, NaN, 9],
      [NaN, NaN, 9],
      [-Infinity, -Infinity, -Infinity],
      [1, 2, Infinity],
    ];
    expect(argmax(rows)).toEqual([1, 0, 1, 0, 0, 2]);
    expect(argmax(tensor([], [0, 3]))).toEqual([]);
  });

  test.each([softmax, argmax])("%o takes rows of classes only", (of) => {
    expect(() => of([1, 2])).toThrow(`"t": expected rows × classes, got shape [2]`);
    expect(() => of(tensor([], [2, 0]))).toThrow(`"t": expected rows × classes, got shape [2, 0]`);
    expect(() => of([["a"]] as unknown as Values)).toThrow(TypeError);
  });
});
