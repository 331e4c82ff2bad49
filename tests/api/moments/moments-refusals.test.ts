import { describe, expect, test } from "vitest";
import { Moments, randn, type Values } from "../../../src/index.js";

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
