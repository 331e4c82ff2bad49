import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "../../src/index.js";
import { load } from "../../src/node/index.js";
import { NUMBERS, Place, table } from "./run.js";
import { CTRL_C, inTerminal, type Step } from "./terminal.js";

const place = new Place();
const ENDLESS = ["--epochs", "1000000", "--patience", "1000000", "--networks", "1"];
const bitsOf = async (name: string) => fingerprint((await load(place.path(name))).model);

beforeAll(() => {
  place.write("data.csv", NUMBERS);
  // Quotes make it slow to read: long enough for a person to see how far it has come.
  place.write(
    "large.csv",
    table("a,b,c,d,y", 400_000, (i) => `"${i}.125",${i}.25,${i}.5,${i % 7},${i}`),
  );
});

beforeEach(() => place.remove("model.safetensors"));

describe("training that is interrupted keeps the best model so far", () => {
  const SECOND_BAR = "epoch +\\d+/[\\s\\S]*epoch +\\d+/";
  const ctrlC: Step = { wait: SECOND_BAR, type: CTRL_C };
  test.each<[string, string[], Step]>([
    ["by Ctrl-C, in memory", [], ctrlC],
    ["by SIGTERM, and ends with its exit code", [], { wait: SECOND_BAR, signal: "SIGTERM" }],
    ["by Ctrl-C, on rows from the file", ["--memory", "0.002"], ctrlC],
    ["by Ctrl-C, by moments", ["--hidden", "none"], ctrlC],
    ["by Ctrl-C, without validation rows", ["--validation", "0"], ctrlC],
    [
      "by Ctrl-C, on rows from the file, without validation rows",
      ["--memory", "0", "--validation", "0"],
      ctrlC,
    ],
  ])("%s", async (_, options, step) => {
    const args = ["train", "data.csv", "--target", "y", ...options];
    const { code, shown, waited } = await inTerminal(
      place,
      [...args, ...ENDLESS, "--report", "report.html"],
      {
        steps: [step],
      },
    );
    expect([code, waited]).toEqual(["signal" in step ? 143 : 130, []]);
    expect(shown).toContain("stopping, with the best model so far (Ctrl-C again leaves at once)\r\n");
    const [, completed, best] = /interrupted after ([\d,]+) epochs; the best model, after ([\d,]+), is kept/
      .exec(shown)!
      .map((text) => text.replaceAll(",", ""));
    expect(Number(completed)).toBeLessThan(1_000_000);
    expect(shown).toMatch(/RMSE[\s\S]*model: model\.safetensors\r\nreport: report\.html\r\n$/);
    const report = place.read("report.html");
    expect(report).toContain("ended by interruption");
    expect(report.includes('class="validation"')).toBe(!options.includes("--validation"));
    const { stdout } = await place.done(["info", "model.safetensors"]);
    expect(stdout).toContain("ended by interruption");

    const alike = ["--epochs", best!, "--patience", "1000000", "--networks", "1", "--folds", "0"];
    await place.done([...args, ...alike, "--out", "again.safetensors"]);
    expect(await bitsOf("model.safetensors")).toBe(await bitsOf("again.safetensors"));
  });
});

describe("before it trains, Ctrl-C leaves nothing behind", () => {
  test.each(["looking at", "reading"])("while it is %s the file", async (what) => {
    const args = ["train", "large.csv", "--target", "y", "--epochs", "1"];
    const steps = [{ wait: `% {2}${what} large.csv`, type: CTRL_C }];
    const before = readdirSync(place.folder);
    const { code, shown, waited } = await inTerminal(place, args, { steps });
    expect([code, waited]).toEqual([130, []]);
    expect(shown).not.toContain("epoch");
    expect(readdirSync(place.folder)).toEqual(before);
  });
});

test("a second Ctrl-C leaves at once, and says where the model is", async () => {
  const args = ["train", "large.csv", "--target", "y", "--memory", "1", "--validation", "0", ...ENDLESS];
  const steps = [
    { wait: "epoch +\\d+/", type: CTRL_C },
    { wait: "is kept", type: CTRL_C }, // while it is measured, which takes a reading of the file
  ];
  const { code, shown, waited } = await inTerminal(place, args, { steps });
  expect([code, waited]).toEqual([130, []]);
  expect(shown).toMatch(/model: model\.safetensors\r\n$/);
  expect(shown).not.toContain("RMSE");
  expect((await place.done(["info", "model.safetensors"])).stdout).toContain("ended by interruption");
});

