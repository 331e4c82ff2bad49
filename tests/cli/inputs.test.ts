import { describe, expect, test } from "vitest";
import { Place, table } from "./run.js";

const place = new Place();
const two = (value: number) => String(value).padStart(2, "0");
const DATES = table(
  "day,zip,y",
  200,
  (i) => `${two(1 + (i % 28))}.${two(1 + (i % 12))}.${2019 + (i % 4)},${10115 + (i % 3)},${Math.exp(i % 12)}`,
);
const QUICK = ["--target", "y", "--epochs", "2", "--folds", "0"];

test("dates are inputs, which train, info, predict and export show", async () => {
  place.write("data.csv", DATES);
  const { stderr } = await place.done(["train", "data.csv", ...QUICK]);
  expect(stderr).toContain('"day" holds dates (day/month/year): year, season, weekday are inputs\n');
  const { stdout: info } = await place.done(["info", "model.safetensors"]);
  expect(info).toContain("    day: dates (day/month/year): year, season, weekday\n");
  const { stdout: meaning } = await place.done(["export", "model.safetensors", "--js", "model.js"]);
  expect(meaning).toMatch(/^ {2}x\[ 0\] {2}day\.year; 20\d\d\.\d+ where it is missing$/m);
  expect(meaning).toMatch(/^ {2}x\[ 1\] {2}day\.season sin; -?\d*\.\d+(e-\d+)? where it is missing$/m);
  expect(meaning).toMatch(/^ {2}x\[ 3\] {2}day\.weekday = Monday$/m);
  expect(meaning).toMatch(/^ {2}x\[10\] {2}zip; /m);
  place.write("new.csv", "zip,day,y\n10115,31.12.2022,1\n10115,31.6.2022,1\n10115,2022-12-31,1\n");
  const { stdout, stderr: said } = await place.done([
    "predict",
    "model.safetensors",
    "new.csv",
    "--keep",
    "day",
  ]);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  expect(lines.map(([day]) => day)).toEqual(["day", "31.12.2022", "31.6.2022", "2022-12-31"]);
  expect(lines[3]?.[1]).toBe(lines[1]?.[1]);
  expect(said).toContain(
    'Column "day": 1 cell without a date (day/month/year) counted as missing, "31.6.2022" in line 3.\n',
  );
  expect((await place.done(["evaluate", "model.safetensors", "new.csv", "--json"])).stdout).toContain(
    '"rows":3',
  );
});

test("a target of dates is refused with advice", async () => {
  place.write("data.csv", DATES);
  const { code, stderr } = await place.rprop(["train", "data.csv", "--target", "day"]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    'data.csv: "day" holds dates, which are no target: predict a number of days or years instead, in a column of its own; --task classify takes the dates as classes\n',
  );
});

describe("--categorical", () => {
  test("makes categories of codes", async () => {
    place.write("data.csv", DATES);
    await place.done(["train", "data.csv", ...QUICK, "--categorical", "zip"]);
    const { stdout } = await place.done(["info", "model.safetensors"]);
    expect(stdout).toContain("    zip: 3 texts, 10115, 10116, 10117\n");
    expect(stdout).toContain("categorical zip");
  });

  test.each<[what: string, options: string[], code: number, message: string]>([
    [
      "no column",
      ["--categorical", "zpi"],
      1,
      'data.csv: no column "zpi" (did you mean "zip"?); it has day, zip, y',
    ],
    [
      "the target",
      ["--categorical", "y"],
      2,
      '--categorical: expected columns other than the target, of which --task classify makes classes, got "y"',
    ],
    [
      "many values",
      ["--categorical", "zip", "--categories", "2"],
      2,
      '--categorical zip: "zip" has 3 distinct values, more than 2: --categories 3 takes more',
    ],
  ])("is refused for %s", async (_, options, code, message) => {
    place.write("data.csv", DATES);
    const outcome = await place.rprop(["train", "data.csv", ...QUICK, ...options]);
    expect([outcome.code, outcome.stderr.trimEnd().split("\n").at(-1)]).toEqual([code, message]);
  });
});

describe("--log", () => {
  test("is offered, and gives a model that predicts in the units of the table", async () => {
    place.write("data.csv", DATES);
    const { stderr } = await place.done(["train", "data.csv", "--target", "y", "--epochs", "2"]);
    expect(stderr).toMatch(
      /^"y" is skewed \(a skewness of 2\.\d, its logarithm of -?0\.\d\): --log makes errors ratios/m,
    );
    const { stderr: silent } = await place.done(["train", "data.csv", ...QUICK, "--log"]);
    expect(silent).not.toContain("skewed");
    expect((await place.done(["info", "model.safetensors"])).stdout).toContain(
      "  y, by its logarithm, from\n",
    );
    const { stdout } = await place.done(["export", "model.safetensors", "--c", "model.c"]);
    expect(stdout).toContain("  y[0]  natural logarithm of y, which is exp(y[0])\n");
    const predicted = (await place.done(["predict", "model.safetensors", "data.csv"])).stdout
      .trimEnd()
      .split("\n")
      .slice(1);
    expect(predicted.every((line) => Number(line) > 0)).toBe(true);
  });

  test.each<[what: string, csv: string, options: string[], code: number, message: string]>([
    [
      "numbers that are not positive",
      `${DATES}01.01.2020,10115,-2\n`,
      [],
      1,
      'data.csv: "y" has no logarithm everywhere: "-2" in line 202 is not above 0; leave out --log, or add a constant to the column that makes all of it positive',
    ],
    [
      "classes",
      DATES,
      ["--task", "classify"],
      2,
      '--log: expected false for task: "classify", since classes have no logarithm, got true',
    ],
  ])("is refused for %s", async (_, csv, options, code, message) => {
    place.write("data.csv", csv);
    const outcome = await place.rprop(["train", "data.csv", ...QUICK, "--log", ...options]);
    expect([outcome.code, outcome.stderr.trimEnd().split("\n").at(-1)]).toEqual([code, message]);
  });
});
