import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decode } from "../../src/table/index.js";

const FOLDER = new URL("../fixtures/models/", import.meta.url);
const modelOf = (name: string) => decode(readFileSync(new URL(`${name}.safetensors`, FOLDER)));
const { table, pageTable, commands, page } = JSON.parse(
  readFileSync(new URL("predictions.json", FOLDER), "utf8"),
) as {
  table: string;
  pageTable: string;
  commands: Record<string, { predictions: string; probabilities?: string }>;
  page: Record<string, string>;
};
const csv = { decimal: "," } as const;
/** The cells below the names. */
const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));

test("every file of an older version is tried", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".safetensors"));
  expect(files.map((name) => name.replace(/\.\w+$/, ""))).toEqual(
    [...Object.keys(commands), ...Object.keys(page)].sort(),
  );
});

describe("a model file of the command's first version", () => {
  test.each(Object.entries(commands))("%s predicts what it did", async (name, said) => {
    const model = modelOf(name);
    const { values, probabilities } = await model.predict(table, {
      csv,
      probabilities: model.schema.target.kind === "category",
    });
    const expected = cellsOf(said.predictions).map(([cell]) => cell as string);
    if (model.schema.target.kind === "number")
      expect(Float32Array.from(values as number[])).toEqual(Float32Array.from(expected, Number));
    else expect(values.map(String)).toEqual(expected);
    if (said.probabilities === undefined) return;
    const shares = cellsOf(said.probabilities).flat().map(Number);
    expect(Float32Array.from(probabilities.flat())).toEqual(Float32Array.from(shares));
  });

  test("keeps what it says of its making", () => {
    const { history, schema } = modelOf("command-texts");
    expect(history).toMatchObject({ file: "table.csv", rows: { training: 48, validation: 12 } });
    expect(history?.command).toContain("rprop train table.csv --target kind");
    expect(history?.scored).toEqual({ by: "validation", folds: 0, repeats: 0 });
    if (history?.scores?.kind !== "category") throw new Error("no classes");
    const { confusion, classes, auc } = history.scores;
    expect(classes.map(({ rows }) => rows)).toEqual(confusion.map((row) => row.reduce((a, b) => a + b, 0)));
    expect(auc).toBeNull();
    expect(schema.csv).toEqual({ decimal: ",", missing: ["none"] });
    expect(schema.target).toEqual({
      name: "kind",
      kind: "category",
      categories: ["milk", "tea"],
      labels: "text",
    });
  });
});

describe("a model file of the page's first version", () => {
  test.each(Object.entries(page))("%s predicts what it did", async (name, said) => {
    const model = modelOf(name);
    const { values } = await model.predict(pageTable, { csv });
    const expected = cellsOf(said).map((cells) => cells[5] as string);
    if (model.schema.target.kind === "number")
      expect(Float32Array.from(values as number[])).toEqual(Float32Array.from(expected, Number));
    else expect(values.map(String)).toEqual(expected);
  });

  test("fills missing numbers with the mean that it standardises by", () => {
    const [size] = modelOf("page-number").schema.inputs;
    expect(size).toMatchObject({ name: "size", kind: "number" });
    expect((size as { mean: number }).mean).toBeGreaterThan(3);
    expect(modelOf("page-number").schema.baseline).toBeGreaterThan(8);
  });

  test("is written in this version, and predicts the same", async () => {
    for (const name of [...Object.keys(page), ...Object.keys(commands)]) {
      const model = modelOf(name);
      const again = decode(model.encode());
      expect(again.schema).toEqual(model.schema);
      expect(again.history).toEqual(model.history);
      expect((await again.predict(pageTable, { csv })).values).toEqual(
        (await model.predict(pageTable, { csv })).values,
      );
    }
  });
});
