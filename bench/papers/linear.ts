/** NIST's linear regression sets: certified coefficients, and least squares on standardised columns. */
import type { MinimizeOptions } from "../../src/index.js";
import { conditionNumber } from "./condition.js";
import type { Objective } from "./nonlinear.js";

export interface LinearSet {
  /** Of the file, .csv. */
  readonly file: string;
  /** The powers of its one predictor that are columns; without them, columns are as in the file. */
  readonly powers?: readonly number[];
  readonly intercept: boolean;
  /** The intercept first, where there is one. */
  readonly certified: readonly number[];
}

const FIFTH = { powers: [1, 2, 3, 4, 5], intercept: true } as const;
const ONES = [1, 1, 1, 1, 1, 1];

export const linearSets: Readonly<Record<string, LinearSet>> = {
  Norris: { file: "norris", intercept: true, certified: [-0.262323073774029, 1.00211681802045] },
  Pontius: {
    file: "pontius",
    powers: [1, 2],
    intercept: true,
    certified: [0.673565789473684e-3, 0.732059160401003e-6, -0.316081871345029e-14],
  },
  NoInt1: { file: "noint1", intercept: false, certified: [2.07438016528926] },
  NoInt2: { file: "noint2", intercept: false, certified: [0.727272727272727] },
  Longley: {
    file: "longley",
    intercept: true,
    certified: [
      -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
      -0.0511041056535807, 1829.15146461355,
    ],
  },
  Wampler1: { file: "wampler1", ...FIFTH, certified: ONES },
  Wampler2: { file: "wampler2", ...FIFTH, certified: [1, 0.1, 0.01, 0.001, 0.0001, 0.00001] },
  Wampler3: { file: "wampler3", ...FIFTH, certified: ONES },
  Wampler4: { file: "wampler4", ...FIFTH, certified: ONES },
  Wampler5: { file: "wampler5", ...FIFTH, certified: ONES },
};

/** The deviation that y is given: the smallest step, 1e-14, is then 1e-17 of it, below what float64 tells apart. */
const Y_SIZE = 1000;

/**
 * The end is told by the gradient: where columns nearly depend on each other, step sizes are small long before the minimum is
 * near, the more so the larger the condition number. 3e-13 is 3e-16 of y's deviation, some three times what rounding leaves.
 */
export const LINEAR_OPTIONS: MinimizeOptions = {
  stepSizes: [1e-14, 50],
  stepTolerance: 0,
  gradientTolerance: 3e-13,
};

/**
 * ½·mean squared residual over weights of standardised columns, the way back to the coefficients, and the condition number of
 * the second derivatives.
 */
export function leastSquares(
  { powers, intercept }: LinearSet,
  data: { y: readonly number[]; x: readonly number[][] },
) {
  const rows = data.x.map((row) => (powers === undefined ? row : powers.map((power) => row[0]! ** power)));
  const columns = rows[0]!.map((_, c) => rows.map((row) => row[c]!));
  const n = rows.length;
  const mean = (values: readonly number[]) =>
    intercept ? values.reduce((sum, value) => sum + value / n, 0) : 0;
  const means = columns.map(mean);
  const size = (values: readonly number[], middle: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2 / n, 0));
  const sizes = columns.map((column, c) => size(column, means[c]!));
  const yMean = mean(data.y);
  const ySize = size(data.y, yMean) / Y_SIZE;
  const x = rows.map((row) => row.map((value, c) => (value - means[c]!) / sizes[c]!));
  const y = data.y.map((value) => (value - yMean) / ySize);

  const objective: Objective = (w, gradient) => {
    gradient.fill(0);
    let sum = 0;
    x.forEach((row, r) => {
      const residual = row.reduce((total, value, c) => total + value * w[c]!, -y[r]!);
      sum += residual * residual;
      row.forEach((value, c) => {
        gradient[c]! += (residual * value) / n;
      });
    });
    return sum / (2 * n);
  };
  const coefficients = (w: ArrayLike<number>): number[] => {
    const slopes = sizes.map((deviation, c) => (w[c]! * ySize) / deviation);
    const level = slopes.reduce((rest, slope, c) => rest - slope * means[c]!, yMean);
    return intercept ? [level, ...slopes] : slopes;
  };
  return { objective, coefficients, weights: columns.length, condition: conditionNumber(x) };
}
