import { describe, expect, test } from "vitest";
import { describeTable, trainTable } from "../../src/table/index.js";

const ROWS = Array.from({ length: 40 }, (_, i) => ({ qty: 1 + (i % 13), sales: ((i * 7) % 50) + 10.25 }));
const QTY = ROWS.reduce((sum, { qty }) => sum + qty, 0);
const SALES = ROWS.reduce((sum, { sales }) => sum + sales, 0);

const csv = (name: (i: number) => string, last: string) =>
  `name,qty,sales\n${ROWS.map(({ qty, sales }, i) => `${name(i)},${qty},${sales}\n`).join("")}${last}\n`;
const categories = (i: number) => "abc"[i % 3] as string;
const names = (i: number) => `n${i}`;

async function trainedRows(table: string) {
  const { history, notes } = await trainTable(table, { target: "sales", epochs: 1, validation: 0 });
  return { rows: history.rows.training, note: notes.find((note) => note.includes("sums up")) };
}

describe("a last row of totals with its word in a column of text is dropped, and said", () => {
  const all = ["Total", "Grand total", "Sum", "Gesamt", "Summe:", "TOTAL"];
  test.each(all.flatMap((word) => [[word, categories] as const, [word, names] as const]))(
    "%s",
    async (word, name) => {
      const { rows, note } = await trainedRows(csv(name, `${word},${QTY},${SALES}`));
      expect(rows).toBe(40);
      expect(note).toBe(`Line 42 sums up the rows above it, "${word}" in column "name": dropped.`);
    },
  );

  test.each([
    ["means", `Average,${QTY / 40},${(SALES / 40).toFixed(2)}`],
    ["a sum of sums", `Grand total,${2 * QTY},${2 * SALES}`],
    ["no label", `,${QTY},${SALES}`],
    ["a label that is no known word", `zusammen,${QTY},${SALES}`],
  ])("%s", async (_, last) => {
    expect((await trainedRows(csv(names, last))).rows).toBe(40);
    expect((await trainedRows(csv(categories, last))).rows).toBe(40);
  });

  test("in rows and JSON too", async () => {
    const rows = [
      ...ROWS.map((row, i) => ({ name: names(i), ...row })),
      { name: "Total", qty: QTY, sales: SALES },
    ];
    for (const source of [{ rows }, JSON.stringify(rows)]) {
      const { history, notes } = await trainTable(source, { target: "sales", epochs: 1, validation: 0 });
      expect(history.rows.training).toBe(40);
      expect(notes).toContain('Row 41 sums up the rows above it, "Total" in column "name": dropped.');
    }
  });
});

describe("a last row that is like others stays", () => {
  test.each([
    ["a name", "n40,5,30"],
    ["a category that other rows have", `a,${QTY},30`],
    ["a word of totals with numbers that are none", "All,5,30"],
    ["a sum in one of two columns", `n40,${QTY},30`],
    ["no label", ",5,30"],
  ])("%s", async (_, last) => {
    expect(await trainedRows(csv(names, last))).toEqual({ rows: 41, note: undefined });
    expect(await trainedRows(csv(categories, last))).toEqual({ rows: 41, note: undefined });
  });

  test("a category of that word", async () => {
    const kinds = (i: number) => ["Total", "Partial"][i % 2] as string;
    expect((await trainedRows(csv(kinds, "Total,3,30"))).rows).toBe(41);
  });
});

test("describeTable leaves out the totals that trainTable drops", async () => {
  const table = csv(categories, `Total,${QTY},${SALES}`);
  const { rows, columns, notes } = await describeTable(table);
  expect(rows).toBe(41);
  expect(notes).toEqual(['Line 42 sums up the rows above it, "Total" in column "name": dropped.']);
  expect(columns).toEqual((await describeTable(csv(categories, ""))).columns);
});
