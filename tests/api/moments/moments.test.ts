import { describe, expect, it, test } from "vitest";
import {
  fitSync,
  Generator,
  Linear,
  Moments,
  type MomentsJSON,
  Normalization,
  tensor,
  type Values,
} from "../../../src/index.js";
import { exactMoments } from "../../support/exact-moments.js";

/** Rows of float64 numbers, columns far apart in level and size, and outputs that follow from them but for noise. */
function made(rows: number, inFeatures: number, outFeatures: number, seed = 1) {
  const generator = new Generator(seed);
  const draw = (columns: number) => generator.randn(rows, columns).toRows();
  const x = draw(inFeatures).map((row) => row.map((value, i) => (value / 3 + 2 * i) * 10 ** (i - 1)));
  const noise = draw(outFeatures);
  const y = x.map((row, r) =>
    noise[r]!.map((value, o) => row.reduce((sum, at, i) => sum + (at * (i - o)) / 10 ** i, o + value)),
  );
  return { x, y };
}

/** By the definitions, each sum on its own. */
function reference(x: number[][], y: number[][]): MomentsJSON {
  const n = x.length;
  const mean = (rows: number[][], c: number) => rows.reduce((sum, row) => sum + row[c]! / n, 0);
  const meanX = x[0]!.map((_, i) => mean(x, i));
  const meanY = y[0]!.map((_, o) => mean(y, o));
  const sum = (a: number[][], i: number, ma: number, b: number[][], j: number, mb: number) =>
    a.reduce((total, row, r) => total + (row[i]! - ma) * (b[r]![j]! - mb), 0);
  const xx = meanX.flatMap((a, i) => meanX.slice(i).map((b, j) => sum(x, i, a, x, i + j, b)));
  const xy = meanX.flatMap((a, i) => meanY.map((b, o) => sum(x, i, a, y, o, b)));
  const yy = meanY.map((b, o) => sum(y, o, b, y, o, b));
  return { n, meanX, meanY, xx, xy, yy };
}

/** Equal, each number but for tolerance times what it is measured by: σ of means, and products of σ of sums. */
function expectClose(moments: Moments, wanted: MomentsJSON, tolerance: number) {
  const got = moments.toJSON();
  const [p, q] = [wanted.meanX.length, wanted.meanY.length];
  let at = 0;
  const sizeX = wanted.meanX.map((_, i) => {
    const size = Math.sqrt(wanted.xx[at]!);
    at += p - i;
    return size;
  });
  const sizeY = wanted.yy.map(Math.sqrt);
  const sizes = {
    meanX: wanted.meanX.map((mean, i) => Math.abs(mean) + sizeX[i]!),
    meanY: wanted.meanY.map((mean, o) => Math.abs(mean) + sizeY[o]!),
    xx: sizeX.flatMap((a, i) => sizeX.slice(i).map((b) => a * b)),
    xy: sizeX.flatMap((a) => sizeY.map((b) => a * b)),
    yy: wanted.yy,
  };
  expect(got.n / wanted.n).toBeCloseTo(1, 14);
  for (const key of ["meanX", "meanY", "xx", "xy", "yy"] as const) {
    expect(got[key]).toHaveLength({ meanX: p, meanY: q, xx: (p * (p + 1)) / 2, xy: p * q, yy: q }[key]);
    const off = got[key].map((value, i) => Math.abs(value - wanted[key][i]!) / sizes[key][i]!);
    expect(Math.max(...off), key).toBeLessThan(tolerance);
  }
}

