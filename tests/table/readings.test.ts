import { describe, expect, test } from "vitest";
import { decode as decodeModel, encode } from "../../src/index.js";
import { decode, type TableModel, trainTable } from "../../src/table/index.js";

const OPTIONS = { epochs: 30, hidden: [], keepRowNumbers: true } as const;
const lines = (names: string, row: (i: number) => string, count = 60) =>
  `${names}\n${Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("")}`;
const row = (i: number) => `${(i * 7) % 60},${(i * 11) % 60},${(i * 7) % 60}.5`;
/** As it comes back from its file. */
const trained = async (csv: string, target: string, options = {}) =>
  decode((await trainTable(csv, { target, ...OPTIONS, ...options })).model.encode());
const rowsOf = async (model: TableModel, csv: string) => (await model.predict(csv)).rows;

describe("the first line of another table is names as the trained table had them", () => {
  test("where only the inputs are called by numbers", async () => {
    for (const names of ["1,2", "0,1"]) {
      const model = await trained(lines(`${names},y`, row), "y");
      expect(await rowsOf(model, `${names}\n10,20\n30,40\n`)).toBe(2);
    }
  });

  test("where all names are numbers, and an option said that they are names", async () => {
    const model = await trained(lines("1,2,3", row), "3", { csv: { header: true } });
    expect(model.schema.csv.header).toBe(true);
    expect(await rowsOf(model, "1,2\n10,20\n30,40\n")).toBe(2);
  });

  test("where the trained table had none, and the first row of the other begins with a gap", async () => {
    const model = await trained(lines("5,6,7.5", row), "3");
    expect(await rowsOf(model, ",2\n10,20\n30,40\n")).toBe(3);
    expect(await rowsOf(model, "10,20\n30,40\n")).toBe(2);
    await expect(model.predict("width,height\n1,2\n")).rejects.toThrow('expected a column "1"');
  });
});

describe("a table that does not tell its decimal is read with that of the trained one", () => {
  const comma = (i: number) => `${i % 13},${125 + i};${i % 7};${(i % 13) * 3},5`;

  test("a decimal comma in one row alone", async () => {
    const model = await trained(lines("a;z;y", comma), "y");
    const [one] = (await model.predict("a;z\n2,125;3\n")).values;
    const { values, notes } = await model.predict("a;z\n2,125;3\n4,5;3\n");
    expect(one).toBe(values[0]);
    expect(notes).toEqual([]);
    expect((await model.predict("a;z\n2.125;3\n4.5;3\n")).values).toEqual(values);
    expect((await model.predict("a,z\n2.125,3\n4.5,3\n")).values).toEqual(values);
  });

  test("a column of decimal commas alone", async () => {
    const model = await trained(
      lines("a;y", (i) => `${i % 13},${i % 10};${(i % 13) * 3},5`),
      "y",
    );
    const expected = (await model.predict({ rows: [{ a: 1.5 }, { a: 2.5 }, { a: 3.5 }] })).values;
    expect((await model.predict("a\n1,5\n2,5\n3,5\n")).values).toEqual(expected);
  });
});

test("a first column that is called 1 is learned from", async () => {
  const { schema, notes } = await trainTable(lines("1,2,y", row), { target: "y", epochs: 3 });
  expect(schema.inputs.map(({ name }) => name)).toEqual(["1", "2"]);
  expect(notes).toEqual([]);
  const unnamed = await trainTable(lines(",2,y", row), { target: "y", epochs: 3 });
  expect(unnamed.notes.join()).toContain("a first column without a name");
});

test("bytes that are no UTF-8 behind the first MiB are predicted and measured as they were trained on", async () => {
  const csv = lines(
    "c,b,y",
    (i) => `${i % 2 ? "uuuuu" : i > 105_000 ? "v\u00e9" : "w"},${i % 60},${i % 2}.5`,
    110_000,
  );
  const bytes = Uint8Array.from(csv, (character) => character.charCodeAt(0));
  const { model } = await trainTable(bytes, { target: "y", ...OPTIONS, epochs: 1 });
  expect((await model.predict(bytes)).rows).toBe(110_000);
  expect((await model.evaluate(bytes)).scores.rows).toBe(110_000);
});

test("a column called __proto__ is one like others", async () => {
  const csv = lines("__proto__,b,y", (i) => `${i % 2 ? "u" : "v"},${(i * 11) % 60},${(i % 2) * 30}.5`);
  const model = await trained(csv, "y", { epochs: 200 });
  const rows = ['{"__proto__":"u","b":1}', '{"__proto__":"v","b":1}'].map((row) => JSON.parse(row));
  expect(model.predictRows(rows).map((value) => Math.round(Number(value) / 30))).toEqual([1, 0]);
});

describe("a model file is refused whose columns no cell can be of", () => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any kind
  const changes: [what: string, change: (schema: any) => void][] = [
    ["one mark for both", ({ inputs }) => (inputs[0].format = { decimal: ",", thousands: ",", unit: "" })],
    ["of the target too", ({ target }) => (target.format = { decimal: ".", thousands: ".", unit: "" })],
    [
      "a unit that no number has",
      ({ inputs }) => (inputs[0].format = { decimal: ".", thousands: "", unit: "u" }),
    ],
    ["a category with blanks around", ({ inputs }) => (inputs[1].categories[0] = " u")],
    ["a header that is no truth value", ({ csv }) => (csv.header = "detect")],
  ];
  test.each(changes)("%s", async (_, change) => {
    const { model } = await trainTable(
      lines("a,c,y", (i) => `${(i * 7) % 60}.5,${"uvw"[i % 3]},${i}`),
      {
        target: "y",
        ...OPTIONS,
      },
    );
    const { model: module, metadata } = decodeModel(model.encode());
    const description = JSON.parse(metadata["rprop.table"] as string);
    change(description.schema);
    const file = encode({ model: module, metadata: { "rprop.table": JSON.stringify(description) } });
    expect(() => decode(file)).toThrow("not as rprop train writes it");
  });
});
