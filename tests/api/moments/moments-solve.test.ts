import { describe, expect, it, test } from "vitest";
import { linearSets } from "../../../bench/papers/linear.js";
import { digits, parseCsv } from "../../../bench/papers/nist.js";
import { Generator, Linear, Moments, MSELoss } from "../../../src/index.js";
import { read } from "../../fixtures/nist/files.js";

const random = (rows: number, columns: number, seed = 3) => new Generator(seed).randn(rows, columns).toRows();

/** Outputs that follow from these weights and biases. */
function exact(x: number[][], weight: number[][], bias: number[]) {
  return x.map((row) => weight.map((w, o) => row.reduce((sum, value, i) => sum + value * w[i]!, bias[o]!)));
}

/** The mean squared error of a linear model over rows. */
function errorOf(x: number[][], y: number[][], weight: ArrayLike<number>, bias: ArrayLike<number>) {
  const p = x[0]!.length;
  const squares = x.flatMap((row, r) =>
    y[r]!.map(
      (wanted, o) => row.reduce((sum, value, i) => sum + value * weight[o * p + i]!, bias[o]! - wanted) ** 2,
    ),
  );
  return squares.reduce((a, b) => a + b) / squares.length;
}

describe("solve reaches NIST's certified coefficients", () => {
  // Digits measured: 12.2; 12.4.
  test.each(["Norris", "Longley"])("of %s to 11 digits", (name) => {
    const { certified, file } = linearSets[name]!;
    const { x, y } = parseCsv(read(`${file}.csv`));
    const { weight, bias, loss } = Moments.from(x, y).solve();
    expect(digits([...bias, ...weight], certified, 15)).toBeGreaterThan(11);
    const residual = { Norris: 26.6173985294224, Longley: 836424.055505915 }[name]!;
    expect(digits([loss * y.length], [residual], 15)).toBeGreaterThan(10);
  });

  // Digits measured: 6.9; 9.7. The columns x … x⁵ nearly depend on each other.
  test.each([
    ["Wampler1", 6],
    ["Wampler2", 9],
  ])("of %s, an exact polynomial, to %d digits", (name, wanted) => {
    const { certified, powers } = linearSets[name]!;
    const x = Array.from({ length: 21 }, (_, r) => powers!.map((power) => r ** power));
    const y = x.map((row) => row.reduce((sum, value, i) => sum + value * certified[i + 1]!, certified[0]!));
    const { weight, bias, loss } = Moments.from(x, y).solve();
    expect(digits([...bias, ...weight], certified, 15)).toBeGreaterThan(wanted);
    const variance = Moments.from(x, y).toJSON().yy[0]! / 21;
    expect(loss).toBeGreaterThanOrEqual(0);
    expect(loss).toBeLessThan(1e-14 * variance);
  });
});

