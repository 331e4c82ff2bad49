import { describe, expect, test } from "vitest";
import { describeTable, trainTable } from "../../src/table/index.js";

const quick = { epochs: 20, networks: 1, folds: 0 };
const counted = <Value>(rows: number, value: (i: number) => Value) =>
  Array.from({ length: rows }, (_, i) => value(i));

describe("cells of JSON and of programs", () => {
  test("are named by their rows, and those of CSV by their lines", async () => {
    const rows = counted(40, (i) => ({ a: i === 5 ? "x" : (i * 7) % 11, y: 2 * ((i * 7) % 11) }));
    const stray = 'Column "a": 1 cell without a number counted as missing, "x" in';
    for (const source of [{ rows }, JSON.stringify(rows)]) {
      expect((await describeTable(source)).notes).toContain(`${stray} row 6.`);
      expect((await trainTable(source, { target: "y", ...quick })).notes).toContain(`${stray} row 6.`);
    }
    const csv = `a,y\n${rows.map(({ a, y }) => `${a},${y}\n`).join("")}`;
    expect((await describeTable(csv)).notes).toContain(`${stray} line 7.`);
    const { model } = await trainTable(csv, { target: "y", ...quick });
    const notes: string[] = [];
    model.predictRows([{ a: 3 }, { a: "x" }], { onNote: (note) => notes.push(note) });
    expect(notes[0]).toContain('"x" in row 2');
  });

  test("that are numbers with a decimal comma are said to be text", async () => {
    const rows = counted(40, (i) => ({ a: `${i % 8},5`, y: 2 * (i % 8) }));
    const { notes, schema } = await trainTable(JSON.stringify(rows), { target: "y", ...quick });
    expect(schema.inputs[0]?.kind).toBe("category");
    expect(notes).toContain(
      '"a" taken as text, not as numbers: "0,5" may be 0.5, and is a number if it is written so',
    );
  });

  test("of a model without names are asked for by the numbers of columns, in every form", async () => {
    const csv = counted(40, (i) => `${i % 8},${"uvw"[i % 3]},${2 * (i % 8)}.5\n`).join("");
    for (const header of [undefined, false] as const) {
      const { model } = await trainTable(csv, {
        target: "3",
        ...quick,
        ...(header === false && { csv: { header } }),
      });
      const rows = [
        { 1: 3, 2: "u" },
        { 2: "v", 1: 5 },
      ];
      const expected = model.predictRows(rows);
      expect(new Set(expected).size).toBe(2);
      for (const source of [{ rows }, JSON.stringify(rows), { columns: { 1: [3, 5], 2: ["u", "v"] } }])
        expect((await model.predict(source)).values).toEqual(expected);
    }
  });
});
