import { describe, expect, test } from "vitest";
import { classIndices, oneHot } from "../../src/data/index.js";
import { CrossEntropyLoss, fitSync, Generator, Linear } from "../../src/index.js";

describe("classIndices and oneHot", () => {
  test("put the classes in order, however the rows come", () => {
    expect(classIndices(["b", "a", "b", "ä", "Z"])).toEqual({
      classes: ["Z", "a", "b", "ä"],
      shape: [5],
      data: Int32Array.of(2, 1, 2, 3, 0),
    });
    expect(classIndices(Float64Array.of(10, 9, -1, 10)).classes).toEqual([-1, 9, 10]);
    expect(oneHot(["b", "a", "b"])).toEqual({
      classes: ["a", "b"],
      shape: [3, 2],
      data: Float32Array.of(0, 1, 1, 0, 0, 1),
    });
  });

  test("take the classes of other rows as they are", () => {
    expect(classIndices(["a"], ["b", "c", "a"]).data).toEqual(Int32Array.of(2));
    expect(oneHot([2], [3, 2, 1]).data).toEqual(Float32Array.of(0, 1, 0));
    expect(() => classIndices(["a", "d"], ["a", "b"])).toThrow(
      '"labels": expected one of the classes "a", "b", got "d" in row 1',
    );
  });

  test("of nothing are nothing", () => {
    expect(classIndices([])).toEqual({ classes: [], shape: [0], data: new Int32Array() });
    expect(oneHot([], ["a", "b"]).shape).toEqual([0, 2]);
  });

  test("do not share the classes that were given", () => {
    const classes = ["a", "b"];
    const encoded = oneHot(["a"], classes);
    classes.pop();
    expect(encoded.classes).toEqual(["a", "b"]);
  });

  test.each([
    [["a", 1], undefined, '"labels": expected texts, none of them missing, got 1 in row 1'],
    [[1, NaN], undefined, '"labels": expected numbers, none of them missing, got NaN in row 1'],
    [[null], undefined, '"labels": expected numbers, none of them missing, got null in row 0'],
    ["ab", undefined, '"labels": expected an array of texts or numbers, got "ab"'],
    [undefined, undefined, '"labels": expected an array of texts or numbers, got undefined'],
    [["a"], ["a", "a"], '"classes": expected each class once, got one of them twice'],
    [["a"], [["a"]], '"classes": expected numbers, none of them missing, got an array of 1 in row 0'],
  ])("refuse %j of %j", (labels, classes, message) => {
    expect(() => oneHot(labels as string[], classes as string[])).toThrow(message);
  });

  test("are targets of CrossEntropyLoss, either of them", () => {
    const x = [-2, -1, 1, 2];
    const labels = ["low", "low", "high", "high"];
    const losses = [classIndices(labels), oneHot(labels)].map((target) => {
      const model = new Linear(1, 2, { generator: new Generator(0) });
      const result = fitSync(model, x, target, { loss: new CrossEntropyLoss(), epochs: 5 });
      return result.losses[0]!;
    });
    expect(losses[0]).toBeCloseTo(losses[1]!, 5);
  });
});
