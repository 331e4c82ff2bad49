import { describe, expect, test } from "vitest";
import {
  encoderObjective,
  encoders,
  slopeOfArgument,
  slopeOfOutput,
} from "../../../bench/papers/encoders.js";
import { epochsToSolve, networkProblems, parseFlowers } from "../../../bench/papers/networks.js";
import iris from "../../../examples/data/iris.csv?raw";
import * as rprop from "../../../src/index.js";

/**
 * Epochs to solve each problem from seeds 0 to 2 by irprop-, null where the limit comes first (docs/PAPERS.md): the same on
 * either core, since runs are the same to the bit.
 */
const EPOCHS: Record<string, (number | null)[]> = {
  "10-5-10 encoder, Δmax 50": [26, 26, 20],
  "12-2-12 encoder, Δmax 50": [null, null, null],
  "12-2-12 encoder, Δmax 0.5": [2951, null, 1154],
  "XOR, 2-4-1 tanh": [19, 26, 11],
  "two spirals, 2-40-40-1 tanh": [1899, 1322, 1358],
  "iris, 4-8-3 tanh, 148 of 150 right": [29, 32, 56],
  "iris, 4-8-3 tanh, 150 of 150 right": [114, 189, 462],
};

const problems = [...encoders, ...networkProblems(parseFlowers(iris))];
const named = (start: string) => problems.find(({ name }) => name.startsWith(start))!;
const variants: rprop.RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

describe("networks of the papers, from seeds 0 to 2", () => {
  test.each(problems.map((problem) => [problem.name, problem] as const))(
    "%s: as recorded",
    (name, problem) => {
      const epochs = [0, 1, 2].map((seed) => epochsToSolve(rprop, problem, "irprop-", seed));
      expect(epochs).toEqual(EPOCHS[name]);
    },
    60_000,
  );

  test.each(variants)(
    "by %s: the encoder in about the 30 epochs of its paper, XOR in fewer than 40",
    (variant) => {
      for (let seed = 0; seed < 3; seed++) {
        expect(epochsToSolve(rprop, named("10-5-10"), variant, seed)).toBeLessThan(45);
        expect(epochsToSolve(rprop, named("XOR"), variant, seed)).toBeLessThan(40);
      }
    },
  );
});

describe("an encoder in float64", () => {
  test.each([
    ["output", slopeOfOutput],
    ["argument", slopeOfArgument],
  ])("has the gradient that differences find, slopes from the %s", (_, slope) => {
    const { objective } = encoderObjective(encoders[0]!, slope);
    const w = new rprop.Generator(1).randn(115).toArray();
    const [gradient, expected] = [new Float64Array(115), new Float64Array(115)];
    objective(Float64Array.from(w), gradient);
    rprop.differences((x: Float64Array) => objective(x, new Float64Array(115)))(
      Float64Array.from(w),
      expected,
    );
    gradient.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 8);
    });
  });

  test("finds slopes where the output rounds to 1", () => {
    expect(slopeOfArgument(1, 1 / (1 + Math.exp(-1)))).toBeCloseTo(0.19661193324148185, 15);
    expect([slopeOfOutput(40, 1), slopeOfArgument(40, 1)]).toEqual([0, Math.exp(-40)]);
  });
});

describe("Fisher's iris", () => {
  const { rows, targets } = named("iris");
  test("has 150 flowers, the means known of it, and the two rows that UCI's version has wrong", () => {
    const means = [0, 1, 2, 3].map((c) => rows.reduce((sum, row) => sum + row[c]! / 150, 0));
    expect(means.map((mean) => mean.toFixed(6))).toEqual(["5.843333", "3.057333", "3.758000", "1.199333"]);
    expect([0, 1, 2].map((k) => targets.filter((target) => target === k).length)).toEqual([50, 50, 50]);
    expect([rows[34], rows[37]]).toEqual([
      [4.9, 3.1, 1.5, 0.2],
      [4.9, 3.6, 1.4, 0.1],
    ]);
  });

  // Measured: 100 each.
  test.each(variants)(
    "by %s: 148 flowers are right from at least 95 of 100 seeds",
    (variant) => {
      const runs = Array.from({ length: 100 }, (_, seed) =>
        epochsToSolve(rprop, named("iris"), variant, seed),
      );
      expect(runs.filter((run) => run !== null).length).toBeGreaterThanOrEqual(95);
    },
    60_000,
  );
});
