import { describe, expect, it, test } from "vitest";
import { Generator, Moments } from "../../../src/index.js";
import { SquaredError } from "../../../src/moments/squared-error.js";

const random = (rows: number, columns: number, seed: number) =>
  new Generator(seed).randn(rows, columns).toRows();

/** Of rows, outputs o with a scale each, parameters as measure takes them. */
function byRows(x: number[][], y: number[][], scales: ArrayLike<number>, parameters: ArrayLike<number>) {
  const [p, q] = [x[0]!.length, y[0]!.length];
  const gradient = Array<number>(parameters.length).fill(0);
  let error = 0;
  x.forEach((row, r) => {
    for (let o = 0; o < q; o++) {
      const bias = parameters[p * q + o] ?? 0;
      const rest = row.reduce((sum, value, i) => sum + value * parameters[o * p + i]!, bias - y[r]![o]!);
      const scale = scales[o]! / x.length;
      error += scale * rest ** 2;
      row.forEach((value, i) => {
        gradient[o * p + i]! += 2 * scale * rest * value;
      });
      if (parameters.length > p * q) gradient[p * q + o]! += 2 * scale * rest;
    }
  });
  return { error, gradient };
}

describe("SquaredError has the error and the gradient of the rows", () => {
  test.each([
    [1, 1, true],
    [3, 2, true],
    [3, 2, false],
    [6, 1, true],
    [5, 4, false],
  ])("of %d features and %d outputs, with a bias: %s", (inFeatures, outFeatures, bias) => {
    const x = random(30, inFeatures, 1).map((row) => row.map((value, i) => value + i));
    const y = random(30, outFeatures, 2);
    const scales = Float64Array.from(y[0]!, (_, o) => o + 0.5);
    const error = new SquaredError(Moments.from(x, y).sums, scales);
    for (const seed of [3, 4, 5]) {
      const size = outFeatures * (inFeatures + Number(bias));
      const parameters = Float64Array.from(new Generator(seed).randn(size).data);
      const gradient = new Float64Array(size).fill(NaN);
      const wanted = byRows(x, y, scales, parameters);
      expect(error.measure(parameters, gradient) / wanted.error).toBeCloseTo(1, 13);
      expect(error.measure(parameters, null)).toBe(error.measure(parameters, gradient));
      wanted.gradient.forEach((slope, i) => {
        expect(gradient[i]).toBeCloseTo(slope, 11);
      });
    }
  });

  it("where columns are constant or depend on others", () => {
    const x = random(30, 2, 1).map(([a, b]) => [a!, 2, b!, a! - b!]);
    const y = random(30, 1, 2);
    const error = new SquaredError(Moments.from(x, y).sums, Float64Array.of(1));
    const [parameters, gradient] = [Float64Array.of(0.3, -1, 2, 0.7, 0.1), new Float64Array(5)];
    const wanted = byRows(x, y, [1], parameters);
    expect(error.measure(parameters, gradient)).toBeCloseTo(wanted.error, 12);
    wanted.gradient.forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 12);
    });
  });

  it("to the last digits of small differences near the minimum", () => {
    const x = random(30, 2, 1);
    const y = x.map(([a, b]) => [1e8 * a! - 1e8 * b!]);
    const error = new SquaredError(Moments.from(x, y).sums, Float64Array.of(1));
    const at = (by: number) => error.measure(Float64Array.of(1e8 + by, -1e8, 0), null);
    const least = Math.min(at(0), at(1e-7), at(-1e-7));
    expect(least).toBeGreaterThanOrEqual(0);
    for (const by of [1e-5, 1e-4, 1e-3]) {
      expect(at(2 * by)).toBeGreaterThan(at(by));
      expect(at(-2 * by)).toBeGreaterThan(at(-by));
    }
  });
});