describe("Moments hold means and sums of products", () => {
  test.each(
    [1, 2, 3, 4, 5, 7, 8, 9].flatMap((inFeatures) =>
      [1, 2, 5].map((outFeatures) => [inFeatures, outFeatures]),
    ),
  )("of %d features and %d outputs", (inFeatures, outFeatures) => {
    for (const rows of [1, 2, 127, 128, 129, 300]) {
      const { x, y } = made(rows, inFeatures!, outFeatures!);
      const moments = Moments.from(x, y);
      if (rows > 1) expectClose(moments, reference(x, y), 1e-14);
      else expect(moments.toJSON()).toMatchObject({ n: 1, meanX: x[0], meanY: y[0], yy: y[0]!.map(() => 0) });
    }
  });

  it("whatever kind of numbers they come in", () => {
    const { x, y } = made(40, 3, 2);
    const wanted = Moments.from(x, y).toJSON();
    const flat = Float64Array.from(x.flat());
    const add = (a: Values, b: Values) => new Moments(3, 2).add(a, b).toJSON();
    expect(add(flat, y.flat())).toEqual(wanted);
    expect(add({ shape: [40, 3], data: flat }, y)).toEqual(wanted);
    const singles = Float32Array.from(flat);
    expect(add(singles, y)).not.toEqual(wanted);
    expect(add(tensor(x), y)).toEqual(add(singles, y));
    expect(add(Array.from(singles), y)).toEqual(add(singles, y));
    const whole = [3, 1, 4, 1, 5, 9];
    expect(add(Int16Array.from(whole), [1, 2, 3, 4])).toEqual(add(whole, [1, 2, 3, 4]));
    expect(Moments.from([1, 2, 4], [1, 2, 3]).toJSON()).toEqual(
      new Moments(1, 1).add([[1], [2], [4]], [1, 2, 3]).toJSON(),
    );
  });

  it("to the same digits for columns far from 0", () => {
    const { x, y } = made(1000, 2, 1);
    const grid = (rows: number[][], level: number) =>
      rows.map((row) => row.map((value) => Math.round(value * 2 ** 14) / 2 ** 14 + level));
    const near = Moments.from(grid(x, 0), grid(y, 0)).toJSON();
    const meanX = near.meanX.map((mean) => mean + 2 ** 35);
    const meanY = near.meanY.map((mean) => mean - 2 ** 37);
    expectClose(Moments.from(grid(x, 2 ** 35), grid(y, -(2 ** 37))), { ...near, meanX, meanY }, 1e-14);
  });

  it("of a column that never changes as 0, however its rows are cut", () => {
    for (const level of [0.1, 1 / 3, 1e300, -1e-300]) {
      const x = Array.from({ length: 999 }, (_, r) => [level, r]);
      const y = x.map(() => level);
      const moments = new Moments(2, 1);
      moments.add(x.slice(0, 1), y.slice(0, 1)).add(x.slice(1, 700), y.slice(1, 700)).decay(0.3);
      moments.merge(Moments.from(x.slice(700), y.slice(700)));
      const { meanX, meanY, xx, xy, yy } = moments.toJSON();
      expect([meanX[0], meanY[0], xx[0], xx[1], yy[0]]).toEqual([level, level, 0, 0, 0]);
      expect(xy).toEqual([0, 0]);
    }
  });

  it("never with a negative square", () => {
    const generator = new Generator(5);
    for (let run = 0; run < 300; run++) {
      const values = generator.rand(7).toArray();
      const x = values.map((value) => 1e8 + Math.round(value * 3) * 2 ** -26);
      const { xx, yy } = Moments.from(x, x)
        .merge(Moments.from(x.slice(2), x.slice(2)))
        .toJSON();
      expect(xx[0]).toBeGreaterThanOrEqual(0);
      expect(yy[0]).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("Moments put together", () => {
  const { x, y } = made(500, 4, 2);
  const wanted = Moments.from(x, y).toJSON();

  it("from rows in several calls are those of one", () => {
    for (const cut of [1, 2, 100, 256, 499]) {
      const moments = new Moments(4, 2);
      for (let r = 0; r < 500; r += cut) moments.add(x.slice(r, r + cut), y.slice(r, r + cut));
      expectClose(moments, wanted, cut === 1 ? 1e-13 : 2e-14);
    }
  });

  it("by merge are those of all rows, and leave the other as it is", () => {
    for (const cut of [0, 1, 250, 499, 500]) {
      const first = new Moments(4, 2).add(x.slice(0, cut), y.slice(0, cut));
      const second = new Moments(4, 2).add(x.slice(cut), y.slice(cut));
      const before = second.toJSON();
      expect(first.merge(second)).toBe(first);
      expect(second.toJSON()).toEqual(before);
      expectClose(first, wanted, 1e-14);
    }
    const twice = Moments.from(x, y);
    expectClose(twice.merge(twice), Moments.from([...x, ...x], [...y, ...y]).toJSON(), 1e-14);
  });

  it("take no rows for nothing", () => {
    const moments = Moments.from(x, y);
    moments.add([], []).add(new Float64Array(0), []).merge(new Moments(4, 2));
    expect(moments.toJSON()).toEqual(wanted);
    expect(new Moments(2, 1).toJSON()).toEqual({
      n: 0,
      meanX: [0, 0],
      meanY: [0],
      xx: [0, 0, 0],
      xy: [0, 0],
      yy: [0],
    });
  });

  it("count rows less after decay, and not at all after decay(0)", () => {
    const decayed = Moments.from(x, y).decay(0.5);
    expect(decayed.n).toBe(250);
    const half = (sums: number[]) => sums.map((sum) => sum / 2);
    const { meanX, meanY, xx, xy, yy } = wanted;
    expect(decayed.toJSON()).toEqual({ n: 250, meanX, meanY, xx: half(xx), xy: half(xy), yy: half(yy) });
    // Rows of weight 2, decayed by half, are rows of weight 1.
    const double = Moments.from(x, y).merge(Moments.from(x, y)).decay(0.5);
    const [more, outputs] = [x.slice(0, 99), y.slice(0, 99)];
    expectClose(double.add(more, outputs), Moments.from(x, y).add(more, outputs).toJSON(), 1e-14);
    expect(Moments.from(x, y).decay(1).toJSON()).toEqual(wanted);
    expect(Moments.from(x, y).decay(0).toJSON()).toEqual(new Moments(4, 2).toJSON());
    const forgotten = Moments.from(x, y);
    for (let i = 0; i < 30; i++) forgotten.decay(1e-20);
    expect(forgotten.toJSON()).toEqual(new Moments(4, 2).toJSON());
  });

  it("say the same after any decay, or that they have no rows", () => {
    const solution = (moments: Moments) => {
      const { weight, bias } = moments.solve();
      return [...weight, ...bias];
    };
    const expected = solution(Moments.from(x, y));
    const statistics = (moments: Moments) => new Normalization(moments).std.toArray();
    const deviations = statistics(Moments.from(x, y));
    const decayed = Moments.from(x, y);
    let refused = 0;
    for (let i = 0; i < 1100; i++) {
      decayed.decay(0.5);
      const read = Moments.fromJSON(JSON.parse(JSON.stringify(decayed)));
      expect(read.n).toBe(decayed.n);
      for (const moments of [decayed, read])
        if (moments.n > 0) {
          solution(moments).forEach((value, i) => {
            expect(value / expected[i]!).toBeCloseTo(1, 10);
          });
          expect(statistics(moments)).toEqual(deviations);
        } else {
          expect(() => moments.solve()).toThrow("these Moments have no rows: add() some before solve()");
          expect(() => statistics(moments)).toThrow("these Moments have no rows");
          expect(() => fitSync(new Linear(4, 2), moments)).toThrow("these Moments have no rows");
          refused++;
        }
    }
    expect(refused).toBeGreaterThan(0);
    expect(decayed.merge(Moments.from(x, y)).toJSON()).toEqual(wanted);
  });

  it("from a file that have decayed to next to nothing have no rows", () => {
    const read = Moments.fromJSON({ ...wanted, n: 2 ** -1074 });
    expect(read.toJSON()).toEqual(new Moments(4, 2).toJSON());
  });

  it("come back from JSON to the bit, and go on from there", () => {
    const moments = Moments.from(x, y).decay(0.9);
    const copy = Moments.fromJSON(JSON.parse(JSON.stringify(moments)));
    expect(copy.toJSON()).toEqual(moments.toJSON());
    expect([copy.inFeatures, copy.outFeatures, copy.n]).toEqual([4, 2, 450]);
    expect(copy.add(x, y).solve()).toEqual(moments.add(x, y).solve());
  });
});

describe("columns near 2^53, where float64 has whole numbers only, against exact statistics:", () => {
  test.each([
    [2 ** 53 - 2 ** 20, 2 ** 16, 10],
    [2 ** 53 - 2 ** 20, 2 ** 16, 1],
    [2 ** 53 - 4096, 1000, 10],
    [2 ** 53 - 4096, 1000, 1],
    [2 ** 53 - 64, 32, 10],
    [2 ** 53 - 64, 32, 1],
  ])("from %d on, %d wide, %d rows a call", (from, width, perCall) => {
    const draws = new Generator(7).rand(1000).toArray();
    const column = draws.map((draw) => from + Math.floor(draw * width));
    const { mean, std } = exactMoments(column);
    const squares = std ** 2 * column.length;
    const error = ({ meanX, xx }: MomentsJSON) => [
      Math.abs(meanX[0]! - mean),
      Math.abs(xx[0]! / squares - 1),
    ];

    const [meanAtOnce, sumAtOnce] = error(Moments.from(column, column).toJSON());
    expect(meanAtOnce).toBeLessThanOrEqual(1);
    expect(sumAtOnce).toBeLessThan(8 * Number.EPSILON);

    const calls = column.length / perCall;
    const moments = new Moments(1, 1);
    for (let i = 0; i < column.length; i += perCall) {
      const rows = column.slice(i, i + perCall);
      moments.add(rows, rows);
    }
    const [meanOfMany, sumOfMany] = error(moments.toJSON());
    expect(meanOfMany).toBeLessThanOrEqual(Math.sqrt(calls)); // half of a unit each, and as often up as down
    expect(sumOfMany).toBeLessThan((Number.EPSILON * mean) / std); // what add() says
  });
});