describe("solve", () => {
  it("gives each output its weights, in the units of the rows", () => {
    const weight = [
      [3, -2, 0.5],
      [0, 1e-3, 4],
    ];
    const x = random(40, 3).map(([a, b, c]) => [a! + 10, b! * 1e4, c! / 100]);
    const { weight: found, bias, loss } = Moments.from(x, exact(x, weight, [7, -1])).solve();
    weight.flat().forEach((w, i) => {
      expect(found[i]).toBeCloseTo(w, 8); // outputs of 10⁴ tell 0.5 · 0.01 to 10 digits
    });
    expect(bias[0]).toBeCloseTo(7, 8);
    expect(bias[1]).toBeCloseTo(-1, 8);
    expect(loss).toBeLessThan(1e-6);
  });

  it("gives the loss that MSELoss has, and no other weights have less", () => {
    const [x, y] = [random(50, 3), random(50, 2, 4)];
    const moments = Moments.from(x, y);
    const { weight, bias, loss } = moments.solve();
    expect(errorOf(x, y, weight, bias) / loss).toBeCloseTo(1, 13);
    const linear = new Linear(3, 2);
    linear.loadStateDict({ weight: [[...weight.slice(0, 3)], [...weight.slice(3)]], bias: Array.from(bias) });
    expect(new MSELoss().forward(linear.forward(x), y).item()).toBeCloseTo(loss, 6);
    for (let i = 0; i < 8; i++) {
      for (const by of [-1e-3, 1e-3]) {
        const [w, b] = [weight.slice(), bias.slice()];
        if (i < 6) w[i]! += by;
        else b[i - 6]! += by;
        expect(errorOf(x, y, w, b)).toBeGreaterThan(loss);
      }
    }
  });

  it("is that of rows in other numbers: weights of rows are what decay leaves", () => {
    const [x, y] = [random(30, 2), random(30, 1, 4)];
    const [later, then] = [random(10, 2, 5), random(10, 1, 6)];
    const decayed = Moments.from(x, y).decay(0.5).add(later, then).solve();
    const repeated = Moments.from([...x, ...later, ...later], [...y, ...then, ...then]).solve();
    decayed.weight.forEach((w, i) => {
      expect(w).toBeCloseTo(repeated.weight[i]!, 13);
    });
    expect(decayed.loss).toBeCloseTo(repeated.loss, 13);
  });

  it("gives the weight 0 to columns that are constant or depend on others", () => {
    const x = random(60, 2).map(([a, b]) => [a!, 5, b!, a! + b!, 3 * a! - 7]);
    const y = exact(x, [[2, 9, -1, 0, 0]], [1]);
    const { weight, bias, loss } = Moments.from(x, y).solve();
    const zeros = weight.filter((w) => w === 0);
    expect(zeros).toHaveLength(3);
    expect(weight[1]).toBe(0);
    expect(loss).toBeLessThan(1e-12);
    expect(errorOf(x, y, weight, bias)).toBeLessThan(1e-20);
    const twins = random(60, 1).map(([a]) => [a!, a!]);
    const twin = Moments.from(
      twins,
      twins.map(([a]) => 4 * a!),
    ).solve();
    expect(twin.weight[0]).toBeCloseTo(4, 13);
    expect(twin.weight[1]).toBe(0);
  });

  it("leaves out the column that says least of its own", () => {
    const x = random(60, 2).map(([a, b]) => [a!, a! + 3e-7 * b!, b!]);
    const y = exact(x, [[1, 0, 2]], [0]);
    const { weight, bias } = Moments.from(x, y).solve();
    expect(weight[1]).toBe(0);
    expect(errorOf(x, y, weight, bias)).toBeLessThan(1e-20);
  });

  it("tells a column from another that it nearly is", () => {
    const x = random(60, 2).map(([a, b]) => [a!, a! + 1e-5 * b!]);
    const { weight } = Moments.from(x, exact(x, [[1, 2]], [0])).solve();
    expect(weight[0]).toBeCloseTo(1, 4);
    expect(weight[1]).toBeCloseTo(2, 4);
  });

  it("gives the mean where x says nothing: one row, or constant columns", () => {
    expect(Moments.from([[3, 4]], [[5, 6]]).solve()).toEqual({
      weight: new Float64Array(4),
      bias: Float64Array.of(5, 6),
      loss: 0,
    });
    const flat = Moments.from([2, 2, 2, 2], [1, 3, 1, 3]).solve();
    expect(flat).toEqual({ weight: Float64Array.of(0), bias: Float64Array.of(2), loss: 1 });
  });

  it("adds the ridge to the sum of squares, and leaves the bias alone", () => {
    // Of one centred column: w = Σxy / (Σx² + λ).
    const one = Moments.from([1, 2, 3], [10, 20, 30]);
    for (const ridge of [0, 2, 6, 1e6]) {
      const { weight, bias, loss } = one.solve(ridge);
      const w = 20 / (2 + ridge);
      expect(weight[0]).toBeCloseTo(w, 13);
      expect(bias[0]).toBeCloseTo(20 - 2 * w, 13);
      expect(loss).toBeCloseTo(((10 - w) ** 2 * 2) / 3, 11);
    }
    // It shares between columns that are the same.
    const twins = Moments.from(
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      [10, 20, 30],
    ).solve(1);
    expect(twins.weight[0]).toBeCloseTo(20 / 5, 12);
    expect(twins.weight[1]).toBeCloseTo(20 / 5, 12);
  });

  it("with a ridge zeroes the gradient of what it minimises", () => {
    const [x, y] = [random(25, 4).map((row) => row.map((value, i) => value * 10 ** i + i)), random(25, 2, 8)];
    const ridge = 3;
    const { weight, bias } = Moments.from(x, y).solve(ridge);
    for (const o of [0, 1]) {
      const rest = x.map((row, r) =>
        row.reduce((sum, value, i) => sum + value * weight[o * 4 + i]!, bias[o]! - y[r]![o]!),
      );
      expect(rest.reduce((a, b) => a + b)).toBeCloseTo(0, 10);
      for (const i of [0, 1, 2, 3]) {
        const slope = rest.reduce((sum, value, r) => sum + value * x[r]![i]!, ridge * weight[o * 4 + i]!);
        expect(slope / 10 ** i).toBeCloseTo(0, 10);
      }
    }
  });

  it("belongs to the caller", () => {
    const moments = Moments.from([1, 2, 3], [1, 2, 4]);
    const [first, second] = [moments.solve(), moments.solve()];
    first.weight[0] = first.bias[0] = 99;
    expect(moments.solve()).toEqual(second);
    expect(second.weight.buffer.byteLength).toBe(8);
  });
});
