import { beforeAll, describe, expect, test } from "vitest";
import { CLASSES, NUMBERS, Place } from "./run.js";

const place = new Place();
const QUICK = ["--target", "y", "--networks", "2", "--epochs", "20"];

beforeAll(async () => {
  place.write("numbers.csv", NUMBERS);
  place.write("classes.csv", CLASSES);
  await place.done(["train", "numbers.csv", ...QUICK, "--out", "numbers.safetensors"]);
  await place.done(["train", "classes.csv", ...QUICK, "--out", "classes.safetensors"]);
  await place.done(["train", "numbers.csv", ...QUICK, "--folds", "0", "--out", "plain.safetensors"]);
});

describe("predict --interval", () => {
  test("prints the ends of an interval around each number", async () => {
    const { stdout } = await place.done([
      "predict",
      "numbers.safetensors",
      "numbers.csv",
      "--interval",
      "0.8",
    ]);
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head).toBe("y,y low,y high");
    for (const line of lines) {
      const [value, low, high] = line.split(",").map(Number) as [number, number, number];
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
  });

  test("prints the set of classes, behind probabilities too", async () => {
    const args = ["predict", "classes.safetensors", "classes.csv", "--interval", "0.9"];
    const [head, first] = (await place.done(args)).stdout.split("\n");
    expect(head).toBe("y,y set");
    expect(first).toMatch(/^(yes|no),(no \| yes|yes \| no|yes|no)$/);
    const [shares] = (await place.done([...args, "--probabilities"])).stdout.split("\n");
    expect(shares).toMatch(/^(yes,no|no,yes),y set$/);
  });

  test.each([
    ["numbers", "90%", '--interval: expected a probability between 0 and 1, such as 0.9, got "90%"\n'],
    ["numbers", "1", "--interval: expected a probability between 0 and 1, such as 0.9, got 1\n"],
    ["plain", "0.9", "train it on 10 rows or more with folds, to the end\n"],
  ])("of %s %s is refused", async (name, level, message) => {
    const args = ["predict", `${name}.safetensors`, "numbers.csv", "--interval", level];
    const { code, stdout, stderr } = await place.rprop(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("train", () => {
  test("--group keeps a column out of the inputs, and says what is wrong with it", async () => {
    const args = ["train", "numbers.csv", ...QUICK, "--folds", "0"];
    await place.done([...args, "--group", "c", "--out", "group.safetensors"]);
    const { stdout } = await place.done(["info", "group.safetensors"]);
    expect(stdout).toMatch(/^ {4}a: numbers\n {4}b: numbers\n\n/m);
    const { code, stderr } = await place.rprop([...args, "--group", "y"]);
    expect([code, stderr]).toEqual([2, '--group: expected a column other than the target, got "y"\n']);
  });

  test("--validation last", async () => {
    const args = ["train", "numbers.csv", ...QUICK, "--validation", "last", "--out", "last.safetensors"];
    await place.done(args);
    expect((await place.done(["info", "last.safetensors", "--json"])).stdout).toContain(
      '"validation":"last"',
    );
  });

  test("--threshold", async () => {
    const args = ["train", "classes.csv", ...QUICK, "--out", "threshold.safetensors", "--threshold"];
    await place.done([...args, "1e-30"]);
    const { stdout } = await place.done(["predict", "threshold.safetensors", "classes.csv"]);
    expect(new Set(stdout.trimEnd().split("\n").slice(1)).size).toBe(1); // all are the second class
    const { stderr } = await place.rprop([...args, "50%"]);
    expect(stderr).toBe('--threshold: expected a probability between 0 and 1, such as 0.3, got "50%"\n');
  });
});
