import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { ACTIVATIONS } from "../../src/index.js";
import { CLASSES, NUMBERS, Place } from "./run.js";

/** In the order of the library's table. */
const activations = Object.keys(ACTIVATIONS)
  .map((name) => JSON.stringify(name.toLowerCase()))
  .join(" or ");

const place = new Place();
let files: string[];

beforeAll(async () => {
  place.write("data.csv", NUMBERS);
  place.write("classes.csv", CLASSES);
  await place.done(["train", "data.csv", "--target", "y", "--epochs", "2", "--out", "m.safetensors"]);
  files = readdirSync(place.folder);
});

async function expectRefusal(args: readonly string[], message: string) {
  const outcome = await place.rprop(args);
  expect(outcome).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
  expect(readdirSync(place.folder)).toEqual(files);
}

/** Words as a shell parts them. */
const words = (line: string) => line.split(" ").map((word) => word.replaceAll("'", ""));

describe("a command that is none", () => {
  test.each([
    ["trian", 'rprop: unknown command trian (did you mean "train"?); rprop --help names all'],
    ["learn", 'rprop: unknown command learn (did you mean "train"?); rprop --help names all'],
    ["tune", "rprop: unknown command tune; rprop --help names all"],
    ["--target", "rprop: unknown option --target; rprop --help names all"],
  ])("%s", (name, message) => expectRefusal([name], message));

  test("none at all is answered with what there is", async () => {
    const { code, stdout, stderr } = await place.rprop([]);
    const { stdout: help } = await place.done(["--help"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `rprop: a command is missing\n\n${help}`,
    });
    for (const name of ["train", "predict", "evaluate", "explain", "info", "export"])
      expect(help).toMatch(new RegExp(`^  ${name} +[A-Z]`, "m"));
  });
});

/** A line that is right but for the options that a test adds. */
const LINES = {
  train: "train data.csv --target y",
  predict: "predict m.safetensors data.csv",
  evaluate: "evaluate m.safetensors data.csv",
  explain: "explain m.safetensors data.csv",
  info: "info m.safetensors",
  export: "export m.safetensors",
};
type Name = keyof typeof LINES;

const CSV_VALUES = {
  delimiter: "CHAR",
  decimal: "CHAR",
  missing: "TEXTS",
  skip: "N",
  comment: "TEXT",
  encoding: "NAME",
};

/** Of every command, the options that take a value, and what the value is called. */
const VALUES: Record<Name, Record<string, string>> = {
  train: {
    target: "COLUMN",
    task: "TASK",
    ignore: "COLUMNS",
    categorical: "COLUMNS",
    hidden: "UNITS",
    activation: "NAME",
    loss: "NAME",
    variant: "NAME",
    networks: "N",
    decay: "NUMBER",
    folds: "N",
    epochs: "N",
    patience: "N",
    validation: "SHARE",
    threshold: "SHARE",
    group: "COLUMN",
    seed: "N",
    out: "FILE",
    report: "FILE",
    categories: "N",
    memory: "MB",
    ...CSV_VALUES,
  },
  predict: { interval: "LEVEL", keep: "COLUMNS", ...CSV_VALUES },
  evaluate: CSV_VALUES,
  explain: { repeats: "N", rows: "N", seed: "N", worst: "N", ...CSV_VALUES },
  info: {},
  export: { onnx: "FILE", js: "FILE", c: "FILE", name: "NAME" },
};

const SWITCHES: Record<Name, readonly string[]> = {
  train: ["log", "keep-row-numbers", "require-better", "header", "no-header", "json", "quiet"],
  predict: ["header", "no-header", "probabilities"],
  evaluate: ["header", "no-header", "json"],
  explain: ["header", "no-header", "json"],
  info: ["json"],
  export: [],
};

