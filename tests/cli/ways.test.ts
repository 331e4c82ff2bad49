import { expect, test } from "vitest";
import { NUMBERS, Place, table } from "./run.js";

const place = new Place();

/** What training prints as JSON, and what it says. */
async function train(content: string, ...options: string[]) {
  place.write("data.csv", content);
  const args = ["train", "data.csv", "--target", "y", "--epochs", "20", "--json", ...options];
  const { stdout, stderr } = await place.done(args);
  return { ...JSON.parse(stdout), stderr };
}

test("rows that are read anew for each epoch train the model that rows in memory do", async () => {
  // 60 rows of 5 inputs and a target are 1,440 bytes, of which fit has a copy.
  const inMemory = await train(NUMBERS, "--memory", "0.003", "--networks", "1", "--folds", "0");
  const fromFile = await train(NUMBERS, "--memory", "0.002", "--networks", "1", "--folds", "0");
  expect(inMemory.stderr).toContain("training 5 → 16 → 1 on 48 rows, 12 for validation");
  expect(fromFile.stderr).toContain("on 48 rows that are read anew for each epoch, 12 for validation");
  expect(fromFile.scores).toEqual(inMemory.scores);
});

test("--memory is megabytes of 1,000,000 bytes, and rows stay where they fit exactly", async () => {
  // Ten networks have a copy of their rows besides.
  const least = await train(NUMBERS, "--memory", "0.00432");
  expect(least.stderr).not.toContain("read anew");
  const less = await train(NUMBERS, "--memory", "0.004319999");
  expect(less.stderr).toContain("read anew");
});

test("a huber loss knows no units: 1,024 times the target are 1,024 times the errors", async () => {
  const rows = (times: number) =>
    table("x,y", 50, (i) => `${i % 13},${times * ((i % 13) ** 2 + (i === 20 ? 900 : 0))}`);
  const [one, many] = [await train(rows(1), "--loss", "huber"), await train(rows(1024), "--loss", "huber")];
  expect(many.scores.rmse).toBe(1024 * one.scores.rmse);
});

test.each([
  ["--delimiter tab", (text: string) => text.replaceAll(",", "\t")],
  ["--missing -", (text: string) => text.replace("u", "-").replace(/^0,/m, "-,")],
])("%s", async (options, change) => {
  const { inputs } = await train(change(NUMBERS), ...options.split(" "));
  expect(inputs.map(({ name, kind }: { name: string; kind: string }) => `${name}: ${kind}`)).toEqual([
    "a: number",
    "b: number",
    "c: category",
  ]);
});
