import { describe, expect, it, test } from "vitest";
import {
  type MinimizeIteration,
  type MinimizeOptions,
  minimize,
  type Objective,
  type RpropVariant,
  type Vector,
} from "../../../src/index.js";

/** Σ x² */
const bowl = (x: Vector, gradient: Vector) => {
  x.forEach((value, i) => {
    gradient[i] = 2 * value;
  });
  return Array.from(x).reduce((sum, value) => sum + value * value, 0);
};

describe("a run of minimize ends", () => {
  it("converged where the gradient is no larger than gradientTolerance", () => {
    const result = minimize(bowl, [1, -1], { gradientTolerance: 1e-3 });
    expect(result).toMatchObject({ converged: true, stopReason: "converged" });
    expect(Math.max(...result.x.map((x) => Math.abs(2 * x)))).toBeLessThanOrEqual(1e-3);
    expect(result.iterations).toBeLessThan(minimize(bowl, [1, -1]).iterations);
    expect(minimize(bowl, [0, 0])).toMatchObject({ stopReason: "converged", iterations: 0, evaluations: 1 });
  });

  it("converged in float32 at a step size of 2⁻²⁴ where no stepTolerance is given", () => {
    let sign = 1;
    let last = Number.NaN;
    const flipping = (_: Float32Array, gradient: Float32Array) => {
      sign = -sign;
      gradient[0] = sign;
      return 0;
    };
    const onIteration = ({ stepSize }: { stepSize: Float32Array }) => {
      last = stepSize[0] as number;
    };
    const { stopReason } = minimize(flipping, Float32Array.of(0.5), { lr: 2 ** -20, onIteration });
    expect([stopReason, last]).toEqual(["converged", 2 ** -24]);
  });

  it("converged where no step size is larger than stepTolerance, beside |x| where that is above 1", () => {
    const watch = (center: number) => {
      const sizes: number[] = [];
      const result = minimize(
        (x, gradient) =>
          bowl(
            x.map((value) => value - center),
            gradient,
          ),
        [center + 3],
        { stepTolerance: 1e-3, onIteration: ({ stepSize }) => void sizes.push(stepSize[0]!) },
      );
      expect(result).toMatchObject({ converged: true, stopReason: "converged" });
      return sizes.slice(-2) as [number, number];
    };
    const [before, last] = watch(0);
    expect([last <= 1e-3, before > 1e-3]).toEqual([true, true]);
    const [larger, large] = watch(100);
    expect([large <= 0.1, large > 0.01, larger > 0.1]).toEqual([true, true, true]);
  });

  // A first step that is small beside x0 is no convergence: nothing has been found yet.
  it("not before slopes have flipped, however small the first step is", () => {
    const away = (center: number) => (x: Float64Array, gradient: Float64Array) =>
      bowl(
        x.map((value) => value - center),
        gradient,
      );
    expect(minimize(away(0), [1e13]).iterations).toBeGreaterThan(100);
    const result = minimize(away(3), [1], { lr: 0, stepSizes: [1e-30, 50] });
    expect(result.stopReason).toBe("converged");
    expect(result.x[0]).toBeCloseTo(3, 7);
  });

  it("converged though some coordinates have a slope of 0 and never move", () => {
    const fn: Objective<Float64Array> = ([a = 0], gradient) => {
      gradient.fill(0);
      gradient[0] = 2 * (a - 0.3);
      return (a - 0.3) ** 2;
    };
    const result = minimize(fn, [1, 7]);
    expect(result.stopReason).toBe("converged");
    expect(result.x[1]).toBe(7);
  });

  it("at the target, before a step is taken from there", () => {
    const result = minimize(bowl, [1, -1], { targetValue: 0.5 });
    expect(result).toMatchObject({ converged: true, stopReason: "target" });
    expect(result.value).toBeLessThanOrEqual(0.5);
    expect(minimize(bowl, [1], { targetValue: 1 })).toMatchObject({ stopReason: "target", iterations: 0 });
    const hill: Objective<Float64Array> = ([x = 0], gradient) => {
      gradient[0] = -2 * x;
      return -x * x;
    };
    const up = minimize(hill, [1], { targetValue: -0.5, maximize: true });
    expect(up.stopReason).toBe("target");
    expect(up.value).toBeGreaterThanOrEqual(-0.5);
    expect(up.iterations).toBeGreaterThan(0);
  });

  it("after maxIterations steps, and one evaluation more", () => {
    let calls = 0;
    const result = minimize(
      (x, gradient) => {
        calls++;
        return bowl(x, gradient);
      },
      [1],
      { maxIterations: 5 },
    );
    expect(result).toMatchObject({ converged: false, stopReason: "limit", iterations: 5, evaluations: 6 });
    expect(calls).toBe(6);
  });

  it("where onIteration returns false, and nothing else that is falsy", () => {
    const result = minimize(bowl, [1], { onIteration: ({ iteration }) => iteration < 3 });
    expect(result).toMatchObject({ converged: false, stopReason: "stopped", iterations: 3, evaluations: 4 });
    for (const falsy of [undefined, null, 0, ""])
      expect(minimize(bowl, [1], { onIteration: () => falsy }).stopReason).toBe("converged");
  });

  it.each([
    ["a value of NaN", () => NaN],
    ["an infinite value", () => -Infinity],
    ["a value of NaN without a gradient", () => NaN, false],
  ])("diverged at %s, with the best point before it", (_, outside, writes = true) => {
    const fn: Objective<Float64Array> = (x, gradient) => {
      const value = bowl(x, gradient);
      if (x[0]! >= 0.5) return value;
      if (!writes) gradient.fill(NaN);
      return outside();
    };
    const result = minimize(fn, [1], { lr: 0.2 });
    expect(result).toMatchObject({ converged: false, stopReason: "diverged", iterations: 3, evaluations: 4 });
    expect(result.x[0]).toBeCloseTo(0.56, 10);
    expect(result.value).toBeCloseTo(0.56 ** 2, 10);
    expect(minimize(fn, [0.25])).toMatchObject({ stopReason: "diverged", x: [0.25], iterations: 0 });
  });

  it.each([NaN, Infinity, -Infinity])("diverged at a gradient of %d after the first", (slope) => {
    const fn: Objective<Float64Array> = (x, gradient) => {
      const value = bowl(x, gradient);
      if (x[0]! < 0.9) gradient[1] = slope;
      return value;
    };
    expect(minimize(fn, [1, 1])).toMatchObject({ converged: false, stopReason: "diverged" });
  });
});

