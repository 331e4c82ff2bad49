import { describe, expect, it, test } from "vitest";
import { conditionNumber } from "../../../bench/papers/condition.js";
import { LINEAR_OPTIONS, leastSquares, linearSets } from "../../../bench/papers/linear.js";
import { models } from "../../../bench/papers/models.js";
import { digits, parseCsv, parseSet } from "../../../bench/papers/nist.js";
import { coarse, sumOfSquares } from "../../../bench/papers/nonlinear.js";
import { type MinimizeOptions, minimize, type RpropVariant } from "../../../src/index.js";
import { read } from "../../fixtures/nist/files.js";

const options: MinimizeOptions = { stepSizes: [1e-14, 50], maxIterations: 100_000 };
const linear: MinimizeOptions = { ...LINEAR_OPTIONS, maxIterations: 100_000 };

describe("minimize reaches NIST's certified coefficients", () => {
  // Digits measured: 12.2, 12.6; 14.7, 14.7; 11.4, 11.4.
  test.each<[string, RpropVariant, number]>([
    ["Norris", "irprop-", 11],
    ["Norris", "irprop+", 11],
    ["NoInt1", "irprop-", 14],
    ["NoInt1", "irprop+", 14],
    ["Longley", "irprop-", 11],
    ["Longley", "irprop+", 11],
  ])("of %s by %s, to %d digits", (name, variant, wanted) => {
    const set = linearSets[name]!;
    const { objective, coefficients, weights } = leastSquares(set, parseCsv(read(`${set.file}.csv`)));
    const result = minimize(coarse(objective), Array(weights).fill(0), { ...linear, variant });
    expect(result.stopReason).toBe("converged");
    expect(digits(coefficients(result.x), set.certified, 15)).toBeGreaterThan(wanted);
  });

  // Digits measured: 10.6, 10.6; 11, 11; by irprop+ 10.6, 10.7; 11, 11.
  describe.each(["Misra1a", "DanWood"])("of %s", (name) => {
    const set = parseSet(read(`${name}.dat`));
    test.each(["irprop-", "irprop+"] as const)("by %s from both starts, to 10 digits", (variant) => {
      for (const start of set.starts) {
        const ones = start.map(() => 1);
        const objective = sumOfSquares(set, start);
        const { x, stopReason } = minimize(coarse(objective), ones, { ...options, variant });
        const b = x.map((u, i) => u * start[i]!);
        expect(stopReason).toBe("converged");
        expect(digits(b, set.certified, 11)).toBeGreaterThan(10);
        const residual = objective(Float64Array.from(x), new Float64Array(x.length));
        expect(residual / set.residual).toBeCloseTo(1, 9);
      }
    });
  });
});

describe("the condition number", () => {
  it("is the ratio of the squared lengths of orthogonal columns, mixed by a rotation or not", () => {
    const [long, short] = [
      [3, 0],
      [0, 1],
    ];
    expect(conditionNumber([long!, short!])).toBe(9);
    const mixed = [long!, short!].map(([a = 0, b = 0]) => [0.8 * a - 0.6 * b, 0.6 * a + 0.8 * b]);
    expect(conditionNumber(mixed)).toBeCloseTo(9, 12);
  });

  it("of Longley's standardised columns is that of another program", () => {
    const { condition } = leastSquares(linearSets.Longley!, parseCsv(read("longley.csv")));
    expect(condition).toBeCloseTo(12220.01, 1);
  });
});

describe("the reader of NIST's files", () => {
  it("finds both starts, the certified values and every row", () => {
    const set = parseSet(read("Misra1a.dat"));
    expect(set).toMatchObject({
      name: "Misra1a",
      starts: [
        [500, 0.0001],
        [250, 0.0005],
      ],
      certified: [238.94212918, 5.5015643181e-4],
      residual: 0.12455138894,
    });
    expect([set.y.length, set.y[0], set.x[13]]).toEqual([14, 10.07, [760]]);
    expect(Object.keys(models)).toHaveLength(27);
    expect(models.Misra1a!([...set.certified], [760])).toBeCloseTo(81.78, 0);
  });

  it("refuses what is no such file", () => {
    expect(() => parseSet("y,x\n1,2\n")).toThrow("a file is not one of NIST's nonlinear sets");
  });

  it("counts digits as −log₁₀ of the relative error, between 0 and what is certified", () => {
    expect(digits([100.1], [100], 11)).toBeCloseTo(3, 6);
    expect(digits([100], [100], 11)).toBe(11);
    expect(digits([-100], [100], 11)).toBe(0);
    expect(digits([NaN], [100], 11)).toBe(0);
  });
});
