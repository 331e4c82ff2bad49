import { fitSync, Linear, MSELoss } from "rprop";
import { describe, expect, test } from "vitest";
import { chosenRows, heldOut } from "../../page/data/rows.js";
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
  test.each([
    [10, 0.2, 2],
    [5, 0.01, 1],
    [5, 0.5, 3],
    [150, 0.2, 30],
    [7, 0, 0],
  ])("of %d, a share of %d is %d rows", (rows, share, wanted) => {
    for (const seed of [0, 1, 2]) expect(heldOut(rows, share, seed).filter(Boolean).length).toBe(wanted);
  });

  test("are those that fit holds back", () => {
    const x = Array.from({ length: 40 }, (_, i) => [i]);
    const y = x.map(([value = 0]) => 3 * value + (value % 7));
    const held = heldOut(40, 0.3, 5);
    const make = () => {
      const linear = new Linear(1, 1);
      linear.loadStateDict({ weight: [[0.5]], bias: [0] });
      return linear;
    };
    const own = fitSync(
      make(),
      x.filter((_, i) => !held[i]),
      y.filter((_, i) => !held[i]),
      {
        loss: new MSELoss(),
        validation: { x: x.filter((_, i) => held[i]), y: y.filter((_, i) => held[i]) },
      },
    );
    const fits = fitSync(make(), x, y, { validation: 0.3, seed: 5 });
    expect(own.validationLosses).toEqual(fits.validationLosses);
  });

  test("and the others keep their numbers together", () => {
    const rows = { width: 2, x: Float32Array.of(1, 2, 3, 4, 5, 6), y: Float32Array.of(10, 20, 30) };
    expect(chosenRows(rows, (row) => row !== 1)).toEqual({
      width: 2,
      x: Float32Array.of(1, 2, 5, 6),
      y: Float32Array.of(10, 30),
    });
  });
});