describe.each(Object.keys(LINES) as Name[])("%s", (name) => {
  const line = words(LINES[name]);

  test("its help names every option, and no other", async () => {
    const { stdout, stderr } = await place.done([name, "--help"]);
    const named = [...stdout.matchAll(/^ {2}--([a-z-]+)( [A-Z]+)? {2}/gm)].map(([, option, value]) => [
      option,
      value?.trim(),
    ]);
    const all = [...Object.entries(VALUES[name]), ...SWITCHES[name].map((option) => [option, undefined])];
    expect(named.sort()).toEqual(all.sort());
    expect(stderr).toBe("");
    expect(await place.done([...line, "-h"])).toEqual({ code: 0, stdout, stderr });
  });

  test.each(Object.entries(VALUES[name]))("--%s without a value", (option, value) =>
    expectRefusal([...line, `--${option}`], `rprop ${name}: --${option} needs a value: --${option} ${value}`),
  );

  test.each(SWITCHES[name])("--%s with a value", (option) =>
    expectRefusal([...line, `--${option}=no`], `rprop ${name}: --${option} takes no value`),
  );

  test("an option that is unknown", () =>
    expectRefusal([...line, "--frobnicate=1"], `rprop ${name}: unknown option --frobnicate`));
});

describe("options that are wrong in other ways", () => {
  test.each([
    ["--out=", "--out needs a value: --out FILE"],
    ["--out --json", "--out needs a value: --out FILE"],
    ["--constructor", "unknown option --constructor"],
    ["-x", "unknown option -x"],
    ["--ignore a --ignore b", "--ignore is there twice"],
    ["--json --json", "--json is there twice"],
  ])("train %s", (options, message) =>
    expectRefusal(words(`${LINES.train} ${options}`), `rprop train: ${message}`),
  );
});

const TRAIN = "rprop train data.csv --target COLUMN [options]";
const PREDICT = "rprop predict model.safetensors new.csv [options]";
const EVALUATE = "rprop evaluate model.safetensors data.csv [options]";
const DELIMITER =
  '--delimiter: expected one character that is no letter, digit, quote, sign or point, or "blanks"';
const COUNT = "expected a whole number of at least 1";

describe("what stands where it should not", () => {
  test.each([
    ["train", `rprop train: data.csv is missing: ${TRAIN}`],
    ["train --target y", `rprop train: data.csv is missing: ${TRAIN}`],
    ["train data.csv", "rprop train: --target is missing: which column is to be predicted?"],
    ["train data.csv -- --target", `rprop train: "--target" is one too many: ${TRAIN}`],
    ["train data.csv y --target y", `rprop train: "y" is one too many: ${TRAIN}`],
    ["predict", `rprop predict: model.safetensors is missing: ${PREDICT}`],
    ["predict m.safetensors", `rprop predict: new.csv is missing: ${PREDICT}`],
    ["predict m.safetensors data.csv data.csv", `rprop predict: "data.csv" is one too many: ${PREDICT}`],
    ["evaluate m.safetensors", `rprop evaluate: data.csv is missing: ${EVALUATE}`],
    ["evaluate m.safetensors a b", `rprop evaluate: "b" is one too many: ${EVALUATE}`],
    ["info", "rprop info: model.safetensors is missing: rprop info model.safetensors [options]"],
    ["info a b", 'rprop info: "b" is one too many: rprop info model.safetensors [options]'],
    ["export", "rprop export: model.safetensors is missing: rprop export model.safetensors [options]"],
    ["export a b", 'rprop export: "b" is one too many: rprop export model.safetensors [options]'],
    ["export m.safetensors", "rprop export: --onnx FILE, --js FILE or --c FILE is missing"],
  ])("%s", (line, message) => expectRefusal(words(line), message));
});

describe("options that are nearly right", () => {
  test.each([
    ["train data.csv --taget y", "rprop train: unknown option --taget (did you mean --target?)"],
    ["train data.csv --Target y", "rprop train: unknown option --Target (did you mean --target?)"],
    ["predict m.safetensors data.csv --kep id", "rprop predict: unknown option --kep (did you mean --keep?)"],
    ["evaluate m.safetensors data.csv --jsn", "rprop evaluate: unknown option --jsn (did you mean --json?)"],
    ["info m.safetensors --jason", "rprop info: unknown option --jason (did you mean --json?)"],
    ["export m.safetensors --onx f", "rprop export: unknown option --onx (did you mean --onnx?)"],
  ])("%s", (line, message) => expectRefusal(words(line), message));
});

