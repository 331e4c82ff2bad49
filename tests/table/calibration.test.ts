import { Generator } from "rprop";
import { describe, expect, test } from "vitest";
import { calibrationOf } from "../../src/table/scores/calibration.js";

/** Rows whose second category comes with a probability of p, of which the model says p^slope, normalised. */
function rowsOf(count: number, slope: number) {
  const draws = new Generator(3).rand(count, 2).toRows() as [number, number][];
  const actual = Float32Array.from(draws, ([p, u]) => Number(u < p));
  const probabilities = Float32Array.from(
    draws.flatMap(([p]) => {
      const [no, yes] = [(1 - p) ** (1 / slope), p ** (1 / slope)];
      return [no / (no + yes), yes / (no + yes)];
    }),
  );
  return { actual, probabilities };
}

describe("calibration", () => {
  test.each([0.5, 1, 2])("finds the exponent %d that probabilities want", (slope) => {
    const { actual, probabilities } = rowsOf(20_000, slope);
    const found = calibrationOf(probabilities, actual, 2)!.slope!;
    expect(found / slope).toBeGreaterThan(0.96);
    expect(found / slope).toBeLessThan(1.04);
  });

  test("probabilities that are right have a small error, those that are too sure a large one", () => {
    const right = rowsOf(20_000, 1);
    const sure = rowsOf(20_000, 0.3);
    expect(calibrationOf(right.probabilities, right.actual, 2)!.ece).toBeLessThan(0.015);
    expect(calibrationOf(sure.probabilities, sure.actual, 2)!.ece).toBeGreaterThan(0.1);
  });

  test("bins hold all rows, from the least probable on", () => {
    const { actual, probabilities } = rowsOf(1234, 1);
    const { bins } = calibrationOf(probabilities, actual, 2)!;
    expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(1234);
    expect(bins.map(({ probability }) => probability)).toEqual(
      bins.map(({ probability }) => probability).sort((a, b) => a - b),
    );
  });

  test("three categories, all right for sure: no error, and no exponent is best", () => {
    const actual = Float32Array.from({ length: 30 }, (_, row) => row % 3);
    const probabilities = Float32Array.from({ length: 90 }, (_, i) =>
      Number(i % 3 === actual[Math.floor(i / 3)]),
    );
    expect(calibrationOf(probabilities, actual, 3)).toMatchObject({ ece: 0, slope: null });
  });

  test("fewer than ten rows say nothing", () => {
    expect(calibrationOf(new Float32Array(18).fill(0.5), new Float32Array(9), 2)).toBeNull();
  });
});
