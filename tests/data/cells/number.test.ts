import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNumber, trimmed } from "../../../src/data/cells/number.js";
import { csvRows, readCsv } from "../../../src/data/index.js";

const NUMBERS = [
  ["0", 0],
  ["-0", -0],
  ["+7", 7],
  ["007", 7],
  ["1.", 1],
  [".5", 0.5],
  ["-.5e1", -5],
  ["1e3", 1000],
  ["1E+3", 1000],
  ["1e-3", 0.001],
  ["0.1", 0.1],
  ["1e-400", 0],
  ["0e999999999999999999999", 0],
  ["5e-324", 5e-324],
  ["1.7976931348623157e308", Number.MAX_VALUE],
  ["9007199254740993", 9007199254740992],
  ["9007199254740993e-22", 9007199254740993e-22],
  ["123456789012345678901234567890", 1.2345678901234568e29],
  ["0.000000000000000000000000000001", 1e-30],
  ["1e23", 1e23],
  ["8.5e22", 8.5e22],
] as const;

const OTHERS = [
  "",
  " ",
  "-",
  "+",
  ".",
  "e5",
  ".e5",
  "1e",
  "1e+",
  "1 2",
  "1-2",
  "--1",
  "1.2.3",
  "0x10",
  "0b1",
  "1_000",
  "1,5",
  "Infinity",
  "-inf",
  "nan",
  "1e400",
  "-1e309",
  "１",
  "1n",
  "1f",
];

describe("a number in a cell", () => {
  test.each(NUMBERS)("%s is one, however it is read", (text, value) => {
    expect(parseNumber(text)).toBe(value);
    expect(readCsv(`a,b\n${text},1`).numeric("a")[0]).toBe(value);
    expect(readCsv(`a,b\n"${text}",1`).numeric("a")[0]).toBe(value);
  });

  test.each(OTHERS)("%j is none, however it is read", (text) => {
    expect(parseNumber(text)).toBeNull();
    const options = { delimiter: ";", decimal: ".", missingValues: [] } as const;
    for (const cell of [text, `"${text}"`]) {
      expect(readCsv(`a;b\n${cell};1`, options).columns.get("a")).toEqual([text.trim()]);
      expect(() => [...csvRows(`a;b\n${cell};1`, options)]).toThrow(
        /line 2, column "a": expected a (number|value)/,
      );
    }
  });

  test("has a decimal comma where that is asked for, and no point then", () => {
    expect(parseNumber("-1,5e2", ",")).toBe(-150);
    expect(parseNumber(",5", ",")).toBe(0.5);
    for (const text of ["1.5", "1.000,5", "1,5,5", ","]) expect(parseNumber(text, ",")).toBeNull();
    const table = readCsv('a;b\n1,5;2\n"2,25";1234567890,1234567890\n', { decimal: "," });
    expect(table.matrix().data).toEqual(Float64Array.of(1.5, 2, 2.25, 1234567890.1234567));
    expect(readCsv("a;b\n1.5;2\n", { decimal: "," }).labels("a")).toEqual(["1.5"]);
  });

  test("is what JavaScript rounds it to, in bytes and in quotes", () => {
    const digits = fc.stringMatching(/^\d{1,25}$/);
    const fraction = fc.option(fc.stringMatching(/^\.\d{0,25}$/), { nil: "" });
    const power = fc.integer({ min: -330, max: 280 }).map((e) => `e${e}`);
    const parts = fc.tuple(fc.constantFrom("", "-", "+"), digits, fraction, fc.option(power, { nil: "" }));
    const long = parts.map((each) => each.join("")).filter((text) => Number.isFinite(Number(text)));
    const short = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    fc.assert(
      fc.property(fc.array(fc.oneof(long, short), { minLength: 1, maxLength: 20 }), (cells) => {
        const expected = Float64Array.from(cells, Number);
        expect(readCsv(`a\n${cells.join("\n")}`).numeric("a")).toEqual(expected);
        expect(readCsv(`a\n"${cells.join('"\n"')}"`).numeric("a")).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("that float32 does not hold is refused where float32 is read", () => {
    const largest = 2 ** 128 - 2 ** 103;
    const below = 3.4028235677973362e38;
    expect(below).toBeLessThan(largest);
    expect([...csvRows(`a\n${below}`)][0]!.x.data).toEqual(Float32Array.of(Math.fround(below)));
    for (const text of [`${largest}`, `"-${largest}"`, "1e39"])
      expect(() => [...csvRows(`a\n${text}`)]).toThrow('line 2, column "a": expected a number');
  });
});

test("blanks at the ends of a cell are spaces and tabs, and what CRLF leaves", () => {
  expect(["a", " a", "a ", "\ta b\t \r", "", " \t"].map(trimmed)).toEqual(["a", "a", "a", "a b", "", ""]);
  expect(trimmed("\u00a0a")).toBe("\u00a0a");
});