describe("what minimize returns", () => {
  it.each<RpropVariant>(["irprop-", "rprop-"])("is the best point seen, by %s", (variant) => {
    const seen: number[] = [];
    const options: MinimizeOptions = {
      variant,
      lr: 0.9,
      maxIterations: 7,
      onIteration: ({ value }) => void seen.push(value),
    };
    for (const start of [1, 2, 3.3]) {
      seen.length = 0;
      const result = minimize(bowl, [start, -start], options);
      expect(result.value).toBe(Math.min(...seen));
      expect(bowl(Float64Array.from(result.x), new Float64Array(2))).toBe(result.value);
      const last = seen.at(-1)!;
      if (start === 3.3) expect(result.value).toBeLessThan(last); // it went past the minimum
    }
  });

  it("is the latest of equally good points, whose step sizes have been adapted longest", () => {
    const flat: Objective<Float64Array> = (_, gradient) => {
      gradient[0] = 1;
      return 0;
    };
    const { x } = minimize(flat, [0], { lr: 1, etas: [0.5, 2], maxIterations: 3 });
    expect(x).toEqual([-7]);
  });

  it("is of x0's type, and never x0", () => {
    const list = [1, 1];
    const [single, double] = [Float32Array.of(1, 1), Float64Array.of(1, 1)];
    expect(minimize(bowl, list, { maxIterations: 3 }).x).toBeInstanceOf(Array);
    expect(minimize(bowl, single, { maxIterations: 3 }).x).toBeInstanceOf(Float32Array);
    expect(minimize(bowl, double, { maxIterations: 3 }).x).toBeInstanceOf(Float64Array);
    expect(minimize(bowl, double, { targetValue: 2 }).x).not.toBe(double);
    for (const x0 of [list, single, double]) expect(Array.from(x0)).toEqual([1, 1]);
  });

  it("does not depend on what fn does to x", () => {
    const careless: Objective<Float64Array> = (x, gradient) => {
      const value = bowl(x, gradient);
      x.fill(NaN);
      return value;
    };
    expect(minimize(careless, [1, 2])).toEqual(minimize(bowl, [1, 2]));
  });

  it("does not depend on what onIteration does to its copies", () => {
    const points: MinimizeIteration[] = [];
    const result = minimize(bowl, [1, 2], {
      onIteration: (point) => {
        points.push({ ...point, x: point.x.slice(), gradient: point.gradient.slice() });
        for (const copy of [point.x, point.gradient, point.stepSize]) copy.fill(7);
      },
    });
    expect(result).toEqual(minimize(bowl, [1, 2]));
    expect(points[0]).toMatchObject({ iteration: 0, x: Float64Array.of(1, 2), value: 5 });
    expect(points[0]!.gradient).toEqual(Float64Array.of(2, 4));
    expect(new Set(points.map(({ x }) => x[0])).size).toBeGreaterThan(10);
  });
});

