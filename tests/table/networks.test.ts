import { describe, expect, test } from "vitest";
import penguins from "../../examples/data/penguins.csv?raw";
import { Ensemble, fingerprint, Generator, type Module, predict } from "../../src/index.js";
import { decode, type TrainTableOptions, trainTable } from "../../src/table/index.js";
import {
  foldsOf,
  type Strata,
  seedsOf,
  validationDraw,
  validationOf,
} from "../../src/table/rows/division.js";
import { foldPlanOf } from "../../src/table/training/cross-validation.js";

const all = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Columns of noise, and a target that does not depend on them unless told to. */
function noise(rows: number, seed: number, target: (x: readonly number[], noise: number) => number | string) {
  const numbers = new Generator(seed).randn(rows, 4).toRows() as number[][];
  const [a, b, c] = [0, 1, 2].map((i) => numbers.map((row) => row[i] as number));
  return { a: a!, b: b!, c: c!, y: numbers.map((row) => target(row, row[3] as number)) };
}

const quick: Omit<TrainTableOptions, "target"> = { epochs: 60, patience: 20, keepRowNumbers: true };

const plain: Strata = { classes: null, groups: null, isOrdered: false };

describe("rows are dealt out", () => {
  const classes = Float32Array.from({ length: 100 }, (_, row) => Number(row % 10 === 0));

  test("for validation, with as many of each class as the whole has, and others for another seed", () => {
    const { training, validation } = validationOf("stratified", all(100), 20, { ...plain, classes }, 1);
    expect([training.length, validation.length]).toEqual([80, 20]);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...all(100)]);
    expect([...validation].filter((row) => classes[row] === 1)).toHaveLength(2);
    expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
    expect(validationOf("stratified", all(100), 20, { ...plain, classes }, 2).validation).not.toEqual(
      validation,
    );
    expect(validationOf("stratified", all(100), 20, { ...plain, classes }, 1).validation).toEqual(validation);
  });

  test("into folds, each row into one of them", () => {
    const folds = foldsOf(all(100), 5, { ...plain, classes }, 3);
    expect(folds.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual([...all(100)]);
    for (const { training, validation } of folds) {
      expect([training.length, validation.length]).toEqual([80, 20]);
      expect([...validation].filter((row) => classes[row] === 1)).toHaveLength(2);
    }
  });

  test("row by row, the same in memory as in a reading", () => {
    const isNext = validationDraw(100, 20, 1);
    const read = [...all(100)].filter(() => isNext());
    expect(read).toHaveLength(20);
    expect([...validationOf("row by row", all(100), 20, { ...plain, classes }, 1).validation]).toEqual(read);
  });

  test("of some rows alone", () => {
    const rows = Uint32Array.of(3, 7, 8, 20, 41);
    const { training, validation } = validationOf("stratified", rows, 2, plain, 0);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...rows]);
  });

  test("by groups, of which all rows stay together", () => {
    const groups = Uint32Array.from({ length: 100 }, (_, row) => row % 12);
    const strata = { ...plain, groups };
    const apart = ({ training, validation }: { training: Uint32Array; validation: Uint32Array }) => {
      const trained = new Set([...training].map((row) => groups[row]));
      return [...validation].every((row) => !trained.has(groups[row]));
    };
    for (let seed = 0; seed < 20; seed++) {
      const division = validationOf("stratified", all(100), 20, strata, seed);
      expect(apart(division)).toBe(true);
      expect(Math.abs(division.validation.length - 20)).toBeLessThan(8);
      const folds = foldsOf(all(100), 5, strata, seed);
      expect(folds.every(apart)).toBe(true);
      expect(folds.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual([...all(100)]);
      expect(Math.max(...folds.map(({ validation }) => validation.length))).toBeLessThan(28);
    }
    expect(foldPlanOf(5, 100, { ...plain, groups: groups.map((group) => group % 3) }).folds).toBe(3);
  });

  test("two groups: one is trained on, one is for validation", () => {
    const groups = Uint32Array.from({ length: 10 }, (_, row) => Number(row > 2));
    const { training, validation } = validationOf("stratified", all(10), 5, { ...plain, groups }, 4);
    expect(training.length).toBeGreaterThan(0);
    expect([3, 7]).toContain(validation.length);
  });

  test("in the order of time: the last rows validate, and every fold comes behind what it is trained on", () => {
    const strata = { ...plain, isOrdered: true };
    const { training, validation } = validationOf("stratified", all(10), 2, strata, 0);
    expect([...training, ...validation]).toEqual([...all(10)]);
    expect([...validation]).toEqual([8, 9]);
    const folds = foldsOf(all(60), 5, strata, 0);
    expect(folds.map((fold) => [fold.training.length, fold.validation[0], fold.validation.length])).toEqual([
      [10, 10, 10],
      [20, 20, 10],
      [30, 30, 10],
      [40, 40, 10],
      [50, 50, 10],
    ]);
    const isNext = validationDraw(10, 2, 0, true);
    expect([...all(10)].filter(() => isNext())).toEqual([8, 9]);
    expect(foldPlanOf(5, 100, strata)).toEqual({ folds: 5, scored: 5, repeats: 1 });
  });

  test("by seeds that differ", () => {
    const seeds = [0, 1, 2].flatMap((seed) => seedsOf(seed, 50));
    expect(new Set(seeds).size).toBe(150);
    expect(seeds.every(Number.isSafeInteger)).toBe(true);
  });

  test("as often as few rows need, and once where there are many", () => {
    expect(foldPlanOf(5, 9, plain)).toEqual({ folds: 0, scored: 0, repeats: 0 });
    expect(foldPlanOf(5, 199, plain)).toEqual({ folds: 5, scored: 5, repeats: 3 });
    expect(foldPlanOf(5, 200, plain)).toEqual({ folds: 5, scored: 5, repeats: 1 });
    expect(foldPlanOf(5, 10_001, plain)).toEqual({ folds: 5, scored: 1, repeats: 1 });
    expect(foldPlanOf(0, 1000, plain).folds).toBe(0);
  });
});

