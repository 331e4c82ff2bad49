import { describe, expect, test } from "vitest";
import { readCells } from "../../page/data/cells.js";
import { encode, encodeLike } from "../../page/data/encoding.js";
import { type Plan, summaryOf } from "../../page/data/plan.js";
import { tableOf } from "../../page/data/table.js";
import { iris, longley } from "./examples.js";

const read = (text: string, header?: boolean) => tableOf(readCells(text, header));

/** A file of columns with these values in turns. */
function file(rows: number, columns: Record<string, readonly unknown[]>, delimiter = ","): string {
  const line = (row: number) => Object.values(columns).map((values) => values[row % values.length]);
  const lines = Array.from({ length: rows }, (_, row) => line(row).join(delimiter));
  return [Object.keys(columns).join(delimiter), ...lines].join("\n");
}

const plan = (changes: Partial<Plan>): Plan => ({
  target: 1,
  kind: "number",
  inputs: [0],
  hiddenLayers: 1,
  width: 4,
  variant: "irprop-",
  epochs: 10,
  validation: 0.2,
  seed: 0,
  ...changes,
});

const numbers = Array.from({ length: 30 }, (_, i) => i * 1.5);

describe("the columns of a file", () => {
  test("iris: numbers, and three classes to predict", () => {
    const { columns, target, rows } = summaryOf(read(iris));
    expect(rows).toBe(150);
    expect(columns.map(({ holds }) => holds)).toEqual([
      "numbers, 4.3 to 7.9",
      "numbers, 2 to 4.4",
      "numbers, 1 to 6.9",
      "numbers, 0.1 to 2.5",
      "setosa, versicolor, virginica",
    ]);
    expect([target, columns[4]?.targets]).toEqual([4, ["classes"]]);
  });

  test("Longley: a number to predict, or classes if somebody wants them", () => {
    const { columns, target } = summaryOf(read(longley));
    expect([target, columns[target]?.targets]).toEqual([6, ["number", "classes"]]);
  });

  test("whole numbers that come again and again are rather classes", () => {
    const { columns } = summaryOf(read(file(30, { a: numbers, b: [0, 1] })));
    expect(columns[1]?.targets).toEqual(["classes", "number"]);
  });

  test("texts are inputs only where they are few", () => {
    const words = numbers.map((n) => `w${n}`);
    const { columns } = summaryOf(read(file(30, { a: ["x", "y"], b: words, c: numbers })));
    expect(columns.map(({ notInput }) => notInput)).toEqual([null, "text, 30 different", null]);
  });

  test("of one value, or none, are of no use", () => {
    const { columns, target } = summaryOf(read(file(30, { a: numbers, b: [1, 2], c: [7], d: ["NA", ""] })));
    const reasons = [null, null, "it is always the same", "it has no values"];
    expect(columns.map(({ notInput }) => notInput)).toEqual(reasons);
    expect(columns.slice(2).map(({ targets }) => targets)).toEqual([[], []]);
    expect(target).toBe(1);
  });

  test("of long texts are summed up in short", () => {
    const { columns } = summaryOf(
      read(file(30, { a: ["x".repeat(1000)], b: ["y".repeat(1000), "z"], c: numbers })),
    );
    expect(columns.map(({ holds }) => holds).slice(0, 2)).toEqual([
      `always ${"x".repeat(39)}…`,
      `${"y".repeat(39)}…, z`,
    ]);
  });

  test("of numbers may hold a few mistakes; of many mistakes it is a column of texts", () => {
    const table = read(
      file(10, { a: ["0x10", 1, 2, 3, 4, 5, 6, 7, "Infinity", 9], b: ["1e400", 1, "x"], c: numbers }),
    );
    expect(table.columns.map(({ holds }) => holds)).toEqual(["numbers", "texts", "numbers"]);
  });

  test("may have commas before fractions where semicolons separate", () => {
    const { columns } = read(file(5, { a: ["1,5", "2", "-0,25"], b: ["1", "2"] }, ";"));
    expect(Array.from(columns[0]!.numbers.slice(0, 3))).toEqual([1.5, 2, -0.25]);
  });

  test.each([
    ["one column", "a\n1\n2\n3\n4\n5\n6\n", /^There is only one column/],
    ["few rows", "a,b\n1,2\n3,4\n", /^The file has only 2 rows; 5 or more are needed/],
    ["one row", "a,b\n1,2\n", /^The file has only 1 row; /],
    ["no numbers", file(9, { a: [..."abcdefghi"], b: [..."jklmnopqr"] }), /^No column has numbers/],
    ["nothing that differs", file(9, { a: numbers, b: [1] }), /^Only one column has different values/],
  ])("a file of %s is refused", (_, text, message) => expect(() => summaryOf(read(text))).toThrow(message));
});

