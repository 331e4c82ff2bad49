import { describe, expect, test } from "vitest";
import type { Expected } from "../../../src/data/csv-options.js";
import { describeChunks } from "../../../src/data/describe-csv.js";
import { type CsvOptions, csvRows, describeCsv, readCsv } from "../../../src/data/index.js";

async function read(text: string, options: CsvOptions = {}) {
  const table = readCsv(text, options);
  const { dialect, notes } = await describeCsv(() => text, options);
  const columns = table.names.map((name) => [name, Array.from(table.labels(name))]);
  return { columns: Object.fromEntries(columns), dialect, notes };
}

async function* piecesOf(text: string) {
  yield text;
}

/** The column a of a file that is expected to be like another one, and how it is written. */
async function readLike(expected: Partial<Expected>, text: string, options: CsvOptions = {}) {
  const all: Expected = { decimal: ".", areNamesLikely: true, ...expected };
  const { dialect } = await describeChunks(() => text, options, all);
  const a: number[] = [];
  for await (const { x } of csvRows(piecesOf(text), { ...options, ...(dialect.header && { x: ["a"] }) }, all))
    a.push(...x.data);
  return { a, dialect };
}

describe("no number is cut in two at its decimal comma", () => {
  test.each<[string, Record<string, number[]>, CsvOptions?]>([
    ["a\n1,5\n2,5\n12,5\n", { a: [1.5, 2.5, 12.5] }],
    ["a\r\n3\r\n1,5\r\n-0,25\r\n", { a: [3, 1.5, -0.25] }],
    ["2,25\n1,5\n7\n", { 1: [2.25, 1.5, 7] }, { header: "detect" }],
    ["a\n2,5\n", { a: [2.5] }],
  ])("in a file of one column: %j", async (text, expected, options = {}) => {
    const { columns, dialect, notes } = await read(text, options);
    expect(columns).toEqual(expected);
    expect(dialect.decimal).toBe(",");
    expect(notes).toContain("Decimal commas.");
  });

  test("where names are separated otherwise than rows", async () => {
    const { columns } = await read("a, b\n1,5 2,5\n2,5 3,5\n");
    expect(Object.values(columns)).toEqual([
      [1.5, 2.5],
      [2.5, 3.5],
    ]);
    expect(Object.values((await read("a,b\n1,5;2,5\n2,5;3,5\n")).columns)).toEqual([
      [1.5, 2.5],
      [2.5, 3.5],
    ]);
  });

  test("and what may be names of rows is refused, with the options that settle it", async () => {
    const text = "a\n1,5\n2,5\n3,5\n";
    expect(() => readCsv(text)).toThrow(
      'rows: expected 1 cell, as there are names, got 2 cells: { decimal: "," } reads "1,5" as a number, { delimiter: "," } as the name of a row and a cell',
    );
    expect((await read(text, { decimal: "," })).columns).toEqual({ a: [1.5, 2.5, 3.5] });
    expect((await read(text, { delimiter: "," })).columns).toEqual({ 1: [1, 2, 3], a: [5, 5, 5] });
    expect((await readLike({ decimal: "," }, text)).a).toEqual([1.5, 2.5, 3.5]);
    expect(() => readCsv("a,b\n7,1,5\n3,2,5\n9,2,5\n")).toThrow("rows: expected 2 cells, as there are names");
  });

  test("names of rows, as R writes them, stay", async () => {
    expect((await read('"x"\n"1",5\n"2",6\n')).columns).toEqual({ 1: [1, 2], x: [5, 6] });
    expect((await read('"x","y"\n"7",5,8\n"4",6,9\n')).columns).toEqual({ 1: [7, 4], x: [5, 6], y: [8, 9] });
    expect((await read("x,y\n1,5,8\n2,6,9\n")).columns).toEqual({ 1: [1, 2], x: [5, 6], y: [8, 9] });
    expect((await read("x\nr1,5\nr2,6\n")).columns).toEqual({ 1: ["r1", "r2"], x: [5, 6] });
    expect((await read('"x","y"\n"1",2,3\n')).columns).toEqual({ 1: [1], x: [2], y: [3] });
    expect((await read('"x" "y"\n"1" 2 3\n')).columns).toEqual({ 1: [1], x: [2], y: [3] });
  });
});

describe("a decimal that the file does not tell is the usual one", () => {
  test.each([
    ["a;z\n2,125;3\n", "," as const, [2.125]],
    ["a;z\n2,125;3\n4,5;3\n", "." as const, [2.125, 4.5]],
    ["a;z\n2.125;3\n4.5;3\n", "," as const, [2.125, 4.5]],
    ["a;z\n2.125;3\n", "." as const, [2.125]],
    ['a,z\n2.125,"3"\n', "," as const, [2.125]],
  ])("%j, usually %s", async (text, decimal, expected) => {
    expect((await readLike({ decimal }, text)).a).toEqual(expected);
  });
});

test.each([
  ["# hello\na,b\n1,2\n3,4\n", { comment: "#" }],
  ["My table\na;b\n1;2\n3;4\n", { skip: 1 }],
  ["Sales, total\nname,b,c\nx,2,3\ny,4,5\n", { skip: 1 }],
])("a title is not taken for names that lack one: %j", async (text, options) => {
  expect(() => readCsv(text)).toThrow(
    /^line 1: expected [23] names, as rows have cells, got [12]; \{ (skip: 1|comment: "#") \} leaves out /,
  );
  expect((await read(text, options)).columns.b).toEqual([2, 4]);
});

test("lines that end with CR alone are refused, with names and without", () => {
  for (const header of [true, false, "detect", ["a", "b", "c"]] as const)
    expect(() => readCsv("1,2\r3,4\r", { header })).toThrow("lines that end with LF or CRLF");
  expect(readCsv('1,"2\r3",4\r\n', { header: false }).labels("2")).toEqual(["2\r3"]);
});

test("a first column that is called 1 has a name, and one without is told from it", async () => {
  const isUnnamed = async (text: string, header: CsvOptions["header"] = true) =>
    (await read(text, { header })).dialect.isFirstUnnamed;
  expect(await isUnnamed("1,2,y\n5,6,7\n")).toBe(false);
  expect(await isUnnamed("column 1,2,y\n5,6,7\n")).toBe(false);
  expect(await isUnnamed(",2,y\n5,6,7\n")).toBe(true);
  expect(await isUnnamed("x,y\nr,6,7\ns,7,8\n")).toBe(true);
  expect(await isUnnamed(",6,7\n5,6,7\n", "detect")).toBe(true);
  const unlikely = await readLike({ areNamesLikely: false }, ",6,7\n5,6,7\n", {
    header: "detect",
  }).catch(() => "row");
  expect(unlikely).toBe("row");
  expect(await isUnnamed("5,6,7\n5,6,7\n", false)).toBe(false);
});