describe("rows that belong together", () => {
  /** Every subject has a level of its own, and a text that names it: knowing other rows of it is knowing the answer. */
  const rows = Array.from({ length: 240 }, (_, i) => {
    const subject = i % 24;
    return { subject: `s${subject}`, code: `c${subject}`, y: (subject * 7919) % 101, noise: (i * 31) % 17 };
  });

  test("as a group are scored by groups that were not trained on", async () => {
    const options = { ...quick, epochs: 300, target: "y", networks: 2, ignore: ["noise"] };
    const without = await trainTable({ rows }, { ...options, ignore: ["noise", "subject"] });
    const { scores, schema, history } = await trainTable({ rows }, { ...options, group: "subject" });
    if (scores.kind !== "number" || without.scores.kind !== "number") throw new Error("classes");
    expect(scores.rmse).toBeGreaterThan(5 * without.scores.rmse);
    expect(schema.inputs.map(({ name }) => name)).toEqual(["code"]);
    expect(history.options.group).toBe("subject");
  });

  test("rows without a group are each one of their own", async () => {
    const some = rows.map((row, i) => ({ ...row, subject: i < 200 ? "" : "last" }));
    const { history } = await trainTable(
      { rows: some },
      { ...quick, target: "y", group: "subject", networks: 1 },
    );
    expect(history.rows.training + history.rows.validation).toBe(240);
  });

  test.each([
    [{ group: "subjekt" }, 'no column "subjekt" (did you mean "subject"?)'],
    [{ group: "y" }, '"group": expected a column other than the target'],
    [{ group: "noise", memory: 0 }, 'group: "noise": the rows do not fit into memory'],
    [{ group: "same" }, 'group: "same": all rows are one group, and cannot be divided'],
  ])("%j is refused", async (options, message) => {
    const all = rows.map((row) => ({ ...row, same: "x" }));
    await expect(trainTable({ rows: all }, { ...quick, target: "y", ...options })).rejects.toThrow(message);
  });

  test("in the order of time are scored by later rows", async () => {
    const series = Array.from({ length: 120 }, (_, i) => ({ t: i, y: i < 100 ? i : 500 }));
    const options = { ...quick, target: "y", hidden: [], keepRowNumbers: true };
    const { history, scores } = await trainTable({ rows: series }, { ...options, validation: "last" });
    expect(history.options.validation).toBe("last");
    expect(history.rows).toEqual({ training: 96, validation: 24 });
    expect(scores.rows).toBe(100); // the first of six parts is in no fold
  });
});