describe("minimize refuses", () => {
  const run = (fn: unknown, x0: unknown, options?: unknown) => () =>
    minimize(fn as Objective<Float64Array>, x0 as number[], options as MinimizeOptions);

  test.each<[string, unknown, unknown, string]>([
    ["what is no function", 3, [1], `"fn": expected a function, got 3`],
    ["no vector", bowl, 3, `"x0": expected a Float64Array, a Float32Array or an array of numbers, got 3`],
    ["another typed array", bowl, Int32Array.of(1), `got an Int32Array`],
    ["nothing to move", bowl, [], `"x0": expected at least one number, got an array of 0`],
    ["no numbers", bowl, ["1"], `"x0[0]": expected a finite number, got "1"`],
    ["holes", bowl, Array(2), `"x0[0]": expected a finite number, got undefined`],
    ["NaN", bowl, [1, NaN], `"x0[1]": expected a finite number, got NaN`],
    ["infinity", bowl, Float32Array.of(Infinity), `"x0[0]": expected a finite number, got Infinity`],
    [
      "a fn without a value",
      () => {},
      [1],
      `"fn": expected a function that returns a number, got one that returns undefined`,
    ],
    ["a promised value", async () => 1, [1], "got one that returns a Promise"],
  ])("%s", (_, fn, x0, message) => {
    expect(run(fn, x0)).toThrow(message);
  });

  test.each<[unknown, string]>([
    [{ variant: "rprop" }, `"variant": expected "irprop-" or "irprop+" or "rprop-" or "rprop+", got "rprop"`],
    [{ lr: -1 }, `"lr": expected a finite number of at least 0, got -1`],
    [{ etas: [0.5, 1] }, `"etas": expected 0 < η⁻ < 1 < η⁺, got [0.5, 1]`],
    [{ stepSizes: [2, 1] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [2, 1]`],
    [{ stepSizes: [0, Infinity] }, `"stepSizes": expected 0 ≤ smallest ≤ largest, got [0, Infinity]`],
    [{ maximize: 1 }, `"maximize": expected true or false, got 1`],
    [{ weightDecay: -1 }, `"weightDecay": expected a finite number of at least 0, got -1`],
    [{ maxIterations: 0 }, `"maxIterations": expected a whole number of at least 1, got 0`],
    [{ gradientTolerance: NaN }, `"gradientTolerance": expected a finite number of at least 0, got NaN`],
    [{ stepTolerance: "1" }, `"stepTolerance": expected a finite number of at least 0, got "1"`],
    [{ targetValue: NaN }, `"targetValue": expected a finite number, got NaN`],
    [{ onIteration: true }, `"onIteration": expected a function, got true`],
    [{ maxIteration: 3 }, `got "maxIteration" (did you mean "maxIterations"?)`],
    [null, "onIteration }, got null"],
  ])("options %j", (options, message) => {
    const never = () => {
      throw new Error("called");
    };
    expect(run(never, [1], options)).toThrow(message);
  });

  it("a gradient with an entry that was never written", () => {
    expect(run(() => 1, [1])).toThrow("fn left gradient[0] unwritten, or wrote NaN to it: write every entry");
    const first: Objective<Float64Array> = (_, gradient) => {
      gradient[0] = 1;
      return 1;
    };
    expect(run(first, [1, 1])).toThrow("fn left gradient[1] unwritten");
    const adding: Objective<Float64Array> = (_, gradient) => {
      gradient[0]! += 1;
      return 1;
    };
    expect(run(adding, [1])).toThrow("fn left gradient[0] unwritten");
  });

  it("lets what fn and onIteration throw through, x0 as it was", () => {
    const x0 = Float64Array.of(1, 2);
    const failing: Objective<Float64Array> = (x, gradient) => {
      if (x[0]! < 0.9) throw new RangeError("out of fuel");
      return bowl(x, gradient);
    };
    expect(run(failing, x0)).toThrow(new RangeError("out of fuel"));
    const onIteration = ({ iteration }: MinimizeIteration) => {
      if (iteration === 2) throw new Error("enough");
    };
    expect(run(bowl, x0, { onIteration })).toThrow("enough");
    expect(x0).toEqual(Float64Array.of(1, 2));
  });

  it("takes options in float64 that are none in float32", () => {
    const options: MinimizeOptions = { etas: [0.5, 1 + 1e-10], stepSizes: [1e-50, 1e39] };
    expect(minimize(bowl, [1], { ...options, maxIterations: 2 }).stopReason).toBe("limit");
    expect(run(bowl, Float32Array.of(1), options)).toThrow(`"etas": expected 0 < η⁻ < 1 < η⁺`);
  });
});
