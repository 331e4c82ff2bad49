import { describe, expect, test } from "vitest";
import { describeTable, type TrainTableOptions, trainTable } from "../../src/table/index.js";

/** A table of so many rows. */
function table(head: string, rows: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

async function learned(csv: string, options: Partial<TrainTableOptions> = {}) {
  const { schema, notes, history } = await trainTable(csv, { target: "y", epochs: 1, ...options });
  return { inputs: schema.inputs, target: schema.target, notes, rows: history.rows };
}

describe("columns are taken as what they were meant to be", () => {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const sizes = Array.from({ length: 40 }, (_, i) => (i * 7) % 23);

  test.each<[what: string, cell: (size: number) => string, of: (size: number) => number]>([
    ["decimal commas", (size) => `${size},5`, (size) => size + 0.5],
    ["thousands", (size) => `${size + 1}.234.567`, (size) => (size + 1) * 1e6 + 234_567],
    ["currencies", (size) => `${size} €`, (size) => size],
    ["percents", (size) => `${size}%`, (size) => size],
  ])("%s are numbers", async (_, cell, of) => {
    const csv = table("a;b;y", 40, (i) => `${cell(sizes[i] as number)};${i % 5};${i % 17}`);
    const { inputs } = await learned(csv);
    expect(inputs[0]).toMatchObject({ name: "a", kind: "number" });
    expect((inputs[0] as { mean: number }).mean).toBeCloseTo(mean(sizes.map(of)), 3);
  });

  test("numbers of another table are read as they are written there", async () => {
    const csv = table("a;b;y", 60, (i) => `${i % 7},5;${i % 5};${3 * (i % 7)}`);
    const { model } = await trainTable(csv, { target: "y", hidden: [] });
    const { values } = await model.predict("a;b\n3,5;1\n"),
      plain = await model.predict("b,a\n1,3.5\n");
    expect(values).toEqual(plain.values);
  });

  test("yes and no are one input, and two categories as a target", async () => {
    const csv = table("a,y,b", 40, (i) => `${i % 3 ? "yes" : "no"},${i % 2 ? "True" : "False"},${i % 7}`);
    const { inputs, target } = await learned(csv);
    expect(inputs).toEqual([
      { name: "a", kind: "boolean", mean: 26 / 40 },
      { name: "b", kind: "number", mean: expect.closeTo(2.875, 10) },
    ]);
    expect(target).toEqual({ name: "y", kind: "category", categories: ["False", "True"], labels: "boolean" });
    const { model } = await trainTable(csv, { target: "y" });
    expect(
      typeof model.predictRows([
        { a: true, b: 3 },
        { a: "N", b: 2 },
      ])[0],
    ).toBe("string");
  });
});

describe("columns that are no inputs", () => {
  test("a first column that numbers the rows, unless it is asked for", async () => {
    const csv = table("id,b,y", 40, (i) => `${i + 1},${i % 7},${i % 11}`);
    const { inputs, notes } = await learned(csv);
    expect(inputs.map(({ name }) => name)).toEqual(["b"]);
    expect(notes).toEqual(['"id" ignored: it numbers the rows (keepRowNumbers: true takes it as an input)']);
    expect((await learned(csv, { keepRowNumbers: true })).inputs).toHaveLength(2);
  });

  test("a first column without a name", async () => {
    const { inputs, notes } = await learned(table(",b,y", 40, (i) => `${(i * 17) % 40},${i % 7},${i % 11}`));
    expect(inputs.map(({ name }) => name)).toEqual(["b"]);
    expect(notes.join()).toContain("a first column without a name");
  });

  test("many for one reason are told in one line", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
    const csv = table(`b,${names.join()},y`, 40, (i) => `${i % 7},${names.map(() => "7").join()},${i % 11}`);
    const { notes } = await learned(csv);
    expect(notes).toEqual([
      '12 columns ignored: the same wherever it is known: "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9" and 2 more',
    ]);
  });
});

test("a last row of totals is dropped, and said by its line", async () => {
  const rows = table("a,b,y", 24, (i) => `${i % 9},${i % 5},${i % 11}`);
  const { inputs, notes, rows: counts } = await learned(`${rows}Total,46,120\n`, { validation: 0 });
  expect(inputs).toEqual((await learned(rows, { validation: 0 })).inputs);
  expect(notes).toEqual(['Line 26 sums up the rows above it, "Total" in column "a": dropped.']);
  expect(counts).toEqual({ training: 24, validation: 0 });
});

test("a total among other rows is a cell that is no number", async () => {
  const csv = table("a,b,y", 24, (i) => `${i === 12 ? "Total" : i % 9},${i % 5},${i % 11}`);
  const { rows } = await learned(csv, { validation: 0 });
  expect(rows.training).toBe(24);
});

test("what a table holds is described before anything is trained", async () => {
  const csv = table(
    "id,size,colour,same,y",
    40,
    (i) => `${i},${(i % 7) / 2},${i % 2 ? "red" : "blue"},1,${i % 3}`,
  );
  const { columns, target, rows } = await describeTable(csv);
  expect(rows).toBe(40);
  expect(target).toBe("y");
  expect(columns.map(({ name, kind, ignored }) => [name, kind, ignored === null])).toEqual([
    ["id", "number", false],
    ["size", "number", true],
    ["colour", "text", true],
    ["same", "number", false],
    ["y", "number", true],
  ]);
  expect(columns.map(({ tasks }) => tasks)).toEqual([
    ["regress", "classify"],
    ["regress", "classify"],
    ["classify"],
    [],
    ["classify", "regress"],
  ]);
});
