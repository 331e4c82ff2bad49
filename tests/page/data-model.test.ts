import { encode, fingerprint } from "rprop";
import { describe, expect, test } from "vitest";
import { readCells } from "../../page/data/cells.js";
import type { Progress } from "../../page/data/messages.js";
import { guesses } from "../../page/data/model.js";
import { readModel, writeModel } from "../../page/data/model-file.js";
import type { Plan } from "../../page/data/plan.js";
import { predictTable } from "../../page/data/predictions.js";
import { tableOf } from "../../page/data/table.js";
import { Training } from "../../page/data/training.js";
import { iris, longley } from "./examples.js";

const read = (text: string) => tableOf(readCells(text, true));

const common = { width: 16, variant: "irprop-", epochs: 300, validation: 0.2, seed: 0 } as const;
const irisPlan: Plan = { ...common, target: 4, kind: "classes", inputs: [0, 1, 2, 3], hiddenLayers: 1 };
const longleyPlan: Plan = {
  ...common,
  target: 0,
  kind: "number",
  inputs: [1, 2, 3, 4, 5, 6],
  hiddenLayers: 0,
};
const never = new AbortController().signal;

async function trained(text: string, plan: Plan, keepOn = () => true) {
  const training = new Training(read(text), plan);
  const told: Progress[] = [];
  const result = await training.run((progress) => told.push(progress), keepOn, never);
  return { training, told, result };
}

describe("training", () => {
  test("iris: beats the most frequent class", async () => {
    const { result, told, training } = await trained(iris, irisPlan);
    const { scores, view } = result;
    expect([training.training.y.length, training.held.y.length, scores.rows]).toEqual([120, 30, 30]);
    expect(scores.kind).toBe("classes");
    expect(scores.held).toBeGreaterThan(0.85);
    expect(scores.training).toBeGreaterThan(0.95);
    expect(scores.baseline).toBeLessThan(0.5);
    // The confusion matrix is of the rows held out, and says the same.
    const confusion = view.kind === "classes" ? view.confusion : [];
    expect(confusion.flat().reduce((sum, count) => sum + count)).toBe(30);
    expect(confusion.reduce((sum, row, i) => sum + row[i]!, 0) / 30).toBe(scores.held);
    // Every epoch has been told, once.
    const losses = told.flatMap((progress) => [...progress.losses]);
    expect([losses.length, told.at(-1)?.completed]).toEqual([result.completed, result.completed]);
    expect(told.flatMap(({ validationLosses }) => [...validationLosses]).length).toBe(losses.length);
  });

  test("Longley: beats the mean, in its own units", async () => {
    const { result } = await trained(longley, longleyPlan);
    const { scores, view } = result;
    if (scores.kind !== "number" || view.kind !== "number") throw new Error(scores.kind);
    expect(scores.held.rmse).toBeLessThan(1000);
    expect(scores.baseline.rmse).toBeGreaterThan(2500);
    expect(Number(scores.guess.replace(",", ""))).toBeGreaterThan(60_000);
    expect([view.held.truth.length, view.training.truth.length]).toEqual([3, 13]);
    const errors = view.held.truth.map((truth, i) => (truth - view.held.guess[i]!) ** 2);
    expect(Math.sqrt(errors.reduce((a, b) => a + b) / 3)).toBeCloseTo(scores.held.rmse, 1);
  });

  test("without rows held out is judged by the rows trained on", async () => {
    const { result } = await trained(longley, { ...longleyPlan, validation: 0 });
    expect(result.scores.rows).toBe(16);
    expect(result.scores.held).toEqual(result.scores.training);
  });

  test("ends when told to, and has a model then", async () => {
    let epochs = 0;
    const { result } = await trained(iris, irisPlan, () => ++epochs < 7);
    expect([result.completed, result.stopReason]).toEqual([7, "stopped"]);
    expect(result.scores.rows).toBe(30);
  });

  test("ends with nothing when aborted", async () => {
    const training = new Training(read(iris), irisPlan);
    const reason = new Error("another file");
    await expect(
      training.run(
        () => {},
        () => true,
        AbortSignal.abort(reason),
      ),
    ).rejects.toBe(reason);
  });

  test("starts from weights of the seed", async () => {
    const print = (seed: number) => fingerprint(new Training(read(iris), { ...irisPlan, seed }).model.module);
    expect(print(1)).toBe(print(1));
    expect(print(1)).not.toBe(print(2));
  });

  test("goes by the variant", async () => {
    const loss = async (variant: Plan["variant"]) => {
      const { told } = await trained(longley, { ...longleyPlan, variant, epochs: 20 });
      return told.flatMap((progress) => [...progress.losses]).at(-1);
    };
    expect(new Set([await loss("irprop-"), await loss("rprop+")]).size).toBe(2);
  });
});

