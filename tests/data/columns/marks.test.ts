import { describe, expect, test } from "vitest";
import {
  type CsvOptions,
  csvRows,
  describeCsv,
  type NumberFormat,
  readCsv,
} from "../../../src/data/index.js";

/** The numbers of the first column of a file whose second one has plain fractions, and what is said of it. */
async function read(
  cells: readonly string[],
  beside = (i: number) => `${i % 7}.5`,
  options: CsvOptions = {},
) {
  const text = `a\tb\n${cells.map((cell, i) => `${cell}\t${beside(i)}\n`).join("")}`;
  const { columns, dialect, notes } = await describeCsv(() => text, options);
  const [a] = columns;
  if (a?.kind !== "number") return { text, numbers: a?.kind, notes };
  const formats: Record<string, NumberFormat> = a.format === null ? {} : { a: a.format };
  const rows = [...csvRows(text, { dialect, formats, x: ["a"], missing: "keep", unknown: "missing" })];
  return { text, numbers: rows.flatMap(({ x }) => [...x.data]), notes };
}

const many = (count: number, cell: (i: number) => string) => Array.from({ length: count }, (_, i) => cell(i));
const commas = (i: number) => `${i % 7},5`;
const whole = (i: number) => `${i % 7}`;

describe("the file's decimal mark is not taken for one of thousands", () => {
  test.each([
    ["a typographic minus", ["\u22121.125", "2.250", "3.375"], [-1.125, 2.25, 3.375]],
    ["a loss of accountants", ["(1.125)", "2.250", "3.375"], [-1.125, 2.25, 3.375]],
    ["a no-break space", ["1.125\u00a0", "2.250", "3.375"], [1.125, 2.25, 3.375]],
    ["numbers that are whole", ["\u22121.000", "2.000", "3.000"], [-1, 2, 3]],
    ["a unit", ["1.125 €", "2.250 €", "0 €"], [1.125, 2.25, 0]],
  ])("where one cell has %s", async (_, cells, expected) => {
    for (const beside of [undefined, whole]) {
      const found = await read(cells, beside);
      expect(found.numbers).toEqual(expected);
      expect(found.notes.join()).not.toContain("separate thousands");
      const { numbers, notes } = await read(
        cells.map((cell) => cell.replace(".", ",")),
        commas,
      );
      expect(numbers).toEqual(expected);
      expect(notes.join()).not.toContain("separate thousands");
      expect([...readCsv(found.text).numeric("a")]).toEqual(expected);
    }
    expect((await read(cells, undefined, { decimal: "." })).numbers).toEqual(expected);
  });

  test("where one of many cells has a minus, or a decimal of its own", async () => {
    const cells = many(40, (i) => `${10 + i}.${125 + i}`);
    const expected = cells.map((cell) => Math.fround(Number(cell)));
    const minus = await read(cells.with(20, `\u2212${cells[20]}`));
    expect(minus.numbers).toEqual(expected.with(20, -expected[20]!));
    for (const stray of ["7,5", "1.234.567", "1.234,5"]) {
      const { numbers, notes } = await read(cells.with(20, stray));
      expect(numbers).toBe("text");
      expect(notes[0]).toContain('{ decimal: "," } or { decimal: "." } says which.');
      const asked = await read(cells.with(20, stray), undefined, { decimal: "." });
      expect(asked.numbers).toEqual(expected.with(20, NaN));
      expect(asked.notes[0]).toContain(`counted as missing, "${stray}" in line 22`);
    }
  });

  test("a cell with the other mark is a stray among fractions that are none of thousands", async () => {
    const cells = many(40, (i) => `${10 + i}.${25 + i}`);
    const { numbers, notes } = await read(cells.with(20, "7,5"));
    expect(numbers).toEqual(cells.map((cell) => Math.fround(Number(cell))).with(20, NaN));
    expect(notes[0]).toContain('counted as missing, "7,5" in line 22');
  });

  test("but is one where numbers say so and the file does not deny it", async () => {
    const people = many(40, (i) => `${100 + i}.${125 + i}`).with(3, "1.234.567");
    const expected = people.map((cell) => Number(cell.replaceAll(".", "")));
    expect((await read(people, whole)).numbers).toEqual(expected);
    const prices = many(12, (i) => (i % 3 ? `1.${250 + i}` : `${12 + i},25`));
    expect((await read(prices, whole, { delimiter: "\t" })).numbers).toEqual(
      prices.map((cell) => Number(cell.replace(".", "").replace(",", "."))),
    );
  });
});

describe("numbers without the unit that the others have", () => {
  test("are in its format where they are 0", async () => {
    const cells = many(60, (i) => `$${i}`);
    expect((await read(cells.with(30, "0"))).numbers).toEqual(many(60, String).map(Number).with(30, 0));
    const percent = many(60, (i) => (i % 10 ? `${i}%` : "0"));
    expect((await read(percent)).numbers).toEqual(many(60, (i) => `${i % 10 ? i : 0}`).map(Number));
  });

  test("count as missing where they are few others, and make text where they are many", async () => {
    const cells = many(99, (i) => `${i}%`);
    const { numbers, notes } = await read([...cells, "0.5"]);
    expect(numbers).toEqual([...cells.map((cell) => Number.parseInt(cell, 10)), NaN]);
    expect(notes).toContain(
      'Column "a": 1 cell without a number with % counted as missing, "0.5" in line 101.',
    );
    expect((await read(many(40, (i) => (i % 4 ? `${i}%` : `0.${i + 1}`)))).numbers).toBe("text");
  });
});

test("losses behind their currency, and lakhs and crores of India", async () => {
  expect((await read(["$5.25", "$(5.25)", "($1.5)"])).numbers).toEqual([5.25, -5.25, -1.5]);
  expect((await read(["1,23,456", "12,34,567.5", "123"])).numbers).toEqual([123456, 1234567.5, 123]);
});

test("a note says how numbers are read whose decimal may separate thousands, and the option does what it says", async () => {
  const cells = ["1.125", "3.250", "2.737"];
  const { numbers, notes } = await read(cells, whole);
  expect(numbers).toEqual([1125, 3250, 2737].map((value) => Math.fround(value / 1000)));
  expect(notes).toEqual([
    'Numbers such as "1.125" are read as 1.125, and not as 1125; { decimal: "," } reads thousands.',
  ]);
  expect((await read(cells, whole, { decimal: "," })).numbers).toEqual([1125, 3250, 2737]);
  expect((await read(cells, whole, { decimal: "." })).notes).toEqual([]);
  expect((await read(cells)).notes).toEqual([]);
  const euros = cells.map((cell) => `${cell} €`);
  const doubtful = await read(euros, whole);
  expect(doubtful.numbers).toEqual(numbers);
  expect(doubtful.notes).toEqual(['Column "a": numbers with €.', ...notes]);
  expect((await read(euros)).notes).toEqual(['Column "a": numbers with €.']);
});

test("and a column whose marks are certain settles it", async () => {
  const cells = ["1.125 €", "3.250 €", "2.737 €"];
  const { numbers, notes } = await read(cells, (i) => `$1.${250 + i},75`);
  expect(numbers).toEqual([1125, 3250, 2737]);
  expect(notes).toContain('Column "a": points separate thousands.');
  const fractions = await read(cells, (i) => `$1,${250 + i}.75`);
  expect(fractions.numbers).toEqual([1.125, 3.25, Math.fround(2.737)]);
  expect(fractions.notes.join()).not.toContain("reads thousands");
});
