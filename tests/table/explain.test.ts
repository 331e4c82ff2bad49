import { describe, expect, test } from "vitest";
import { Generator } from "../../src/index.js";
import {
  explanationSections,
  type NumberScores,
  type TableExplanation,
  TableModel,
  trainTable,
} from "../../src/table/index.js";

type Row = Record<string, unknown>;

/** So many rows of uniform numbers in [-1, 1) of columns a, b …, and what is made of them. */
function tableOf(names: string, rows: number, more: (row: Record<string, number>) => Row) {
  const { data } = new Generator(7).rand(rows, names.length);
  return Array.from({ length: rows }, (_, i): Row => {
    const row = Object.fromEntries([...names].map((name, c) => [name, 2 * data[i * names.length + c]! - 1]));
    return { ...row, ...more(row as Record<string, number>) };
  });
}

const quick = { folds: 0, networks: 3, epochs: 150 };
const linear = { folds: 0, hidden: [] };

async function explained(rows: Row[], options: object, explain: object = {}) {
  const { model, schema } = await trainTable({ rows }, { target: "y", ...options });
  return { model, schema, explanation: await model.explain({ rows }, explain) };
}

const importanceOf = ({ importances }: Pick<TableExplanation, "importances">, name: string) =>
  importances.find(({ column }) => column === name)!;

/** y = 3a − 2b + 5. */
const plane = tableOf("ab", 400, ({ a, b }) => ({ y: 3 * a! - 2 * b! + 5 }));
const planes = explained(plane, linear);

/** y is made of a and of category c, in no straight way; b and d have nothing to do with it. */
const mixed: Row[] = tableOf("abd", 400, ({ a, b }) => {
  const c = ["u", "v", "w"][Math.floor(1.5 * (b! + 1))]!;
  return { c, y: 2 * Math.abs(a!) + (c === "v" ? 3 : 0) };
}).map(({ b: _, ...row }, i) => ({ ...row, b: Math.sin(i * i) }));
const mixture = explained(mixed, quick);

describe("permutation importance", () => {
  test("of a linear model is what β says: shuffling adds 2 β² var to the mean squared error", async () => {
    const { explanation } = await explained(plane, linear, { repeats: 20 });
    const { value } = explanation.score;
    for (const [name, slope] of [
      ["a", 3],
      ["b", -2],
    ] as const) {
      const values = plane.map((row) => row[name] as number);
      const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
      const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length;
      const rise = (value + importanceOf(explanation, name).importance) ** 2 - value ** 2;
      expect(rise / (2 * slope ** 2 * variance)).toBeCloseTo(1, 1);
    }
  });

  test("is of columns that the target is made of, and 0 within its spread for the others", async () => {
    const { explanation } = await explained(
      tableOf("abd", 300, ({ a }) => ({ y: a! ** 2 })),
      quick,
    );
    const [first, ...others] = explanation.importances;
    expect(first).toMatchObject({ column: "a", isChance: false });
    expect(first!.share).toBeGreaterThan(1);
    for (const { importance } of others) expect(importance).toBeLessThan(first!.importance / 20);
    const { explanation: exact } = await explained(
      tableOf("abd", 300, ({ a }) => ({ y: 3 * a! })),
      linear,
    );
    for (const name of ["b", "d"]) expect(importanceOf(exact, name)).toMatchObject({ isChance: true });
  });

  test("shuffles the columns of x of a category together", async () => {
    const { explanation, model } = await mixture;
    expect(explanation.importances.map(({ column }) => column).sort()).toEqual(["a", "b", "c", "d"]);
    // c alone moves predictions by 3 between categories: rows that get another category are off by that.
    const counts = new Map<unknown, number>();
    for (const { c } of mixed) counts.set(c, (counts.get(c) ?? 0) + 1);
    const v = counts.get("v")! / mixed.length;
    const { value } = explanation.score;
    const rise = (value + importanceOf(explanation, "c").importance) ** 2 - value ** 2;
    expect(rise / (9 * 2 * v * (1 - v))).toBeCloseTo(1, 0);
    expect(model.schema.inputs).toHaveLength(4);
  });

  test("is the same for the same seed, and another for another", async () => {
    const { model, explanation } = await mixture;
    expect(await model.explain({ rows: mixed })).toEqual(explanation);
    expect((await model.explain({ rows: mixed }, { seed: 1 })).importances).not.toEqual(
      explanation.importances,
    );
  });

  test("has a spread over networks as well as over shuffles", async () => {
    const { model, explanation } = await mixture;
    const { importances } = await model.explain({ rows: mixed }, { repeats: 1 });
    for (const { spread } of importances) expect(spread).toBeGreaterThan(0);
    const [one] = (model.module as unknown as { modules: TableModel["module"][] }).modules;
    const single = new TableModel(one!, model.schema, null);
    const alone = await single.explain({ rows: mixed }, { repeats: 1 });
    for (const { spread } of alone.importances) expect(spread).toBe(0);
    expect(importanceOf(await single.explain({ rows: mixed }), "a").spread).toBeGreaterThan(0);
    expect(importanceOf(explanation, "a").importance).not.toBe(importanceOf(alone, "a").importance);
  });

  test("is a rise of the score that the model has, beside that of the baseline", async () => {
    const { explanation } = await mixture;
    const { rmse, baselineRmse } = explanation.scores as NumberScores;
    expect(explanation.score.name).toBe("RMSE");
    expect(explanation.score.value).toBeCloseTo(rmse, 6);
    expect(explanation.score.baseline).toBeCloseTo(baselineRmse, 6);
    const { importance, share } = importanceOf(explanation, "a");
    expect(share).toBeCloseTo(importance / (baselineRmse - rmse), 6);
  });

  test("is measured on rows that are drawn where there are more", async () => {
    const { model } = await mixture;
    const told: string[] = [];
    const options = { rows: 100, onNote: (note: string) => told.push(note) };
    const some = await model.explain({ rows: mixed }, options);
    expect(some).toMatchObject({ rows: 400, sampled: 100 });
    expect(some.notes).toEqual(["importance is measured on 100 of 400 rows, drawn by seed 0"]);
    expect(told).toEqual(some.notes);
    expect(some.scores.rows).toBe(400);
    expect(await model.explain({ rows: mixed }, options)).toEqual(some);
  });

  test("of classes is a rise of the log loss", async () => {
    const rows = tableOf("abd", 300, ({ a, b }) => ({ y: a! + b! > 0 ? "yes" : "no" }));
    const { explanation } = await explained(rows, quick);
    expect(explanation.score.name).toBe("log loss");
    expect(explanation.score.baseline).toBeCloseTo(Math.LN2, 2);
    const [a, b, d] = ["a", "b", "d"].map((name) => importanceOf(explanation, name).importance);
    expect(Math.min(a!, b!)).toBeGreaterThan(5 * Math.abs(d!));
  });
});

