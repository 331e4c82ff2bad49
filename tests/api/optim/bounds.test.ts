import { describe, expect, it, test } from "vitest";
import {
  type Bounds,
  type MinimizeOptions,
  minimize,
  type Objective,
  parameter,
  Rprop,
  type RpropVariant,
  type Vector,
} from "../../../src/index.js";

const VARIANTS: RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

/** Σ (x − center)², whose coordinates know nothing of each other. */
const around =
  (...center: number[]) =>
  (x: Vector, gradient: Vector) => {
    let sum = 0;
    x.forEach((value, i) => {
      const away = value - center[i]!;
      gradient[i] = 2 * away;
      sum += away * away;
    });
    return sum;
  };

/** x and Δ at x0 and after each step, along a row of gradients. */
function follow(gradients: number[], x0: number, bounds: Bounds, options: MinimizeOptions = {}) {
  const way: [x: number, stepSize: number][] = [];
  let call = 0;
  const fn: Objective<Float64Array> = (_, gradient) => {
    gradient[0] = gradients[call++] ?? 0;
    return -call;
  };
  const onIteration: MinimizeOptions["onIteration"] = ({ x, stepSize }) =>
    void way.push([x[0]!, stepSize[0]!]);
  const tolerances = { gradientTolerance: 0, stepTolerance: 0 };
  const result = minimize(fn, [x0], { ...tolerances, ...options, bounds, onIteration });
  return { way, result };
}

describe.each(VARIANTS)("bounds under %s", (variant) => {
  it("hold a coordinate whose minimum is outside, and let the others go on", () => {
    const bounds: Bounds = [[0, 1], { upper: -1 }, { lower: -5, upper: 5 }];
    const result = minimize(around(3, 2, 0.7), [0.5, -4, 4], { variant, bounds });
    expect(result).toMatchObject({ converged: true, stopReason: "converged" });
    expect(result.x.slice(0, 2)).toEqual([1, -1]);
    expect(result.x[2]).toBeCloseTo(0.7, 7);
  });

  it("hold what climbs, too", () => {
    const hill: Objective<Float64Array> = ([a = 0, b = 0], gradient) => {
      gradient[0] = 2 - a;
      gradient[1] = -2 * (b - 0.25);
      return 2 * a - (a * a) / 2 - (b - 0.25) ** 2;
    };
    const result = minimize(hill, [0, 0], { variant, maximize: true, bounds: [-1, 1] });
    expect(result).toMatchObject({ stopReason: "converged", converged: true });
    expect([result.x[0], result.x[1]!.toFixed(6), result.value.toFixed(6)]).toEqual([
      1,
      "0.250000",
      "1.500000",
    ]);
  });

  it("never let fn see a point outside", () => {
    const fn = (x: Vector, gradient: Vector) => {
      for (const value of x) if (!(value >= -0.1 && value <= 0.3)) throw new Error(`at ${value}`);
      const value = around(0.29, -7)(x, gradient);
      gradient[0]! += 0.5 * Math.sin(40 * x[1]!);
      return value;
    };
    for (const lr of [1e-3, 0.1, 50])
      expect(() => minimize(fn, [0, 0.1], { variant, lr, bounds: [-0.1, 0.3] })).not.toThrow();
  });

  // With moves that end on bounds again and again and step sizes that never shrink, a run would go on for ever.
  it("do not keep a long step jumping from one to the other", () => {
    for (const lr of [1, 2, 50]) {
      const result = minimize(around(0.45), [0.2], { variant, lr, bounds: [0, 1] });
      expect(result.stopReason).toBe("converged");
      expect(result.x[0]).toBeCloseTo(0.45, 7);
      expect(result.iterations).toBeLessThan(500);
    }
  });

  it("are left again when the slope turns inwards", () => {
    // The first coordinate drives the second: its minimum moves from 4 to 0.5.
    const fn: Objective<Float64Array> = ([a = 0, b = 0], gradient) => {
      const pull = b - (0.5 + 3.5 * a);
      gradient[0] = 2 * a - 0 * pull;
      gradient[1] = 2 * pull;
      return a * a + pull * pull;
    };
    const result = minimize(fn, [1, 0.9], { variant, bounds: [0, 1] });
    expect(result.stopReason).toBe("converged");
    expect(result.x[1]).toBeCloseTo(0.5, 6);
  });
});

describe.each(VARIANTS)("the minimum of a convex quadratic outside the box, under %s,", (variant) => {
  // ½xᵀAx − bᵀx, with b such that (1, −1, ¼) is its minimum in [−1, 1]³: the slopes there are (−2, 3, 0).
  const A = [
    [4, 1, 0],
    [1, 3, 1],
    [0, 1, 2],
  ];
  const b = [5, -4.75, -0.5];
  const quadratic = (direction: number) => (x: Vector, gradient: Vector) => {
    let sum = 0;
    A.forEach((row, i) => {
      const product = row.reduce((total, a, k) => total + a * x[k]!, 0);
      gradient[i] = direction * (product - b[i]!);
      sum += x[i]! * (product / 2 - b[i]!);
    });
    return direction * sum;
  };
  const shared = { variant, bounds: [-1, 1] } as const;

  it.each([false, true])("is found on the bounds by minimize and by Rprop (maximize: %s)", (maximize) => {
    const fn = quadratic(maximize ? -1 : 1);
    for (const lr of [0.01, 0.3, 50]) {
      const start = Float32Array.of(0.3, 0.2, -0.7);
      const own = parameter(start);
      const optimizer = new Rprop([own], { ...shared, maximize, lr });
      for (let step = 0; step < 300; step++) optimizer.step(() => fn(own.data, own.grad.data));
      const inDouble = minimize(fn, Float64Array.from(start), { ...shared, maximize, lr });
      const inSingle = minimize(fn, start, { ...shared, maximize, lr });
      for (const { stopReason } of [inDouble, inSingle]) expect(stopReason).toBe("converged");
      for (const x of [own.data, inDouble.x, inSingle.x]) {
        expect([...x.slice(0, 2)]).toEqual([1, -1]);
        expect(x[2]).toBeCloseTo(0.25, 5);
      }
    }
  });
});

