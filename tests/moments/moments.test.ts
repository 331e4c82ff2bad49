import { describe, expect, it, test } from "vitest";
import { Generator, Moments, type MomentsJSON, randn, tensor, type Values } from "../../src/index.js";

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

  it("come back from JSON to the bit, and go on from there", () => {
    const moments = Moments.from(x, y).decay(0.9);
    const copy = Moments.fromJSON(JSON.parse(JSON.stringify(moments)));
    expect(copy.toJSON()).toEqual(moments.toJSON());
    expect([copy.inFeatures, copy.outFeatures, copy.n]).toEqual([4, 2, 450]);
    expect(copy.add(x, y).solve()).toEqual(moments.add(x, y).solve());
  });
});

describe("Moments refuse, and stay as they are,", () => {
  const hole = [
    [1, 2],
    [3, Number.NaN],
  ];
  const many = Array.from({ length: 300 }, (_, r) => [r, r === 170 ? -Infinity : 1]);
  test.each<[string, Values, Values, string]>([
    ["NaN", hole, [1, 2], `"x": row 1, column 1 is NaN`],
    ["infinity", many, many.map(() => 1), `"x": row 170, column 1 is -Infinity`],
    ["infinity in y", Float32Array.of(1, 2, 3, 4), [5, Infinity], `"y": row 1, column 0 is Infinity`],
    ["another width", [[1, 2, 3]], [1], `"x": expected rows × 2 features, got shape [1, 3]`],
    ["half a row", [1, 2, 3], [1], `"x": expected rows × 2 features, got 3 values`],
    ["another number of rows", [[1, 2]], [1, 2], `"y": expected 1 row, as x has, got 2`],
    ["words", [["a", "b"]] as never, [1], `"x": expected numbers, got "a" at row 0, column 0`],
    ["y of another width", [[1, 2]], [[1, 2]], `"y": expected rows × 1 output, got shape [1, 2]`],
    [
      "squares that overflow",
      [1e200, 1, 0, 1],
      [1, 2],
      `"x": expected numbers whose squares have a finite sum`,
    ],
    ["sums that overflow", [1.7e308, 1, -1.7e308, 1], [1, 2], `"x": expected numbers whose squares`],
    ["y whose squares overflow", [1, 1, 0, 1], [1e200, 2], `"y": expected numbers whose squares`],
  ])("%s", (_, x, y, message) => {
    const moments = Moments.from([[1, 2]], [3]);
    const before = moments.toJSON();
    expect(() => moments.add(x, y)).toThrow(message);
    expect(moments.toJSON()).toEqual(before);
  });

  const json = Moments.from(randn(9, 2), randn(9, 1)).toJSON();
  test.each<[string, () => unknown, ErrorConstructor, string]>([
    [
      "no width",
      () => new Moments(0, 1),
      RangeError,
      `"inFeatures": expected a whole number of at least 1, got 0`,
    ],
    [
      "a width in words",
      () => new Moments(1, "1" as never),
      TypeError,
      `"outFeatures": expected a whole number`,
    ],
    [
      "decay above 1",
      () => Moments.from([1], [1]).decay(2),
      RangeError,
      `"factor": expected a number from 0 to 1, got 2`,
    ],
    [
      "decay by NaN",
      () => Moments.from([1], [1]).decay(NaN),
      RangeError,
      `"factor": expected a number from 0 to 1`,
    ],
    [
      "decay by words",
      () => Moments.from([1], [1]).decay("0" as never),
      TypeError,
      `"factor": expected a number`,
    ],
    [
      "moments of another size",
      () => new Moments(2, 1).merge(new Moments(1, 3)),
      RangeError,
      `"moments": expected 2 features and 1 output, got 1 feature and 3 outputs`,
    ],
    [
      "what are no moments",
      () => new Moments(2, 1).merge(json as never),
      TypeError,
      `"moments": expected Moments`,
    ],
    [
      "to merge what overflows",
      () => Moments.from([1e154], [1]).merge(Moments.from([-1e155], [1])),
      RangeError,
      `"moments": expected numbers whose squares have a finite sum`,
    ],
    [
      "to solve without rows",
      () => new Moments(2, 1).solve(),
      Error,
      "these Moments have no rows: add() some before solve()",
    ],
    [
      "a ridge below 0",
      () => Moments.from([1], [1]).solve(-1),
      RangeError,
      `"ridge": expected a finite number of at least 0, got -1`,
    ],
    [
      "an infinite ridge",
      () => Moments.from([1], [1]).solve(Infinity),
      RangeError,
      `"ridge": expected a finite number`,
    ],
    [
      "no JSON",
      () => Moments.fromJSON("{}" as never),
      TypeError,
      `"json": expected what toJSON() gives, got "{}"`,
    ],
    [
      "JSON of null",
      () => Moments.fromJSON(null as never),
      TypeError,
      `"json": expected what toJSON() gives, got null`,
    ],
    [
      "keys of a prototype",
      () => Moments.fromJSON({ __proto__: json } as never),
      RangeError,
      `"json": expected the keys n, meanX, meanY, xx, xy, yy, got no "n"`,
    ],
    [
      "a key named __proto__",
      () => Moments.fromJSON(JSON.parse(JSON.stringify(json).replace("{", `{"__proto__":{"n":5},`))),
      RangeError,
      `got "__proto__"`,
    ],
    [
      "n below 0",
      () => Moments.fromJSON({ ...json, n: -1 }),
      RangeError,
      `"json.n": expected a finite number of at least 0, got -1`,
    ],
    [
      "n in words",
      () => Moments.fromJSON({ ...json, n: "9" as never }),
      TypeError,
      `"json.n": expected a finite number`,
    ],
    [
      "no columns",
      () => Moments.fromJSON({ ...json, meanX: [] }),
      RangeError,
      `"json.meanX": expected at least one number, got 0`,
    ],
    [
      "a wrong length",
      () => Moments.fromJSON({ ...json, xx: [1, 2] }),
      RangeError,
      `"json.xx": expected 3 numbers, got 2`,
    ],
    [
      "no array",
      () => Moments.fromJSON({ ...json, xy: { length: 2 } as never }),
      TypeError,
      `"json.xy": expected an array of numbers, got an object`,
    ],
    [
      "null for NaN",
      () => Moments.fromJSON({ ...json, meanY: [null as never] }),
      TypeError,
      `"json.meanY[0]": expected a finite number, got null`,
    ],
    [
      "infinity",
      () => Moments.fromJSON({ ...json, xy: [1, Infinity] }),
      RangeError,
      `"json.xy[1]": expected a finite number, got Infinity`,
    ],
    [
      "a negative square",
      () => Moments.fromJSON({ ...json, xx: [1, 2, -3] }),
      RangeError,
      `"json.xx[2]": expected a finite number of at least 0, got -3`,
    ],
    [
      "a negative square of y",
      () => Moments.fromJSON({ ...json, yy: [-3] }),
      RangeError,
      `"json.yy[0]": expected a finite number of at least 0`,
    ],
  ])("%s", (_, act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });
});
