import { describe, expect, test } from "vitest";
import { explanationSections, TableError, trainTable } from "../../src/table/index.js";

const DATA = Array.from({ length: 60 }, (_, i) => ({ a: i % 10, b: i % 7, y: 3 * (i % 10) - (i % 7) }));
const linear = { target: "y", folds: 0, hidden: [] };
const trained = trainTable({ rows: DATA }, linear);

describe("the worst rows", () => {
  test("have their lines in the file, behind blank lines, comments, quoted ends of lines and dropped rows", async () => {
    const { model } = await trained;
    const csv = [
      "# a comment", // line 1
      "a,b,y,note",
      "1,1,2,",
      "",
      '2,2,40,"two', // lines 5 and 6, off by 36
      'lines"',
      "# another comment",
      "3,3,,",
      "",
      "4,4,-2,", // line 10, off by 10
      "5,5,10,",
      "",
    ].join("\n");
    const { worst, dropped } = await model.explain(csv, { csv: { comment: "#" }, worst: 2 });
    expect(worst).toEqual([
      { row: 2, line: 5, actual: 40, predicted: expect.closeTo(4, 3), error: expect.closeTo(-36, 3) },
      { row: 4, line: 10, actual: -2, predicted: expect.closeTo(8, 3), error: expect.closeTo(10, 3) },
    ]);
    expect(dropped).toEqual({ missing: 1, unknown: 0 });
    const { worst: unquoted } = await model.explain(csv.replace('"two\nlines"', "two"), {
      csv: { comment: "#" },
    });
    expect(unquoted.slice(0, 2).map(({ line }) => line)).toEqual([5, 9]);
    expect(unquoted).toHaveLength(4);
  });

  test("have the lines of large files, whose rows come in chunks", async () => {
    const { model } = await trained;
    const lines = Array.from({ length: 250_000 }, (_, i) => `${i % 10},${i % 7},${3 * (i % 10) - (i % 7)}`);
    lines[1] = "1,1,";
    lines[49_998] = "1,1,900";
    lines[249_999] = "1,1,-900";
    const { worst, sampled } = await model.explain(`a,b,y\n${lines.join("\n")}\n`, { worst: 2, repeats: 1 });
    expect(worst.map(({ row, line }) => [row, line])).toEqual([
      [250_000, 250_001],
      [49_999, 50_000],
    ]);
    expect(sampled).toBe(10_000);
  });

  test("have the numbers of their records in JSON and in rows, and no lines", async () => {
    const { model } = await trained;
    const rows = [
      { a: 1, b: 1, y: 2 },
      { a: 1, b: 1 },
      { a: 1, b: 1, y: 50 },
    ];
    for (const source of [
      { rows },
      JSON.stringify(rows),
      rows.map((row) => `${JSON.stringify(row)}\n\n`).join(""),
    ]) {
      const { worst } = await model.explain(source, { worst: 1 });
      expect(worst).toMatchObject([{ row: 3, line: null, actual: 50 }]);
    }
  });

  test("of classes are those whose actual class got the least probability", async () => {
    const rows = DATA.map(({ a, b }) => ({ a, b, y: a > 4 ? 1 : 0 }));
    const { model } = await trainTable({ rows }, { target: "y", folds: 0, networks: 2, task: "classify" });
    const { worst } = await model.explain("a,b,y\n9,1,1\n9,1,0\n0,1,0\n", { worst: 1 });
    expect(worst).toMatchObject([{ row: 2, line: 3, actual: 0, predicted: 1 }]);
    expect(worst[0]!.error).toBeGreaterThan(0.5);
    expect((await model.explain("a,b,y\n9,1,1\n", { worst: 0 })).worst).toEqual([]);
  });
});

describe("a table that says nothing", () => {
  test("about the target has no row to explain", async () => {
    const { model } = await trained;
    await expect(model.explain("a,b,y\n1,2,\n")).rejects.toThrow(TableError);
    await expect(model.explain("a,b,y\n1,2,\n")).rejects.toThrow(
      'no row to measure\n1 row dropped, of which "y" is missing',
    );
  });

  test("about a column is refused by its name, and one without rows, too", async () => {
    const { model } = await trained;
    await expect(model.explain("a,y\n1,2\n")).rejects.toThrow('expected a column "b", got "a", "y"');
    await expect(model.explain("a,b\n1,2\n")).rejects.toThrow('expected a column "y", got "a", "b"');
    await expect(model.explain("a,b,y\n")).rejects.toThrow("expected at least one row");
    await expect(model.explain({ rows: [] })).rejects.toThrow("a table without rows");
  });

  test("has one row, of which nothing can be shuffled", async () => {
    const { model, schema } = await trained;
    const explanation = await model.explain("a,b,y\n1,2,1\n");
    expect(explanation.importances.every(({ isChance }) => isChance)).toBe(true);
    expect(explanationSections(explanation, schema)[0]!.table).toEqual([]);
  });
});

test("options out of range and unknown ones are refused", async () => {
  const { model, explain } = await trained;
  await expect(model.explain({ rows: DATA }, { repeats: 0 })).rejects.toThrow('"repeats": expected');
  await expect(model.explain({ rows: DATA }, { rows: 0 })).rejects.toThrow('"rows": expected');
  await expect(model.explain({ rows: DATA }, { worst: -1 })).rejects.toThrow('"worst": expected');
  await expect(model.explain({ rows: DATA }, { columns: 1.5 })).rejects.toThrow('"columns": expected');
  await expect(model.explain({ rows: DATA }, { repeat: 3 } as object)).rejects.toThrow("repeats");
  await expect(explain({ worst: 3 } as object)).rejects.toThrow("worst");
});

test("a signal ends it", async () => {
  const { model, explain } = await trained;
  const controller = new AbortController();
  const running = explain({ signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  await expect(model.explain({ rows: DATA }, { signal: controller.signal })).rejects.toThrow("enough");
});

test("what training returns explains its own rows as the model explains the table", async () => {
  const csv = `a,b,y\n${DATA.map(({ a, b, y }) => `${a},${b},${y}\n`).join("")}`;
  for (const options of [linear, { ...linear, hidden: [4], networks: 2 }, { ...linear, memory: 0 }]) {
    const { model, explain } = await trainTable(csv, options);
    const { importances, dependences, score, rows } = await explain();
    expect(rows).toBe(60);
    const whole = await model.explain(csv);
    expect(score.value).toBeCloseTo(whole.score.value, 5);
    expect(importances.map(({ column }) => column)).toEqual(whole.importances.map(({ column }) => column));
    expect(dependences).toHaveLength(2);
  }
});