describe("a move that would leave the box", () => {
  it("ends on the bound, its step size what was left; there it is kept while the slope points out", () => {
    const { way, result } = follow([1, 1, 1], 1, [0.75, 2], { lr: 0.125, maxIterations: 3 });
    // 1 − 0.125 = 0.875; 0.875 − 0.15 is outside, 0.125 are left; then it is held, which is convergence.
    expect(way).toEqual([
      [1, 0.125],
      [0.875, 0.125],
      [0.75, 0.125],
    ]);
    expect(result.stopReason).toBe("converged");
  });

  it("makes the turn inwards a flip: half the step size, and no move yet by irprop-", () => {
    const two: Objective<Float64Array> = (() => {
      const first = [1, 1, 1, 1, -1, -1];
      let call = 0;
      return (_, gradient) => {
        gradient[0] = first[call++] ?? 0;
        gradient[1] = -1; // free, so that the run goes on
        return -call;
      };
    })();
    const way: [number, number][] = [];
    minimize(two, [1, 0], {
      lr: 0.5,
      bounds: [{ lower: 0.75 }, {}],
      maxIterations: 6,
      onIteration: ({ x, stepSize }) => void way.push([x[0]!, stepSize[0]!]),
    });
    expect(way).toEqual([
      [1, 0.5],
      [0.75, 0.25], // cut short
      [0.75, 0.25], // held
      [0.75, 0.25],
      [0.75, 0.25],
      [0.75, 0.125], // the flip
      [0.875, 0.125],
    ]);
  });

  it("is taken back by what it was, under rprop+", () => {
    const { way } = follow([1, -1, -1], 1, [0.75, 2], { lr: 0.5, variant: "rprop+", maxIterations: 2 });
    expect(way.map(([x]) => x)).toEqual([1, 0.75, 1]);
  });

  it("is taken back after the coordinate was held, too, under rprop+", () => {
    const slopes = [1, 1, -1];
    let call = 0;
    const fn: Objective<Float64Array> = (_, gradient) => {
      gradient[0] = slopes[call++] ?? 0;
      gradient[1] = -1; // free, so that the run goes on
      return -call;
    };
    const way: number[] = [];
    minimize(fn, [1, 0], {
      variant: "rprop+",
      lr: 0.5,
      bounds: [{ lower: 0.75 }, {}],
      maxIterations: 3,
      onIteration: ({ x }) => void way.push(x[0]!),
    });
    expect(way).toEqual([1, 0.75, 0.75, 1]);
  });

  it("ends on a bound that is rounded to float32, in float32", () => {
    const { x } = minimize(around(-1), Float32Array.of(0.5), { bounds: [0.1, 1] });
    expect(x[0]).toBe(Math.fround(0.1));
    for (const bounds of [
      [0.1, 1],
      [0, 0.1],
    ] as const) {
      expect(minimize(around(0.1), Float32Array.of(0.1), { bounds }).x[0]).toBe(Math.fround(0.1));
    }
  });
});

describe("bounds that are none are refused", () => {
  test.each<[unknown, string]>([
    [3, `"bounds": expected [lower, upper] or { lower, upper }, got 3`],
    [null, `"bounds": expected [lower, upper] or { lower, upper }, got null`],
    [[1, 0], `"bounds": expected lower ≤ upper, got [1, 0]`],
    [[NaN, 1], `"bounds": expected lower ≤ upper, got [NaN, 1]`],
    [[Infinity, Infinity], `"bounds": expected lower ≤ upper, got [Infinity, Infinity]`],
    [{ lower: "0" }, `"bounds": expected [lower, upper] or { lower, upper }, got ["0", Infinity]`],
    [{ min: 0 }, `"bounds": expected [lower, upper] or { lower, upper }, got "min"`],
    [[[0, 1]], `"bounds": expected 2 bounds, one for each coordinate, got 1`],
    [[[0, 1], 3], `"bounds[1]": expected [lower, upper] or { lower, upper }, got 3`],
    [[[0, 1], [0]], `"bounds[1]": expected [lower, upper] or { lower, upper }, got [0]`],
    [[[0, 1], { lower: 1 }], `"x0[1]": expected a number within [1, Infinity], got 0.5`],
    [[0.6, 1], `"x0[0]": expected a number within [0.6, 1], got 0.5`],
  ])("%j", (bounds, message) => {
    expect(() => minimize(around(0, 0), [0.5, 0.5], { bounds: bounds as Bounds })).toThrow(message);
  });
});
