import { describe, expect, test } from "vitest";
import type { Target } from "../../src/table/schema.js";
import { meanScores, scorerOf } from "../../src/table/scores/scores.js";
import { percentWithError, withError } from "../../src/table/text/rounded.js";
import { isBetter, scoreLines, scoreWarnings } from "../../src/table/text/score-lines.js";

const classes = (...categories: string[]): Target => ({
  name: "y",
  kind: "category",
  categories,
  labels: "text",
});
const number: Target = { name: "y", kind: "number" };

/** Values of scikit-learn 1.2 (accuracy_score, balanced_accuracy_score, log_loss, roc_auc_score, precision_recall_fscore_support). */
describe("scores of classes are those of scikit-learn", () => {
  const actual = Float32Array.of(0, 0, 0, 0, 1, 1, 1, 0);
  const second = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.25, 0.3];
  const scorer = scorerOf(classes("u", "v"));
  scorer.add(actual, Float32Array.from(second.flatMap((p) => [1 - p, p])), 0);
  const scores = scorer.result();
  if (scores.kind !== "category") throw new Error("no classes");

  test("accuracy, balanced accuracy, confusion, precision, recall and F1", () => {
    expect(scores.accuracy).toBe(5 / 8);
    expect(scores.balancedAccuracy).toBeCloseTo((4 / 5 + 1 / 3) / 2, 12);
    expect(scores.confusion).toEqual([
      [4, 1],
      [2, 1],
    ]);
    expect(scores.classes).toEqual([
      { rows: 5, precision: 4 / 6, recall: 4 / 5, f1: 8 / 11 },
      { rows: 3, precision: 1 / 2, recall: 1 / 3, f1: 2 / 5 },
    ]);
    expect(scores.baselineAccuracy).toBe(5 / 8);
  });

  test("log loss, Brier score and AUC, equal scores counted half", () => {
    const p = second.map((each, i) => (actual[i] === 1 ? each : 1 - each));
    expect(scores.logLoss).toBeCloseTo(-p.reduce((sum, each) => sum + Math.log(each), 0) / 8, 6);
    expect(scores.brier).toBeCloseTo(p.reduce((sum, each) => sum + 2 * (1 - each) ** 2, 0) / 8, 6);
    // Of the 15 pairs, 0.4 beside 0.4 counts a half: 3.5 + 5 + 1 of them are in order.
    expect(scores.auc).toBeCloseTo(9.5 / 15, 12);
    expect(scores.baselineLogLoss).toBeCloseTo(-(5 / 8) * Math.log(5 / 8) - (3 / 8) * Math.log(3 / 8), 12);
  });

  test("a probability of 0 for the true class is no infinite loss", () => {
    const other = scorerOf(classes("u", "v"));
    other.add(Float32Array.of(0), Float32Array.of(0, 1), 0);
    const result = other.result();
    expect(result.kind === "category" && result.logLoss).toBeCloseTo(-Math.log(1e-15), 9);
    expect(result.kind === "category" && result.auc).toBeNull();
  });

  test("three classes have no AUC, and a class without rows no recall", () => {
    const other = scorerOf(classes("u", "v", "w"));
    other.add(Float32Array.of(0, 1), Float32Array.of(1, 0, 0, 0, 0, 1), null);
    const result = other.result();
    if (result.kind !== "category") throw new Error("no classes");
    expect(result.auc).toBeNull();
    expect(result.classes[2]).toEqual({ rows: 0, precision: 0, recall: null, f1: null });
    expect(result.balancedAccuracy).toBe(0.5);
  });
});

describe("scores of numbers", () => {
  test("have a standard error, that of 10,000 draws", () => {
    // Errors of 1 and 3 in turn: the squares are 1 and 9, of mean 5 and standard deviation 4.
    const scorer = scorerOf(number);
    scorer.add(
      new Float32Array(100),
      Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : -3)),
      2,
    );
    const scores = scorer.result();
    if (scores.kind !== "number") throw new Error("no numbers");
    expect(scores.rmse).toBeCloseTo(Math.sqrt(5), 12);
    expect(scores.rmseError).toBeCloseTo(4 / 10 / (2 * Math.sqrt(5)), 12);
    expect([scores.mae, scores.baselineRmse, scores.r2]).toEqual([2, 2, null]);
  });

  test("of several predictions of the same rows are their mean, and count them once", () => {
    const of = (error: number) => {
      const scorer = scorerOf(number);
      scorer.add(Float32Array.of(1, 2), Float32Array.of(1 + error, 2 + error), 0);
      return scorer.result();
    };
    expect(meanScores([of(1), of(3)])).toMatchObject({ rows: 2, rmse: 2, mae: 2, kind: "number" });
  });
});

test("numbers have the digits that their error allows", () => {
  expect(withError(290.3057, 10.802)).toBe("290 ± 11");
  expect(withError(0.0147656, 0.00531)).toBe("0.0148 ± 0.0053");
  expect(withError(123456, 2345)).toBe("123,500 ± 2,300");
  expect(withError(1.5, null)).toBe("1.500");
  expect(withError(72_812_345.6, null)).toBe("72,812,346");
  expect(withError(72_812_345.6, 123_456)).toBe("72,810,000 ± 120,000");
  expect(withError(2e15, 1)).toBe("2.00e15");
  expect(withError(-0.00001, 0.1)).toBe("0.00 ± 0.10");
  expect(withError(802.126, 10.8, false)).toBe("802");
  expect(percentWithError(0.9711, 0.01365)).toBe("97.1 ± 1.4 %");
  expect(percentWithError(1, 0)).toBe("100.0 %");
});

describe("warnings", () => {
  const schema = {
    csv: { decimal: "." as const, missing: [] },
    inputs: [{ name: "a", kind: "number" as const, mean: 0 }],
    target: number,
    baseline: 0,
  };
  const scores = {
    kind: "number" as const,
    rows: 100,
    rmse: 1,
    rmseError: 0.1,
    mae: 1,
    baselineRmse: 2,
    r2: 0.75,
    coverage: null,
  };

  test("are none for a model that is better than the baseline", () => {
    expect(isBetter(scores)).toBe(true);
    expect(scoreWarnings(scores, schema)).toEqual([]);
    expect(scoreLines(scores, schema).at(-1)).toEqual([
      "baseline",
      "2.00",
      "predicts the mean, 0.00; the model is 50.0 % better",
    ]);
  });

  test("name a model that is no better than the baseline by more than its error, and too few rows", () => {
    expect(isBetter({ ...scores, baselineRmse: 1.05 })).toBe(false);
    expect(scoreWarnings({ ...scores, baselineRmse: 1.05, rows: 12 }, schema)).toEqual([
      "12 rows are too few: no score of them can be trusted.",
      'The model is no better than the baseline: there are too few rows for so many columns, or "y" does not depend on the other columns in a way that it can learn.',
    ]);
  });
});
