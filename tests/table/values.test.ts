import { describe, expect, test } from "vitest";
import { decode, type TableModel, trainTable } from "../../src/table/index.js";

/** A table of so many rows. */
function table(head: string, rows: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

const LINEAR = { hidden: [], epochs: 300, keepRowNumbers: true } as const;
const train = async (csv: string, target: string) => (await trainTable(csv, { target, ...LINEAR })).model;

describe("a missing value of a model that reads one column is a row", () => {
  const trained = train(
    table("x,y", 40, (i) => `${i % 8},${2 * (i % 8) + 0.5}`),
    "y",
  );
  const rounded = (values: readonly (number | string)[]) => values.map((value) => Number(value).toFixed(2));

  test("in objects", async () => {
    const model = await trained;
    expect(rounded(model.predictRows([{ x: 1 }, { x: null }, { x: 7 }]))).toEqual(["2.50", "7.50", "14.50"]);
    expect(rounded(model.predictRows([{ x: 1 }, { X: 7 }]))).toEqual(["2.50", "7.50"]);
    expect(rounded(model.predictRows([{ x: null }]))).toEqual(["7.50"]);
  });

  test.each([
    ["columns", { columns: { x: [1, null, 7] } }],
    ["rows", { rows: [{ x: 1 }, { x: undefined }, { x: 7 }] }],
    ["JSON", '[{"x":1},{"x":null},{"x":7}]'],
    ["JSON lines", '{"x":1}\n{}\n{"x":7}\n'],
    ["CSV", 'x\n1\n""\n7\n'],
  ])("in %s", async (_, source) => {
    const { rows, values, notes } = await (await trained).predict(source);
    expect([rows, rounded(values)]).toEqual([3, ["2.50", "7.50", "14.50"]]);
    expect(notes).toEqual(["missing values, filled with the mean: x 1"]);
  });
});

describe("few whole amounts with a unit are classes", () => {
  test.each([
    ["$", (i: number) => `$${1 + (i % 3)}`, "2"],
    ["%", (i: number) => `${10 * (1 + (i % 3))}%`, "20"],
    ["thousands", (i: number) => `"${1 + (i % 3)},000.0"`, "2000"],
  ])("%s", async (_, cell, second) => {
    const csv = table("size,fee", 80, (i) => `${i % 3},${cell(i)}`);
    const { model } = await trainTable(csv, { target: "fee", epochs: 300 });
    expect(model.schema.target).toMatchObject({ kind: "category", labels: "number" });
    expect(decode(model.encode()).predictRows([{ size: 1 }])).toEqual([Number(second)]);
    expect((await model.evaluate(csv)).dropped).toEqual({ missing: 0, unknown: 0 });
  });
});

describe("numbers of a program are taken as they are by a model of a table with a format", () => {
  const dollars = train(
    table("fee,b,y", 80, (i) => `"$${1 + (i % 20)},500.00",${i % 7},${i % 20}`),
    "y",
  );
  const german = train(
    table("Fl;Preis", 80, (i) => `${i % 20},5;${150 + (i % 20)}.000,00 EUR`),
    "Preis",
  );
  const numbers = (values: readonly (number | string)[]) => values.map(Number).map(Math.round);

  test("as objects, columns, JSON and plain text", async () => {
    const model = await dollars;
    const b = 1;
    const fees = [
      { fee: "$2,500.00", b },
      { fee: 2500, b },
      { fee: "2500", b },
      { fee: 10500n, b },
    ];
    expect(numbers(model.predictRows(fees))).toEqual([1, 1, 1, 9]);
    const columns = { fee: [2500, 10500], b: [1, 1] };
    expect(numbers((await model.predict({ columns })).values)).toEqual([1, 9]);
    const json = '{"fee":2500,"b":1}\n{"fee":10500,"b":1}\n';
    expect(numbers((await model.predict(json)).values)).toEqual([1, 9]);
    const { values, notes, strings } = await model.predict("fee,b\n2500,1\n$10500,1\n", { strings: ["fee"] });
    expect([numbers(values), notes, strings]).toEqual([[1, 9], [], [["2500"], ["$10500"]]]);
    expect((await model.predict({ columns }, { strings: ["fee"] })).strings).toEqual([["2500"], ["10500"]]);
  });

  test("and by one of decimal commas, which takes 1.234 of a program for less than 2", async () => {
    const csv = table("a;y", 80, (i) => `"1.23${i % 10},5";${i % 10}`);
    const model = await train(csv, "y");
    const notes: string[] = [];
    const [small, large, same] = model.predictRows([{ a: 1.234 }, { a: 1234.5 }, { a: "1.234,5" }], {
      onNote: (note) => notes.push(note),
    }) as number[];
    expect(small).toBeLessThan(-1000);
    expect(large).toBeCloseTo(4, 1);
    expect(same).toBe(large);
    expect(notes).toEqual([]);
  });

  test.each([
    ["rows", { rows: [{ Fl: 3.5, Preis: 153000 }] }],
    ["CSV", "Fl;Preis\n3,5;153000\n"],
    ["another sign of the currency", "Fl;Preis\n3,5;153.000,00 €\n"],
    ["JSON", '[{"Fl":3.5,"Preis":153000}]'],
    ["texts in JSON", '[{"Fl":"3,5","Preis":"153.000,00 EUR"}]'],
  ])("measured on %s", async (_, source) => {
    const { scores, dropped } = await (await german).evaluate(source);
    expect(dropped).toEqual({ missing: 0, unknown: 0 });
    expect((scores as { mae: number }).mae).toBeLessThan(1);
  });

  test("what may be two numbers is missing, and said so", async () => {
    const { notes } = await (await german).predict({ rows: [{ Fl: "1.885" }] });
    expect(notes[0]).toBe(
      'Column "Fl": 1 cell without a number counted as missing, "1.885" in row 1, which may be 1.885 or 1885: write it as in the table that was trained on, or as 1885.',
    );
  });

  test("a number among texts of a format is trained on as it is", async () => {
    const rows = Array.from({ length: 80 }, (_, i) => ({
      a: i % 4 === 0 ? 4000 + i / 8 : `${i},234.5`,
      b: i % 7,
      y: i % 11,
    }));
    const { schema } = await trainTable({ rows }, { target: "y", epochs: 1 });
    const mean = rows.reduce((sum, _, i) => sum + (i % 4 === 0 ? 4000 + i / 8 : i * 1000 + 234.5), 0) / 80;
    expect(schema.inputs[0]).toMatchObject({ name: "a", kind: "number" });
    expect((schema.inputs[0] as { mean: number }).mean).toBeCloseTo(mean, 3);
  });
});

describe("what a model does not understand is said", () => {
  const trained: Promise<TableModel> = train(
    table("size,side,y", 60, (i) => `${i % 10},${"nsw"[i % 3]},${3 * (i % 10)}`),
    "y",
  );
  const told = async (row: Record<string, unknown>) => {
    const notes: string[] = [];
    (await trained).predictRows([row], { onNote: (note) => notes.push(note) });
    return notes.join("\n");
  };

  test.each<[what: string, row: Record<string, unknown>, note: string]>([
    ["a misspelt name", { Size: 3, side: "n" }, 'no row has "size" (is "Size" meant?)'],
    ["a word", { size: "fifty", side: "n" }, 'without a number counted as missing, "fifty"'],
    ["a Date", { size: new Date(0), side: "n" }, '"1970-01-01T00:00:00.000Z"'],
    ["a large number", { size: 1e300, side: "n" }, '"1e+300" in row 1, which is too large for float32'],
    ["true", { size: true, side: "n" }, '"true"'],
    ["an array", { size: 1, side: ["n"] }, "of no category: side 1"],
    ["a new category", { size: 1, side: "east" }, "of no category: side 1"],
  ])("%s", async (_, row, note) => {
    expect(await told(row)).toContain(note);
  });

  test("nothing, where there is nothing", async () => {
    expect(await told({ size: 1, side: "n", more: 7 })).toBe("");
  });

  test.each([
    ["a function", () => 1, "a function"],
    ["a symbol", Symbol("x"), "Symbol(x)"],
  ])("%s is refused", async (_, size, got) => {
    const model = await trained;
    expect(() => model.predictRows([{ side: "n", size }])).toThrow(
      `"row 0, size": expected a number, a text, true or false, a Date, null or undefined, got ${got}`,
    );
  });
});