describe("rows as numbers", () => {
  test("iris: its numbers, and the places of its classes", () => {
    const { x, y, width, encoding, omissions } = encode(
      read(iris),
      plan({ inputs: [0, 1, 2, 3], target: 4, kind: "classes" }),
    );
    expect([width, x.length, omissions]).toEqual([4, 600, []]);
    expect(Array.from(x.slice(0, 4))).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround));
    expect(encoding.target).toEqual({
      name: "species",
      kind: "classes",
      values: ["setosa", "versicolor", "virginica"],
    });
    expect([y[0], y[50], y[149]]).toEqual([0, 1, 2]);
  });

  test("numbers that float32 cannot tell apart are refused, as inputs and as targets", () => {
    const far = numbers.map((n) => 1.7e9 + n);
    const table = read(file(30, { a: far, b: numbers, c: [1 / 3] }));
    const message = /^“a” goes from 1700000000 to 1700000043.5: /;
    expect(() => encode(table, plan({ inputs: [0], target: 1 }))).toThrow(message);
    expect(() => encode(table, plan({ inputs: [1], target: 0 }))).toThrow(message);
    expect(encode(table, plan({ inputs: [1, 2], target: 1 })).width).toBe(2);
  });

  test("texts are an input for each value", () => {
    const table = read(file(6, { colour: ["red", "blue"], size: [1, 2, 3], y: numbers }));
    const { x, width } = encode(table, plan({ inputs: [0, 1], target: 2 }));
    expect(width).toBe(3); // blue, red, size
    expect(Array.from(x.slice(0, 9))).toEqual([0, 1, 1, 1, 0, 2, 0, 1, 3]);
  });

  test("numbers as classes are in order, and the same however they are written", () => {
    const table = read(file(12, { a: numbers, b: ["10", "9", "9.0", "1e1"] }));
    const { encoding, y } = encode(table, plan({ kind: "classes" }));
    expect(encoding.target).toMatchObject({ values: ["9", "10"] });
    expect(Array.from(y.slice(0, 4))).toEqual([1, 0, 0, 1]);
  });

  test("rows without a value are left out, and those of mistakes; each is said with its line", () => {
    const table = read(
      "a,b,c\n1,1,\n,2,\n3,3,x\n4,NaN,y\n0x10,5,z\nNA,6,z\n7,7,z\n8,8,z\n9,9,z\n10,1e400,z\n11,11,z",
    );
    const { rows, omissions, x } = encode(table, plan({}));
    expect(rows).toEqual([0, 2, 6, 7, 8, 10]);
    expect(Array.from(x)).toEqual([1, 3, 7, 8, 9, 11]);
    expect(omissions).toEqual([
      "“a” is missing in line 3 and 1 more",
      "“a” is no number in line 6 (“0x10”)",
      "“b” is missing in line 5 (“NaN”)",
      "“b” is no number in line 11 (“1e400”)",
    ]);
  });

  test.each([
    ["no inputs", plan({ inputs: [] }), "Choose at least one input."],
    ["one class", plan({ target: 2, kind: "classes" }), "There is only one class: “c” is 7 in every row."],
    ["a constant target", plan({ target: 2 }), "There is nothing to learn: “c” is 7 in every row."],
    ["texts as a number", plan({ target: 3 }), "“d” has texts, and cannot be predicted as a number."],
    [
      "too many classes",
      plan({ inputs: [3], target: 0, kind: "classes" }),
      "“a” has more than 50 different values",
    ],
    [
      "few rows with values",
      plan({ target: 4 }),
      "Only 3 of 60 rows can be used; 5 are needed: “e” is missing in line 3 and 56 more.",
    ],
  ])("with %s nothing can be learnt", (_, plan, message) => {
    const many = Array.from({ length: 60 }, (_, i) => i);
    const mostly = many.map((i) => (i % 20 === 0 ? i : ""));
    const table = read(file(60, { a: many, b: numbers, c: [7], d: ["x", "y"], e: mostly }));
    expect(() => encode(table, plan)).toThrow(message);
  });
});

describe("another file", () => {
  const training = read(file(6, { colour: ["red", "01"], size: [1, 2, 3], y: numbers }));
  const { encoding } = encode(training, plan({ inputs: [0, 1], target: 2 }));

  test("is read by the names of its columns, in any order", () => {
    const { x, rows } = encodeLike(encoding, read("size,other,colour\n5,a,red\n6,b,01"));
    expect([Array.from(x), rows]).toEqual([
      [0, 1, 5, 1, 0, 6],
      [0, 1],
    ]);
  });

  test("texts stay texts where the file has only some that look like numbers", () => {
    const { x } = encodeLike(encoding, read("size,colour\n5,01\n6,01"));
    expect(Array.from(x)).toEqual([1, 0, 5, 1, 0, 6]);
  });

  test("leaves out what the model does not know", () => {
    const { rows, omissions } = encodeLike(encoding, read("size,colour\n5,mauve\n,red\n6,red"));
    expect(rows).toEqual([2]);
    expect(omissions).toEqual([
      "“colour” is none of the model’s values in line 2 (“mauve”)",
      "“size” is missing in line 3",
    ]);
  });

  test.each([
    ["a column", "size\n5\n6", "There is no column “colour”, which the model needs."],
    [
      "its numbers",
      "size,colour\nbig,red\nsmall,red",
      "“size” has to hold numbers, as where the model was trained.",
    ],
  ])("without %s is refused", (_, text, message) => {
    expect(() => encodeLike(encoding, read(text, true))).toThrow(message);
  });
});
