import { describe, expect, test } from "vitest";
import { encode, Linear } from "../../src/index.js";
import { type CategoryTarget, decode, type TableModel, trainTable } from "../../src/table/index.js";

const lines = (rows: readonly string[]) => `${rows.join("\n")}\n`;
const row = (i: number) => `${i % 7},${"uvw"[i % 3]},${2 * (i % 7) + (i % 3)},${i % 7 > 3 ? "high" : "low"}`;
const CSV = lines(["a,c,y,k", ...Array.from({ length: 80 }, (_, i) => row(i))]);

const numbers = trainTable(CSV, { target: "y", ignore: ["k"], hidden: [] });
const classes = trainTable(CSV, { target: "k", ignore: ["y"] });

describe("a model of a table", () => {
  test("predicts rows of any source, and says what it did about them", async () => {
    const { model } = await numbers;
    const { values, notes, strings, rows } = await model.predict("c,a,id\nu,1,x\nnew,,y\n", {
      strings: ["id"],
    });
    expect(rows).toBe(2);
    expect(values[0]).toBeCloseTo(2, 1);
    expect(strings).toEqual([["x"], ["y"]]);
    expect(notes).toEqual([
      "missing values, filled with the mean: a 1",
      "missing or unknown values, of no category: c 1",
    ]);
  });

  test("predicts categories, with their probabilities in the order of the schema", async () => {
    const { model } = await classes;
    const { values, probabilities } = await model.predict(
      {
        rows: [
          { a: 6, c: "u" },
          { a: 0, c: "v" },
        ],
      },
      { probabilities: true },
    );
    expect(values).toEqual(["high", "low"]);
    expect((model.schema.target as CategoryTarget).categories).toEqual(["high", "low"]);
    expect(probabilities[0]?.[0]).toBeGreaterThan(0.9);
  });

  test("predicts objects at once, as a table of them", async () => {
    for (const { model } of [await numbers, await classes]) {
      const rows = [{ a: 3, c: "w" }, { a: 5 }, { c: "v", more: 7 }];
      expect(model.predictRows(rows)).toEqual((await model.predict({ rows })).values);
      expect(model.predictRows([])).toEqual([]);
    }
    const { model } = await numbers;
    expect(() => model.predictRows([{ b: 1 }])).toThrow('no row has any of the inputs "a", "c"');
  });

  test("measures itself on a table that has the target, and says which rows it drops", async () => {
    const { model } = await classes;
    const { scores, dropped, notes } = await model.evaluate(`${CSV}1,u,3,\n1,u,3,middle\n`);
    expect(scores).toMatchObject({ kind: "category", rows: 80 });
    expect(dropped).toEqual({ missing: 1, unknown: 1 });
    expect(notes).toEqual([
      '1 row dropped, of which "k" is missing',
      '1 row dropped, of which "k" is no class of the model, such as "middle"',
    ]);
    await expect(model.evaluate("a,c,k\n1,u,\n")).rejects.toThrow("no row to measure");
  });

  test("comes back from its file", async () => {
    for (const { model, schema, history } of [await numbers, await classes]) {
      const again: TableModel = decode(model.encode());
      expect(again.schema).toEqual(schema);
      expect(again.history).toEqual(history);
      expect((await again.predict(CSV)).values).toEqual((await model.predict(CSV)).values);
    }
  });

  test("is told from models and files that know no table", () => {
    const file = encode({ model: new Linear(2, 1) });
    expect(() => decode(file)).toThrow("it does not say which columns it reads");
    expect(() => decode(new Uint8Array(3))).toThrow(/^file: expected /);
  });
});

describe("training", () => {
  test("tells its course: the table, its beginning, epochs, the model before it is measured", async () => {
    const told: string[] = [];
    const result = await trainTable(CSV, {
      target: "y",
      epochs: 3,
      networks: 1,
      folds: 0,
      ignore: ["k"],
      name: "table.csv",
      onDescribed: ({ rows, columns }) => void told.push(`${rows} × ${columns}`),
      onBegin: ({ widths, rows }) =>
        void told.push(`${widths.join(" ")}: ${rows.training} + ${rows.validation}`),
      onEpoch: ({ epoch }) => told.push(`epoch ${epoch}`),
      onTrained: (model) => void told.push(`scores ${model.history?.scores}`),
    });
    expect(told).toEqual(["80 × 4", "4 16 1: 64 + 16", "epoch 0", "epoch 1", "epoch 2", "scores null"]);
    expect(result.history).toMatchObject({ file: "table.csv", command: null, epochs: { completed: 3 } });
    expect(result.fit.losses).toHaveLength(3);
    expect((await result.measure("validation")).scores).toEqual(result.scores);
    expect((await result.measure("training")).scores.rows).toBe(64);
  });

  test("measures the model as it is, in the middle of training too", async () => {
    let measure: ((part: "validation") => Promise<{ scores: { rows: number } }>) | undefined;
    const seen: number[] = [];
    await trainTable(CSV, {
      target: "y",
      epochs: 2,
      onBegin(begun) {
        measure = begun.measure;
      },
      onEpoch: async () => void seen.push((await measure!("validation")).scores.rows),
    });
    expect(seen).toEqual([16, 16]);
  });

  test("ends with the best model when it is asked to stop, at once when its signal says so", async () => {
    let epochs = 0;
    const { fit, history } = await trainTable(CSV, {
      target: "y",
      onEpoch: () => void epochs++,
      stop: () => epochs >= 5,
    });
    expect([fit.stopReason, fit.completed]).toEqual(["stopped", 6]);
    expect(history.epochs.stopped).toBe("interruption");
    const controller = new AbortController();
    const reason = new Error("enough");
    const aborted = trainTable(CSV, {
      target: "y",
      signal: controller.signal,
      onEpoch: () => controller.abort(reason),
    });
    await expect(aborted).rejects.toBe(reason);
    await expect(trainTable(CSV, { target: "y", signal: controller.signal })).rejects.toBe(reason);
  });

  test("does not touch the random numbers of the program", async () => {
    const { manualSeed, rand } = await import("../../src/index.js");
    manualSeed(5);
    const before = rand(3).toArray();
    manualSeed(5);
    await trainTable(CSV, { target: "y", epochs: 1 });
    expect(rand(3).toArray()).toEqual(before);
  });

  test.each([
    [{ target: "y", epoch: 3 }, "expected options among target, task, log, ignore"],
    [{ target: 3 }, '"target": expected a text, got 3'],
    [{ target: "y", hidden: [0] }, '"hidden[0]": expected a whole number of at least 1, got 0'],
    [{ target: "y", task: "guess" }, '"task": expected "regress" or "classify", got "guess"'],
    [{ target: "y", validation: 1 }, '"validation": expected a share from 0 to below 1, got 1'],
    [{ target: "y", ignore: ["y"] }, '"ignore": expected columns other than the target'],
    [
      { target: "k", loss: "mse" },
      'loss: "mse": "k" has classes (task: "classify"), for which there is crossentropy',
    ],
    [{ target: "z" }, 'no column "z"; it has a, c, y, k'],
  ])("refuses %j", async (options, message) => {
    await expect(trainTable(CSV, options as never)).rejects.toThrow(message);
  });
});