describe("a signal while files are written leaves nothing half done, and says what is true", () => {
  const ARGS = [
    "train",
    "data.csv",
    "--target",
    "y",
    "--epochs",
    "5",
    "--networks",
    "1",
    "--report",
    "report.html",
  ];
  const place = new Place();
  const outputs = () => readdirSync(place.folder).filter((name) => name !== "data.csv");
  const signals = (...names: NodeJS.Signals[]) =>
    names.map((name, i): [RegExp, (child: ChildProcess) => void] => [
      i === 0 ? /writing/ : /stopping/,
      (child) => child.kill(name),
    ]);

  beforeEach(() => {
    for (const name of outputs()) place.remove(name);
    place.write("data.csv", NUMBERS);
  });

  test.each<[NodeJS.Signals, NodeJS.Signals, number]>([
    ["SIGINT", "SIGINT", 130],
    ["SIGTERM", "SIGINT", 130],
    ["SIGINT", "SIGTERM", 143],
    ["SIGTERM", "SIGTERM", 143],
  ])("%s, and %s before the model is whole, of which the last is the exit code: %i", async (a, b, exit) => {
    const { code, stderr } = await place.acting(ARGS, ...signals(a, b));
    expect(code).toBe(exit);
    expect(stderr).toMatch(/stopping, .*\ninterrupted; nothing is written\n$/);
    expect(outputs()).toEqual([]);
  });

  test("two, while model and report are written: the model is there, without scores", async () => {
    const last: [RegExp, (child: ChildProcess) => void] = [
      /stopping.*\nwriting/s,
      (child) => child.kill("SIGINT"),
    ];
    const first: [RegExp, (child: ChildProcess) => void] = [
      /writing[\s\S]*is kept/,
      (child) => child.kill("SIGINT"),
    ];
    const { code, stderr } = await place.acting(ARGS, first, last);
    expect([code, stderr]).toEqual([
      130,
      expect.stringMatching(/writing\n(writing\n)?model: model\.safetensors\n$/),
    ]);
    expect(outputs()).toEqual(["model.safetensors"]);
    const { stdout } = await place.done(["info", "model.safetensors"]);
    expect(stdout).toMatch(/5 epochs/);
    expect(stdout).not.toContain("scores");
  });

  test("one, which lets them be done", async () => {
    const { code, stdout } = await place.acting(ARGS, ...signals("SIGINT"));
    expect([code, stdout]).toEqual([
      130,
      expect.stringMatching(/model: model\.safetensors\nreport: report\.html\n$/),
    ]);
    expect(outputs()).toEqual(["model.safetensors", "report.html"]);
  });

  test("one, while a model is exported", async () => {
    await place.done(ARGS);
    const args = ["export", "model.safetensors", "--js", "model.js", "--c", "model.c"];
    const { code, stdout, stderr } = await place.acting(args, ...signals("SIGINT"));
    expect([code, stdout, stderr]).toEqual([130, "", "writing\ninterrupted; nothing is written\n"]);
    expect(outputs()).toEqual(["model.safetensors", "report.html"]);
  });

  test("SIGTERM alone, which lets them be done, has an exit code of its own", async () => {
    const { code } = await place.acting(ARGS, ...signals("SIGTERM"));
    expect([code, outputs()]).toEqual([143, ["model.safetensors", "report.html"]]);
  });

  test("SIGHUP ends the process as it is, which shells call 129", async () => {
    const { code, stdout } = await place.acting(ARGS, [/writing/, (child) => child.kill("SIGHUP")]);
    expect([code, stdout, outputs()]).toEqual([null, "", []]); // null: ended by a signal
  });

  test("SIGKILL leaves what the next run clears", async () => {
    await place.acting(ARGS, [/writing/, (child) => child.kill("SIGKILL")]);
    expect(outputs()).toEqual([
      expect.stringMatching(/^model\.safetensors\.[0-9a-f]{8}-\d+-[0-9a-f]{8}\.tmp$/),
    ]);
    await place.done(ARGS);
    expect(outputs()).toEqual(["model.safetensors", "report.html"]);
  });
});
