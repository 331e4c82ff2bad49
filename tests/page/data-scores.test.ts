import { describe, expect, test } from "vitest";
import { chosenRows, parted } from "../../page/data/rows.js";
import { accuracyOf, commonest, confusionOf, errorsOf, meanOf } from "../../page/data/scores.js";

describe("errors of numbers", () => {
  test("are in the target's units", () => {
    const { rmse, mae, r2 } = errorsOf([1, 2, 7], [1, 4, 4]);
    expect([rmse, mae]).toEqual([Math.sqrt(13 / 3), 5 / 3]);
    expect(r2).toBeCloseTo(1 - 13 / 6, 12);
  });

  test("of the mean explain nothing, of the truth everything", () => {
    const truth = [3, 5, 10];
    expect(
      errorsOf(
        truth.map(() => meanOf(truth)),
        truth,
      ).r2,
    ).toBe(0);
    expect(errorsOf(truth, truth)).toEqual({ rmse: 0, mae: 0, r2: 1 });
  });

  test("explain no share of nothing", () => expect(errorsOf([1, 2], [5, 5]).r2).toBeNaN());
});

describe("classes", () => {
  test("are counted: the truth down, the guess across", () => {
    const confusion = confusionOf([0, 1, 1, 2, 1], [0, 1, 2, 2, 0], 3);
    expect(confusion).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 1, 1],
    ]);
    expect(accuracyOf(confusion)).toBe(3 / 5);
  });

  test("have a commonest one", () => expect(commonest([2, 0, 2, 1, 0, 2], 3)).toBe(2));
});

describe("rows that are held out", () => {
  const rowsOf = (count: number) => {
    const y = Float32Array.from({ length: count }, (_, row) => row);
    return { width: 2, x: Float32Array.from({ length: 2 * count }, (_, i) => i), y };
  };

  test.each([
    [10, 0.2, 2],
    [5, 0.01, 1],
    [5, 0.5, 3],
    [150, 0.2, 30],
    [7, 0, 0],
  ])("of %d, a share of %d is %d rows, and the others are trained on", (count, share, wanted) => {
    for (const seed of [0, 1, 2]) {
      const [training, held] = parted(rowsOf(count), share, seed);
      expect(held.y.length).toBe(wanted);
      expect([...training.y, ...held.y].sort((a, b) => a - b)).toEqual([...rowsOf(count).y]);
    }
  });

  test("keep their numbers together", () => {
    expect(chosenRows(rowsOf(3), [0, 2])).toEqual({
      width: 2,
      x: Float32Array.of(0, 1, 4, 5),
      y: Float32Array.of(0, 2),
    });
  });
});