test("an importance within its spread, or within what float32 rounds, is chance", async () => {
  const noise = tableOf("abd", 60, () => ({})).map((row, i) => ({ ...row, y: Math.sin(i * i) }));
  const { explanation } = await explained(noise, { ...quick, networks: 4 });
  const { baseline } = explanation.score;
  const all = [...explanation.importances, ...(await mixture).explanation.importances];
  for (const { importance, spread, isChance } of all)
    expect(isChance).toBe(importance <= Math.max(spread, 1e-6 * baseline));
  expect(all.some(({ importance, isChance }) => isChance && importance > 0)).toBe(true);
});

describe("partial dependence", () => {
  test("of a linear model is a line of its slope", async () => {
    const { explanation } = await planes;
    const [a] = explanation.dependences;
    expect(a).toMatchObject({ column: "a", kind: "number" });
    expect(a!.points).toHaveLength(20);
    const mean = plane.reduce((sum, { b }) => sum + (b as number), 0) / plane.length;
    for (const { value, predictions } of a!.points)
      expect(predictions[0]).toBeCloseTo(3 * Number(value) - 2 * mean + 5, 4);
    const sorted = plane.map((row) => Math.fround(row.a as number)).sort((x, y) => x - y);
    expect(Math.fround(Number(a!.points[0]!.value))).toBe(sorted[Math.floor(0.05 * 399)]);
    expect(Math.fround(Number(a!.points.at(-1)!.value))).toBe(sorted[Math.floor(0.95 * 399)]);
  });

  test("has every category, and no and yes, of the most important columns alone", async () => {
    const rows = tableOf("a", 200, ({ a }) => {
      const i = Math.floor(50 * (a! + 1));
      const [flag, c] = [i % 2 ? "yes" : "no", ["u", "v", "w"][i % 3]!];
      return { flag, c, y: 4 * Number(i % 2) + 2 * Number(c === "w") + a! };
    });
    const { explanation } = await explained(rows, linear, { columns: 2 });
    const [flag, c] = explanation.dependences;
    expect(explanation.dependences).toHaveLength(2);
    expect(flag).toMatchObject({ column: "flag", kind: "boolean" });
    expect(flag!.points.map(({ value }) => value)).toEqual([false, true]);
    expect(flag!.points[1]!.predictions[0]! - flag!.points[0]!.predictions[0]!).toBeCloseTo(4, 3);
    expect(c!.points.map(({ value }) => value)).toEqual(["u", "v", "w"]);
    expect(c!.points[2]!.predictions[0]! - c!.points[0]!.predictions[0]!).toBeCloseTo(2, 3);
  });

  test("has a probability of each class, which sum to 1", async () => {
    const rows = tableOf("ab", 300, ({ a }) => ({ y: a! < -0.4 ? "low" : a! > 0.4 ? "high" : "middle" }));
    const { explanation } = await explained(rows, quick);
    const [a] = explanation.dependences;
    for (const { predictions } of a!.points) {
      expect(predictions).toHaveLength(3);
      expect(predictions.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
  });
});

describe("coefficients", () => {
  test("of y = 3a − 2b + 5 are those, in the units of the table", async () => {
    const { explanation, model } = await planes;
    const { intercept, inputs, classes, against } = explanation.coefficients!;
    expect(intercept[0]).toBeCloseTo(5, 4);
    expect(inputs.map(({ column, category }) => [column, category])).toEqual([
      ["a", null],
      ["b", null],
    ]);
    expect(inputs[0]!.values[0]).toBeCloseTo(3, 4);
    expect(inputs[1]!.values[0]).toBeCloseTo(-2, 4);
    expect([classes, against]).toEqual([[], null]);
    expect(model.coefficients()).toEqual(explanation.coefficients);
  });

  test("add up to the model's prediction, with categories and missing ones", async () => {
    const { model } = await explained(mixed, linear);
    const { intercept, inputs } = model.coefficients()!;
    const at = (column: string, category: string | null = null) =>
      inputs.find((each) => each.column === column && each.category === category)!.values[0]!;
    const sum = intercept[0]! + at("a") * 0.5 + at("b") * 0.25 + at("d") * -1;
    const row = { a: 0.5, b: 0.25, d: -1 };
    expect(model.predictRows([{ ...row, c: "v" }, { ...row }]).map(Number)).toEqual([
      expect.closeTo(sum + at("c", "v"), 4),
      expect.closeTo(sum, 4),
    ]);
  });

  test("of classes are log-odds against the first", async () => {
    const rows = tableOf("ab", 300, ({ a, b }) => ({ y: a! + 0.3 * b! > Math.sin(40 * b!) ? "yes" : "no" }));
    const { model } = await explained(rows, linear);
    const { intercept, inputs, classes, against } = model.coefficients()!;
    expect([against, classes]).toEqual(["no", ["yes"]]);
    const odds = intercept[0]! + 0.2 * inputs[0]!.values[0]! - 0.4 * inputs[1]!.values[0]!;
    const { probabilities } = await model.predict({ rows: [{ a: 0.2, b: -0.4 }] }, { probabilities: true });
    const [no, yes] = probabilities[0]!;
    expect(Math.log(yes! / no!)).toBeCloseTo(odds, 4);
  });

  test("are the means of linear networks, and none of networks with hidden layers", async () => {
    const { model } = await explained(plane, { ...linear, networks: 2 });
    expect(model.coefficients()!.inputs[0]!.values[0]).toBeCloseTo(3, 3);
    expect((await mixture).model.coefficients()).toBeNull();
  });
});

describe("the words", () => {
  test("are sections of tables: most important first, what is chance named below", async () => {
    const { explanation, schema } = await planes;
    const [importance, dependence, coefficients, worst] = explanationSections(explanation, schema);
    expect(importance!.table.map(([first]) => first)).toEqual(["column", "a", "b"]);
    expect(importance!.table[0]).toEqual(["column", "RMSE rises by", "share"]);
    expect(dependence!.table[1]!.slice(0, 3)).toEqual([
      "a",
      expect.stringContaining(" … "),
      expect.any(String),
    ]);
    expect(dependence!.table[1]![2]).toMatch(/^▁.*█$/);
    expect(coefficients!.table.map(([first]) => first)).toEqual(["input", "intercept", "a", "b"]);
    expect(worst!.table[0]).toEqual(["row", "actual", "predicted", "error"]);
    const chance = {
      ...explanation,
      importances: explanation.importances.map((each) => ({ ...each, isChance: true })),
    };
    const [none] = explanationSections(chance, schema);
    expect(none!.table).toEqual([]);
    expect(none!.remarks).toContain('No difference that can be told from chance: "a", "b".');
  });
});