describe("a model of several networks", () => {
  test("is their mean, and goes through its file", async () => {
    const columns = noise(60, 1, ([a]) => 3 * (a as number));
    const { model, history } = await trainTable(
      { columns },
      { target: "y", ...quick, networks: 3, folds: 0 },
    );
    const { module } = model;
    expect(module).toBeInstanceOf(Ensemble);
    expect((module as Ensemble).modules).toHaveLength(3);
    expect(history.options.networks).toBe(3);
    const x = [[0.5, -1, 2]];
    const each = (module as Ensemble).modules.map((member: Module) => predict(member, x).item());
    expect(new Set(each).size).toBe(3);
    expect(predict(module, x).item()).toBe(Math.fround((each[0]! + each[1]! + each[2]!) / 3));
    const back = decode(model.encode());
    expect(fingerprint(back.module)).toBe(fingerprint(module));
    expect(back.history).toEqual(JSON.parse(JSON.stringify(history)));
  });

  test("gives probabilities of classes that add up to 1, and the class of the largest", async () => {
    const { model } = await trainTable(penguins, { target: "species", epochs: 60, networks: 3, folds: 0 });
    const { values, probabilities } = await model.predict(penguins, { probabilities: true });
    const { target } = model.schema;
    const names = target.kind === "category" ? target.categories : [];
    probabilities.forEach((row, i) => {
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(values[i]).toBe(names[row.indexOf(Math.max(...row))]);
    });
  });

  test("is one network by default where it is linear, and where rows do not fit into memory", async () => {
    const columns = noise(60, 1, ([a]) => 3 * (a as number));
    const linear = await trainTable({ columns }, { target: "y", ...quick, hidden: [] });
    expect([linear.history.options.networks, linear.history.options.decay]).toEqual([1, 0]);
    expect(linear.history.scored?.by).toBe("folds");
    const large = await trainTable({ columns }, { target: "y", ...quick, memory: 0 });
    expect(large.history.options.networks).toBe(1);
    expect(large.history.scored).toEqual({ by: "validation", folds: 0, repeats: 0 });
    expect(large.notes).toContain(
      "the rows do not fit into memory: the model is one network, and its score is of its validation rows",
    );
  });

  test("does not depend on the unit of its target: weights decay as much in 1,024ths", async () => {
    const table = (times: number) => ({
      columns: noise(80, 2, ([a], e) => times * ((a as number) + 0.3 * e)),
    });
    const options = { target: "y", ...quick, networks: 2, folds: 2, decay: 0.01 };
    const [one, many] = [await trainTable(table(1), options), await trainTable(table(1024), options)];
    if (one.scores.kind !== "number" || many.scores.kind !== "number") throw new Error("no numbers");
    expect(many.scores.rmse).toBe(1024 * one.scores.rmse);
    const none = await trainTable(table(1), { ...options, decay: 0 });
    expect(none.scores).not.toEqual(one.scores);
  });

  test("keeps the networks trained so far when it is stopped, and scores them by their validation rows", async () => {
    const columns = noise(60, 1, ([a]) => 3 * (a as number));
    let trained = 0;
    const { model, history } = await trainTable(
      { columns },
      { target: "y", ...quick, networks: 5, onNetwork: () => trained++, stop: () => trained >= 2 },
    );
    expect((model.module as Ensemble).modules).toHaveLength(2);
    expect(history.options.networks).toBe(2);
    expect(history.scored?.by).toBe("validation");
  });

  test("tells how many networks are trained, of the model and of the folds", async () => {
    const columns = noise(250, 1, ([a]) => 3 * (a as number));
    const told: string[] = [];
    await trainTable(
      { columns },
      {
        target: "y",
        ...quick,
        epochs: 5,
        networks: 2,
        folds: 3,
        onNetwork: ({ trained, total, ofModel }) => told.push(`${trained} of ${total}, ${ofModel}`),
      },
    );
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((trained) => `${trained} of 8, 2`));
  });
});

