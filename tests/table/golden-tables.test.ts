import { describe, expect, test } from "vitest";
import iris from "../../examples/data/iris.csv?raw";
import longley from "../../examples/data/longley.csv?raw";
import penguins from "../../examples/data/penguins.csv?raw";
import { fingerprint } from "../../src/index.js";
import { type TrainTableOptions, trainTable } from "../../src/table/index.js";
import golden from "../golden/tables.json" with { type: "json" };

const TABLES: Readonly<Record<string, string>> = { iris, longley, penguins };

describe("a table, its options and its seed give one model, to the bit, in every version", () => {
  const cases = golden.map((each) => ({ ...each, options: each.options as TrainTableOptions }));
  test.each(cases)("$file, $options", async ({ file, options, fingerprint: bits, completed, score }) => {
    const { model, scores, fit } = await trainTable(TABLES[file] as string, options);
    expect(fingerprint(model.module)).toBe(bits);
    expect(fit.completed).toBe(completed);
    expect(scores.kind === "number" ? scores.rmse : scores.accuracy).toBe(score);
  });
});