describe("values that cannot be", () => {
  test.each([
    [
      "--task regression",
      '--task: expected "regress" or "classify", got "regression" (did you mean "regress"?)',
    ],
    ["--ignore a,y", '--ignore: expected columns other than the target, got "y"'],
    ["--hidden none --activation relu", "--activation: there are no hidden layers (--hidden none)"],
    ["--out -", "--out: a file is needed, not stdout"],
    ["--hidden 16,", '--hidden: expected units such as 16 or 32,16, or none, got "16,"'],
    ["--hidden 0", '--hidden: expected units such as 16 or 32,16, or none, got "0"'],
    ["--hidden 8x8", '--hidden: expected units such as 16 or 32,16, or none, got "8x8"'],
    ["--activation tan", `--activation: expected ${activations}, got "tan" (did you mean "tanh"?)`],
    [
      "--loss mae",
      '--loss: expected "mse" or "l1" or "huber" or "crossentropy", got "mae" (did you mean "l1"?)',
    ],
    [
      "--loss crossentropy",
      '--loss crossentropy: "y" is learnt as a number (--task regress), for which there is mse, l1, huber',
    ],
    ["--variant rprop", '--variant: expected "irprop-" or "irprop+" or "rprop-" or "rprop+", got "rprop"'],
    ["--epochs 0", `--epochs: ${COUNT}, got 0`],
    ["--epochs ten", `--epochs: ${COUNT}, got "ten"`],
    ["--epochs 1.5", `--epochs: ${COUNT}, got 1.5`],
    ["--patience -1", `--patience: ${COUNT}, got -1`],
    ["--validation 1", "--validation: expected a share from 0 to below 1, got 1"],
    ["--validation 20%", '--validation: expected a share from 0 to below 1, such as 0.2, got "20%"'],
    ["--validation -0.1", "--validation: expected a share from 0 to below 1, got -0.1"],
    ["--seed 1.5", "--seed: expected a whole number within ±(2^53 − 1), got 1.5"],
    ["--seed today", '--seed: expected a whole number, got "today"'],
    ["--categories 0", `--categories: ${COUNT}, got 0`],
    ["--memory 2GB", '--memory: expected megabytes, a number of at least 0, got "2GB"'],
    ["--memory -1", '--memory: expected megabytes, a number of at least 0, got "-1"'],
    ["--delimiter ab", `${DELIMITER}, got "ab"`],
    ["--delimiter x", `${DELIMITER}, got "x"`],
    ["--decimal point", '--decimal: expected "." or ",", got "point"'],
    ["--delimiter , --decimal ,", '--delimiter: expected another than decimal, got ","'],
  ])("train %s", (options, message) => expectRefusal(words(`${LINES.train} ${options}`), message));

  test("a loss of numbers for classes", () =>
    expectRefusal(
      words("train classes.csv --target y --loss huber"),
      '--loss huber: "y" has classes (--task classify), for which there is crossentropy',
    ));

  test.each(["predict", "evaluate"] as const)("%s: how the table is written", async (name) => {
    const line = words(LINES[name]);
    await expectRefusal([...line, "--delimiter", "ab"], `${DELIMITER}, got "ab"`);
    await expectRefusal([...line, "--decimal", ";"], '--decimal: expected "." or ",", got ";"');
  });

  test("a name of no function", () =>
    expectRefusal(
      words(`${LINES.export} --onnx f.onnx --name f`),
      "--name: functions are written by --js and --c alone",
    ));

  test("probabilities of a number", () =>
    expectRefusal(
      words(`${LINES.predict} --probabilities`),
      '--probabilities: "y" is a number, and has no classes',
    ));

  test.each(["class", "int", "a b", "$", "1st", "_x", "int32_t", "memcpy"])("a function called %s", (name) =>
    expectRefusal(
      [...words(LINES.export), "--js", "f.js", "--name", name],
      `--name: expected a name that functions can have in JavaScript and in C, got ${JSON.stringify(name)}`,
    ),
  );
});