describe("scores by cross-validation", () => {
  test("are of rows that no network knew: noise is not predicted", async () => {
    const numbers = noise(120, 4, (_, e) => e);
    const { scores } = await trainTable({ columns: numbers }, { target: "y", ...quick, networks: 3 });
    if (scores.kind !== "number") throw new Error("no numbers");
    expect(scores.r2).toBeLessThan(0.05);
    expect(scores.rmse).toBeGreaterThan(0.98 * scores.baselineRmse);
    const classes = noise(120, 5, (_, e) => (e > 0 ? "u" : "v"));
    const { scores: of } = await trainTable({ columns: classes }, { target: "y", ...quick, networks: 3 });
    if (of.kind !== "category") throw new Error("no classes");
    expect(Math.abs((of.auc as number) - 0.5)).toBeLessThan(0.15);
    expect(of.logLoss).toBeGreaterThan(0.98 * (of.baselineLogLoss as number));
  });

  test("count every row once, whatever the repeats", async () => {
    const { scores, history } = await trainTable(
      { columns: noise(50, 6, ([a]) => ((a as number) > 0 ? "u" : "v")) },
      { target: "y", ...quick, networks: 2 },
    );
    if (scores.kind !== "category") throw new Error("no classes");
    expect(history.scored).toEqual({ by: "folds", folds: 5, repeats: 3 });
    expect(scores.rows).toBe(50);
    expect(sum(scores.confusion.flat())).toBeCloseTo(50, 9);
  });

  test("agree with each other in every repeat: shares, confusion and classes", async () => {
    // Noise, so that repeats differ.
    const { scores, model } = await trainTable(
      { columns: noise(50, 8, (_, e) => (e > 0 ? "u" : "v")) },
      { target: "y", ...quick, networks: 1 },
    );
    if (scores.kind !== "category") throw new Error("no classes");
    const { confusion, classes, rows } = scores;
    expect(confusion.flat().every(Number.isInteger)).toBe(false);
    expect(sum(confusion.map((row, c) => row[c] as number)) / rows).toBeCloseTo(scores.accuracy, 12);
    expect(sum(classes.map((each) => each.rows))).toBe(rows);
    expect(sum(classes.map(({ recall }) => (recall as number) / 2))).toBeCloseTo(
      scores.balancedAccuracy as number,
      12,
    );
    expect(decode(model.encode()).history?.scores).toEqual(scores);
  });

  test("are measured by what the folds were trained on: baselines too", async () => {
    // One row far away from all others: the mean of the folds that it is not in is 0.
    const columns = {
      a: Array.from({ length: 20 }, (_, i) => (i * 7) % 5),
      y: Array.from({ length: 20 }, () => 0),
    };
    columns.y[4] = 100;
    const { scores } = await trainTable({ columns }, { target: "y", ...quick, task: "regress", networks: 1 });
    if (scores.kind !== "number") throw new Error("no numbers");
    // 100² + 16 rows · (100 / 16)² over 20 rows, where the others of its fold are predicted as 0
    expect(scores.baselineRmse).toBeCloseTo(Math.sqrt((100 ** 2 + 16 * 6.25 ** 2) / 20), 9);
  });

  test("are none of a run that is stopped", async () => {
    const columns = noise(60, 1, ([a]) => 3 * (a as number));
    let trained = 0;
    const { history } = await trainTable(
      { columns },
      { target: "y", ...quick, networks: 2, onNetwork: () => trained++, stop: () => trained >= 4 },
    );
    expect(history.scored?.by).toBe("validation");
    expect(history.options.networks).toBe(2);
  });
});