describe("a model's file", () => {
  test.each([
    ["iris", iris, irisPlan],
    ["Longley", longley, longleyPlan],
    ["Longley, two hidden layers", longley, { ...longleyPlan, hiddenLayers: 2 }],
  ])("%s: predicts the same after reading, to the bit", async (_, text, plan) => {
    const { training } = await trained(text, plan);
    const again = readModel(writeModel(training.model));
    expect(again.encoding).toEqual(training.model.encoding);
    expect(fingerprint(again.module)).toBe(fingerprint(training.model.module));
    const { x } = training.encoded;
    expect(Array.from(guesses(again, x))).toEqual(Array.from(guesses(training.model, x)));
    expect(writeModel(again)).toEqual(writeModel(training.model));
  });

  const model = () => new Training(read(iris), irisPlan).model;
  /** A file whose JSON says something else. */
  const saying = (change: object) => {
    const { module, encoding } = model();
    const json = JSON.stringify({ version: 1, ...encoding, ...change });
    return encode({ model: module, metadata: { "rprop.page": json } });
  };
  test.each([
    [
      "a table",
      () => new TextEncoder().encode("a,b\n1,2\n3,4\n"),
      "This is no model, or a damaged one (file: ",
    ],
    ["half of itself", () => writeModel(model()).subarray(0, 1200), "This is no model, or a damaged one ("],
    [
      "a model of another program",
      () => encode({ model: model().module }),
      "This is no model that was downloaded here.",
    ],
    [
      "no JSON",
      () => encode({ model: model().module, metadata: { "rprop.page": "{" } }),
      "its “metadata” cannot be used",
    ],
    [
      "another version",
      () => saying({ version: 2 }),
      "This model has version 2; version 1 can be read here.",
    ],
    ["no features", () => saying({ features: [] }), "its “features” cannot be used"],
    ["features of no kind", () => saying({ features: [{ name: "a" }] }), "its “features” cannot be used"],
    [
      "one feature twice",
      () => saying({ features: Array(4).fill({ name: "a", kind: "number" }) }),
      "its “features” cannot be used",
    ],
    [
      "a target without classes",
      () => saying({ target: { name: "a", kind: "classes" } }),
      "its “target” cannot be used",
    ],
    [
      "fewer features than inputs",
      () => saying({ features: [{ name: "a", kind: "number" }] }),
      "its “columns” cannot be used",
    ],
    [
      "fewer classes than outputs",
      () => saying({ target: { name: "a", kind: "classes", values: ["x", "y"] } }),
      "its “columns” cannot be used",
    ],
  ])("of %s is refused", (_, make, message) => {
    expect(() => readModel(make())).toThrow(message);
  });
});

describe("predictions of a file", () => {
  test("stand behind its own columns, numbers to the bit", async () => {
    const { training } = await trained(longley, longleyPlan);
    const { csv, rows, first } = predictTable(training.model, read(longley));
    const lines = csv.split("\r\n");
    expect([rows, lines.length, lines[0]]).toEqual([16, 17, "y,x1,x2,x3,x4,x5,x6,predicted y"]);
    const { x, rows: own } = training.encoded;
    const expected = Array.from(guesses(training.model, x));
    const said = lines.slice(1).map((line) => Math.fround(Number(line.split(",").at(-1))));
    expect(said).toEqual(own.map((_, i) => expected[i]));
    expect(first.length).toBe(5);
  });

  test("are classes with their probabilities; rows that cannot be predicted have none", async () => {
    const { training } = await trained(iris, irisPlan);
    const text =
      'petal_width,note,petal_length,sepal_length,sepal_width\n0.2,"a, b",1.4,5.1,3.5\n,c,1.4,5.1,3.5\n2.3,d,6.1,7.7,3\n';
    const { csv, rows, omitted, omissions, first } = predictTable(training.model, read(text));
    expect([rows, omitted, omissions, first]).toEqual([
      2,
      1,
      ["“petal_width” is missing in line 3"],
      ["setosa", "virginica"],
    ]);
    const lines = csv.split("\r\n");
    expect(lines[0]).toBe(
      "petal_width,note,petal_length,sepal_length,sepal_width,predicted species,probability",
    );
    expect(lines[1]).toMatch(/^0\.2,"a, b",1\.4,5\.1,3\.5,setosa,[01]\.\d{4}$/);
    expect(lines[2]).toBe(",c,1.4,5.1,3.5,,");
  });
});
