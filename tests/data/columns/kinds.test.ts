import { describe, expect, test } from "vitest";
import { csvRows, describeCsv, readCsv } from "../../../src/data/index.js";

async function columnOf(cells: readonly string[], options = {}) {
  const { columns, notes } = await describeCsv(
    () => `a,b\n${cells.map((cell) => `${cell},0`).join("\n")}\n`,
    options,
  );
  return { column: columns[0]!, notes };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i * 1.5}`);

describe("stray cells", () => {
  test("a total below a column of numbers costs one cell, not the column", async () => {
    const { column, notes } = await columnOf([...numbers(7), "Total"]);
    expect(column).toMatchObject({
      kind: "number",
      missing: 1,
      strays: 1,
      stray: { text: "Total", line: 9 },
      max: 9,
    });
    expect(notes).toEqual(['Column "a": 1 cell without a number counted as missing, "Total" in line 9.']);
  });

  test("one in twenty is missing, one in ten makes text", async () => {
    const some = [...numbers(95), "a", "b", "c", "d", "e"];
    expect((await columnOf(some)).column).toMatchObject({ kind: "number", missing: 5, strays: 5 });
    expect((await columnOf([...some, "f"])).column).toMatchObject({
      kind: "text",
      numbers: 95,
      text: "a",
      line: 97,
    });
    expect((await columnOf([...numbers(4), "x"])).column.kind).toBe("text");
  });

  test("a category among numbers is no stray", async () => {
    const { column } = await columnOf([...numbers(96), ...Array(4).fill("4+")]);
    expect(column).toMatchObject({ kind: "text", numbers: 96 });
    expect((await columnOf([...numbers(97), ...Array(3).fill("4+")])).column.kind).toBe("number");
  });

  test("are none where strict columns are asked for, and in readCsv", async () => {
    const cells = [...numbers(50), "x"];
    expect((await columnOf(cells, { strict: true })).column).toMatchObject({
      kind: "text",
      text: "x",
      line: 52,
    });
    expect(readCsv(`a\n${cells.join("\n")}`).labels("a")[50]).toBe("x");
  });

  test("are missing in a stream that is told so, with numbers of either kind around them", () => {
    const text = "a\n1\nTotal\n2\n";
    const [chunk] = [...csvRows(text, { unknown: "missing", missing: "drop" })];
    expect([...chunk!.x.data]).toEqual([1, 2]);
  });
});

describe("words for missing numbers", () => {
  test("are missing in columns of numbers, and texts in others", async () => {
    const words = [
      "\\N",
      "<NA>",
      "None",
      "none",
      "nil",
      "(null)",
      "-",
      "--",
      ".",
      "#DIV/0!",
      "#VALUE!",
      "#REF!",
      "#NUM!",
      "n.a.",
    ];
    const { column, notes } = await columnOf(["1", ...words, "3"]);
    expect(column).toMatchObject({ kind: "number", missing: words.length, strays: 0, mean: 2 });
    expect(notes).toEqual([]);
    const texts = await columnOf(["low", "high", "none", "none"]);
    expect(texts.column).toMatchObject({ kind: "text", missing: 0 });
    expect([...texts.column.values!.keys()]).toEqual(["high", "low", "none"]);
    const [chunk] = [...csvRows(`a\n1\n${words.join("\n")}\n3\n`, { missing: "drop" })];
    expect([...chunk!.x.data]).toEqual([1, 3]);
  });

  test("infinite numbers of any spelling are missing, and counted", async () => {
    const words = ["inf", "-inf", "Infinity", "-Infinity", "+Inf", "1.#INF", "-1.#INF"];
    const { column, notes } = await columnOf(["1", ...words, "3"]);
    expect(column).toMatchObject({ kind: "number", infinite: 7, missing: 7, strays: 0, min: 1, max: 3 });
    expect(notes).toEqual(['Column "a": 7 infinite numbers counted as missing.']);
  });
});

test("numbers that are too large for float64 are missing, as infinite ones are, and do not make their column text", async () => {
  const { column, notes } = await columnOf(["1e400", "1", "-2.5E+309", "3"]);
  expect(column).toMatchObject({ kind: "number", infinite: 2, missing: 2, strays: 0, min: 1, max: 3 });
  expect(notes).toEqual(['Column "a": 2 infinite numbers counted as missing.']);
  const [chunk] = [...csvRows("a\n1\n1e400\n3\n", { missing: "keep" })];
  expect([...chunk!.x.data]).toEqual([1, NaN, 3]);
  expect(() => [...csvRows("a\n1e400\n")]).toThrow(
    'line 2, column "a": expected a value (or the option "missing")',
  );
  const digits = ["1".repeat(400), "0".repeat(400)];
  expect((await columnOf(digits)).column.kind).toBe("text");
});

describe("booleans", () => {
  test.each([
    [["true", "false", "true"], ["false", "true"], 2],
    [["TRUE", "False", "true", "FALSE"], ["False", "TRUE"], 2],
    [["f", "t"], ["f", "t"], 1],
    [["Yes", "no", "?"], ["no", "Yes"], 1],
    [["N", "y", "n"], ["N", "y"], 1],
  ])("%j", async (cells, spellings, yes) => {
    const { column } = await columnOf(cells);
    expect(column).toMatchObject({ kind: "boolean", spellings });
    expect((column.values as ReadonlyMap<string, number>).get("true")).toBe(yes);
    const [chunk] = [...csvRows(`a\n${cells.join("\n")}\n`, { booleans: ["a"], missing: "drop" })];
    expect(chunk!.x.data.filter((value) => value === 1).length).toBe(yes);
  });

  test.each([[["yes", "yes"]], [["yes", "false"]], [["yes", "no", "maybe"]], [["y", "no"]]])(
    "%j are texts",
    async (cells) => {
      expect((await columnOf(cells)).column.kind).toBe("text");
    },
  );

  test("1 and 0 are read as truth values where these are asked for, and other cells are refused", () => {
    const read = (cell: string) => [...csvRows(`a\n${cell}\n`, { booleans: ["a"] })][0]!.x.data[0];
    expect(["1", "0", "YES", "f"].map(read)).toEqual([1, 0, 1, 0]);
    for (const cell of ["2", "maybe"])
      expect(() => read(cell)).toThrow(`line 2, column "a": expected a word of yes or no, got "${cell}"`);
  });

  test("are texts in readCsv, and where strict columns are asked for", async () => {
    expect(readCsv("a\nyes\nno\n").labels("a")).toEqual(["yes", "no"]);
    expect((await columnOf(["yes", "no"], { strict: true })).column.kind).toBe("text");
  });
});

test("numbers of rows go up by 1 from 0 or 1", async () => {
  const counts = async (...cells: string[]) => (await columnOf(cells)).column;
  expect(await counts("0", "1", "2")).toMatchObject({ counts: true });
  expect(await counts("1", "2")).toMatchObject({ counts: true });
  for (const cells of [["2", "3"], ["0", "2"], ["1", "?", "3"], ["1", "2", "2"], ["0.5", "1.5"], ["1"]])
    expect(await counts(...cells)).toMatchObject({ counts: false });
});
