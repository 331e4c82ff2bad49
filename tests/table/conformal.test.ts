import { Generator } from "rprop";
import { describe, expect, test } from "vitest";
import { conformalOf, coverageOfFolds, nonconformityAt } from "../../src/table/scores/conformal.js";

const of = (...values: number[]) => values;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe("nonconformities of out-of-fold rows", () => {
  test("a level takes the rank of n + 1 rows, not of n", () => {
    const conformal = conformalOf(upTo(9), 9)!;
    expect(nonconformityAt(conformal, 0.9)).toBe(9); // rank ceil(0.9 · 10) of 9
    expect(nonconformityAt(conformal, 0.8)).toBe(8);
    expect(nonconformityAt(conformal, 0.5)).toBe(5);
    expect(nonconformityAt(conformal, 0.1)).toBe(1);
  });

  test("n rows know no level above n / (n + 1)", () => {
    expect(nonconformityAt(conformalOf(upTo(9), 9)!, 0.91)).toBe(Infinity);
    expect(nonconformityAt(conformalOf(upTo(1), 1)!, 0.5)).toBe(1);
    expect(nonconformityAt(conformalOf(upTo(1), 1)!, 0.6)).toBe(Infinity);
  });

  test("rows in any order, and none", () => {
    expect(conformalOf(of(3, 1, 2), 3)!.nonconformities).toEqual([1, 2, 3]);
    expect(conformalOf(of(), 0)).toBeNull();
  });

  test("several predictions of a row count as one row", () => {
    const thrice = conformalOf(of(...upTo(9), ...upTo(9), ...upTo(9)), 9)!;
    expect(nonconformityAt(thrice, 0.9)).toBe(9);
    expect(nonconformityAt(thrice, 0.91)).toBe(Infinity);
  });

  test("of many rows 1,000 are kept, each no smaller than the rank it stands for", () => {
    const conformal = conformalOf(upTo(123_456), 123_456)!;
    expect(conformal.nonconformities).toHaveLength(1000);
    expect(conformal.nonconformities.at(-1)).toBe(123_456);
    for (const level of [0.001, 0.5, 0.9, 0.95, 0.99]) {
      const exact = Math.ceil(level * 123_457);
      const limit = nonconformityAt(conformal, level);
      expect(limit).toBeGreaterThanOrEqual(exact);
      expect(limit).toBeLessThan(exact + 248);
    }
  });

  test("of many trials, as many new rows lie within as the level says", () => {
    const generator = new Generator(7);
    let covered = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const [row = 0, ...known] = generator.randn(20).toArray().map(Math.abs);
      if (row <= nonconformityAt(conformalOf(known, 19)!, 0.9)) covered++;
    }
    expect(covered / 4000).toBeGreaterThan(0.885); // 18 of 20 ranks: 0.9, with a standard error of 0.005
    expect(covered / 4000).toBeLessThan(0.915);
  });
});

describe("coverage of the rows of each fold by the others", () => {
  test("counts the rows of a fold within the limit of the other folds", () => {
    expect(coverageOfFolds([of(1, 2, 3, 4), of(1, 2, 3, 40)], 0.8)).toBe(7 / 8);
  });

  test("one fold has no others", () => {
    expect(coverageOfFolds([of(1, 2)], 0.9)).toBeNull();
    expect(coverageOfFolds([], 0.9)).toBeNull();
  });
});
