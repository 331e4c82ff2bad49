import { describe, expect, test } from "vitest";
import {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  type CrossEntropyLossOptions,
  Linear,
  Sequential,
  Sigmoid,
  type Values,
} from "../../../src/index.js";

describe("refuses, and changes nothing", () => {
  const rows = [
    [1, 2],
    [3, 4],
  ];
  const binary = new BCEWithLogitsLoss();
  const probability = new BCELoss();
  const classes = new CrossEntropyLoss({ weight: [1, 0] });
  test.each<[string, { forward: BCELoss["forward"] }, Values, Values, string]>([
    [
      "a target above 1",
      binary,
      rows,
      [
        [0, 1],
        [1, 2],
      ],
      `"target": expected numbers from 0 to 1, got 2 in row 1, column 1`,
    ],
    ["NaN as a target", binary, rows, [0, NaN, 0, 0], "got NaN in row 0, column 1"],
    [
      "a prediction below 0",
      probability,
      [0.5, -1],
      [1, 1],
      `"prediction": expected numbers from 0 to 1, got -1 in row 1, column 0`,
    ],
    [
      "a probability above 1 as a target",
      probability,
      [0.5, 1],
      [1, 1.5],
      `"target": expected numbers from 0 to 1, got 1.5 in row 1, column 0`,
    ],
    [
      "another shape of target",
      binary,
      rows,
      [[1], [0]],
      `"target": expected rows × 2 outputs, got shape [2, 1]`,
    ],
    [
      "a class that there is not",
      classes,
      rows,
      [0, 2],
      `"target": expected class indices from 0 to 1, got 2 in row 1`,
    ],
    ["half a class", classes, rows, [0.5, 0], "got 0.5 in row 0"],
    ["a negative class", classes, rows, [-1, 0], "got -1 in row 0"],
    ["NaN as a class", classes, rows, [0, NaN], "got NaN in row 1"],
    [
      "an infinite probability",
      classes,
      rows,
      [
        [0, 1],
        [Infinity, 0],
      ],
      `"target": expected finite probabilities, got Infinity in row 1, column 0`,
    ],
    [
      "too few classes",
      classes,
      rows,
      [0],
      `"target": expected class indices of shape [2] or probabilities of shape [2, 2], got shape [1]`,
    ],
    ["a column of classes", classes, rows, [[0], [1]], "probabilities of shape [2, 2], got shape [2, 1]"],
    ["one class", classes, [1, 2], [0, 0], `"prediction": expected rows × at least 2 classes, got 2 × 1`],
    [
      "another number of classes than weights",
      classes,
      [[1, 2, 3]],
      [0],
      `"prediction": expected rows × 2 classes, as weight has, got 1 × 3`,
    ],
    [
      "weights that add up to 0",
      classes,
      rows,
      [1, 1],
      `"target": expected a class whose weight is not 0, got none`,
    ],
  ])("%s", (_, criterion, prediction, target, message) => {
    const linear = new Linear(1, 2);
    const model = criterion === probability ? new Sequential(linear, new Sigmoid()) : linear;
    const loss = criterion.forward(model.forward([1]), [[1, 0]]);
    expect(() => criterion.forward(prediction, target)).toThrow(RangeError);
    expect(() => criterion.forward(prediction, target)).toThrow(message);
    loss.backward(); // still the latest loss
    expect(linear.weight.grad.toArray()).not.toEqual([0, 0]);
  });

  test.each<[unknown, typeof Error, string]>([
    [{ labelSmoothing: 1.5 }, RangeError, `"labelSmoothing": expected a number from 0 to 1, got 1.5`],
    [{ labelSmoothing: -0.5 }, RangeError, `"labelSmoothing": expected a number from 0 to 1, got -0.5`],
    [{ labelSmoothing: "1" }, TypeError, `"labelSmoothing": expected a number from 0 to 1`],
    [{ weight: [1, -1] }, RangeError, `"weight": expected finite numbers of at least 0, got -1 at index 1`],
    [
      { weight: [[1]] },
      RangeError,
      `"weight": expected a number for each of at least 2 classes, got shape [1, 1]`,
    ],
    [{ weight: [1] }, RangeError, `at least 2 classes, got shape [1]`],
    [
      { weight: [1, 1e39] },
      RangeError,
      `"weight": expected finite numbers of at least 0, got Infinity at index 1`,
    ],
    [{ weight: 1 }, TypeError, `"weight"`],
    [{ weights: [1] }, TypeError, `got "weights" (did you mean "weight"?)`],
  ])("%j", (options, kind, message) => {
    expect(() => new CrossEntropyLoss(options as CrossEntropyLossOptions)).toThrow(kind);
    expect(() => new CrossEntropyLoss(options as CrossEntropyLossOptions)).toThrow(message);
  });

  test("use after dispose", () => {
    const disposed = new CrossEntropyLoss();
    disposed.forward([[1, 2]], [0]);
    disposed.dispose();
    disposed.dispose();
    expect(() => disposed.forward([[1, 2]], [0])).toThrow("this CrossEntropyLoss was disposed");
  });
});
