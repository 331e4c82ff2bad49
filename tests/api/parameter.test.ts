import { describe, expect, test } from "vitest";
import { Parameter, parameter, Tensor, tensor } from "../../src/index.js";
import { eventually } from "../support/gc.js";

describe("parameter", () => {
  test("copies values of any shape and starts with a gradient of zeros", () => {
    const from = Float32Array.of(1, 2);
    const made = parameter(from);
    from[0] = 9;
    expect(made).toBeInstanceOf(Tensor);
    expect([made.toArray(), made.grad.toArray(), made.grad.shape]).toEqual([[1, 2], [0, 0], [2]]);
    expect(parameter([[1, 2]]).shape).toEqual([1, 2]);
    expect(parameter([1, 2, 3, 4], [2, 2]).toRows()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor(made).toArray()).toEqual([1, 2]);
  });

  test("refuses no values, and what is not numbers", () => {
    expect(() => parameter([])).toThrow(`"values": expected at least one value, got 0`);
    expect(() => parameter(["a"] as unknown as number[])).toThrow(TypeError);
    expect(() => parameter([1, 2], [3])).toThrow(RangeError);
  });

  test("is made by the function, not by new, and its gradient cannot be replaced", () => {
    const New = Parameter as unknown as new (...args: unknown[]) => Parameter;
    for (const wrong of [
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3],
      5,
    ]) {
      expect(() => new New(wrong)).toThrow(`"Parameter": expected to be made by parameter(values)`);
    }
    const made = parameter([1]);
    expect(() => Object.assign(made, { grad: tensor([1]) })).toThrow(TypeError);
    expect(made.grad.item()).toBe(0);
  });

  test("is over after dispose", () => {
    const made = parameter([1]);
    made.dispose();
    made.dispose();
    expect(() => made.data).toThrow("released by dispose()");
    expect(() => made.grad.item()).toThrow("released by dispose()");
  });
});

describe("data", () => {
  test("read again after the memory has grown is right, and what was written stays", () => {
    const made = parameter([1, 2, 3]);
    made.data[1] = 7;
    const others: Parameter[] = [];
    for (let i = 0; i < 20; i++) others.push(parameter(new Float32Array(100_000).fill(i)));
    expect(made.toArray()).toEqual([1, 7, 3]);
    made.data[2] = 8;
    expect(Array.from(made.data)).toEqual([1, 7, 8]);
    expect(others.every((other, i) => other.data[99_999] === i)).toBe(true);
    for (const other of others) other.dispose();
  });

  test("that somebody still holds never shows another object's numbers, when its owner is disposed", () => {
    const held = Array.from({ length: 50 }, () => {
      const made = parameter([1, 2, 3, 4]);
      const { data } = made;
      const part = data.subarray(1, 3);
      made.dispose();
      return { data, part };
    });
    for (let i = 0; i < 200; i++) parameter(new Float32Array(5000).fill(-1));
    for (const { data, part } of held) {
      expect([[], [1, 2, 3, 4]]).toContainEqual(Array.from(data));
      expect([[], [2, 3]]).toContainEqual(Array.from(part));
    }
  });

  test("that somebody still holds never shows another object's numbers, when its owner is collected", async () => {
    const held = Array.from({ length: 50 }, () => parameter([1, 2, 3, 4]).data);
    const gradients = Array.from({ length: 50 }, () => parameter([1, 2, 3, 4]).grad);
    // Free after that: data and gradient of the first 50, and the data of the others, whose gradients are held.
    await eventually(() => false, 5);
    for (let i = 0; i < 200; i++) parameter(new Float32Array(5000).fill(-1)).grad.data.fill(-1);
    for (const data of held) expect([[], [1, 2, 3, 4]]).toContainEqual(Array.from(data));
    for (const grad of gradients) expect(grad.toArray()).toEqual([0, 0, 0, 0]); // the tensor is held, not its data
  });
});
