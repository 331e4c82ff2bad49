import { describe, expect, it } from "vitest";
import { functions } from "../../../bench/papers/functions.js";
import { differences, minimize, type Vector } from "../../../src/index.js";

const wave = ([a = 0, b = 0]: Vector) => Math.sin(a) * b ** 3 + a * b;
const slopes = ([a = 0, b = 0]: Vector) => [Math.cos(a) * b ** 3 + b, 3 * Math.sin(a) * b * b + a];

describe("differences", () => {
  it.each([
    ["float64", Float64Array, 1e-9],
    ["float32", Float32Array, 3e-4],
  ] as const)("are close to the gradient in %s", (_, Kind, error) => {
    for (const point of [
      [0.3, 0.7],
      [-2, 1.5],
      [0, 0],
      [5, -3],
    ]) {
      const [x, gradient] = [Kind.from(point), new Kind(2)];
      const value = differences<Vector>(wave)(x, gradient);
      expect(value).toBe(wave(x));
      const wanted = slopes(x);
      gradient.forEach((g, i) => {
        expect(Math.abs(g - wanted[i]!)).toBeLessThanOrEqual(error * Math.max(1, Math.abs(wanted[i]!)));
      });
    }
  });

  it.each([
    ["float64", Float64Array, 2 ** -17],
    ["float32", Float32Array, 2 ** -8],
  ] as const)("take steps that grow with |x| above 1, in %s", (_, Kind, step) => {
    const start = Kind.of(0.5, -8);
    const steps: number[] = [];
    const fn = (x: Vector) => {
      x.forEach((value, i) => void (value !== start[i] && steps.push(value - start[i]!)));
      return 0;
    };
    differences(fn)(start, new Kind(2));
    expect(steps).toEqual([step, -step, 8 * step, -8 * step]);
  });

  // x + h is rounded, so that the points are not 2h apart.
  it("divide by the distance that the points have", () => {
    for (const Kind of [Float64Array, Float32Array]) {
      const x = Kind.of(0.1, 1000.1, -3.3e5, 1 / 3);
      const gradient = new Kind(4);
      for (let i = 0; i < 4; i++) {
        differences<Vector>((at) => at[i]!)(x, gradient);
        expect(gradient[i]).toBe(1);
      }
    }
  });

  it("call fn 2n + 1 times, with copies, and leave x alone", () => {
    const points: number[][] = [];
    const fn = (x: Float64Array) => {
      points.push(Array.from(x));
      const value = x[0]! + 2 * x[1]! + 4 * x[2]!;
      x.fill(NaN);
      return value;
    };
    const [x, gradient] = [Float64Array.of(1, 2, 3), new Float64Array(3)];
    expect(differences(fn)(x, gradient)).toBe(17);
    expect(points).toHaveLength(7);
    expect(points[0]).toEqual([1, 2, 3]);
    expect(points.slice(1).every((point) => point.filter((value, i) => value !== x[i]).length === 1)).toBe(
      true,
    );
    expect(Array.from(x)).toEqual([1, 2, 3]);
    gradient.forEach((g, i) => {
      expect(g).toBeCloseTo([1, 2, 4][i]!, 9);
    });
  });

  it("bring minimize to the minima that gradients bring it to", () => {
    for (const { fn, start, minimum } of functions.slice(0, 3)) {
      const scratch = [0, 0];
      const { x } = minimize(
        differences((at) => fn(at, scratch)),
        start,
      );
      x.forEach((value, i) => {
        expect(value).toBeCloseTo(minimum[i]!, 4);
      });
    }
  });

  it("refuse what is no function, no number and no pair of vectors, and pass on what fn throws", () => {
    expect(() => differences(3 as never)).toThrow(`"fn": expected a function, got 3`);
    const [x, gradient] = [Float64Array.of(1), new Float64Array(1)];
    const use = differences(() => 1) as (x: unknown, gradient: unknown) => number;
    expect(() => use([1], gradient)).toThrow(
      `"x": expected a Float64Array or a Float32Array, got an array of 1`,
    );
    expect(() => use(x, [0])).toThrow(`"gradient": expected a Float64Array or a Float32Array`);
    expect(() => use(x, new Float64Array(2))).toThrow(`"gradient": expected 1 number, as x has, got 2`);
    expect(() => differences((() => "1") as never)(x, gradient)).toThrow(
      `"fn": expected a function that returns a number, got one that returns "1"`,
    );
    const failing = differences(() => {
      throw new RangeError("out of fuel");
    });
    expect(() => failing(x, gradient)).toThrow(new RangeError("out of fuel"));
    expect(gradient).toEqual(new Float64Array(1));
  });
});
