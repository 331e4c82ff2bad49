import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { compileExamples, type Example, linesPrinted, linesPromised, writeExamples } from "./examples.js";

const FOLDER = "build/examples/readme";

/** The ts blocks of the README. */
const blocks = [...readFileSync("README.md", "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map(
  ([, code], i): Example => ({ name: `readme-${i + 1}`, code: code as string }),
);

describe("examples", () => {
  let errors = "";
  beforeAll(() => {
    writeExamples(FOLDER, blocks);
    errors = compileExamples(FOLDER);
  });

  test("are in the README", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(4);
  });

  test("compile under strict and noUncheckedIndexedAccess", () => {
    expect(errors).toBe("");
  });

  test.each(blocks)("$name runs and prints what it promises", ({ name, code }) => {
    const printed = linesPrinted(FOLDER, name);
    for (const line of linesPromised(code)) expect(printed).toContain(line);
  });
});

describe("programs in examples/", () => {
  const run = (name: string) =>
    execFileSync(process.execPath, ["--import", "tsx", `examples/${name}.ts`], { encoding: "utf8" });

  test("quickstart prints PyTorch's loss first, then falling ones", () => {
    const lines = run("quickstart").trim().split("\n");
    expect(lines[0]).toBe("loss: 1.3083192110061646");
    const losses = lines.map((line) => Number(line.split(": ")[1]));
    expect([...losses].sort((a, b) => b - a)).toEqual(losses);
  });

  test("curves prints the table that the README shows", () => {
    const shown = /^ {9}gradient descent.*?(?=^```)/ms.exec(readFileSync("README.md", "utf8"))![0];
    const printed = run("curves").split("\n");
    for (const line of shown.trimEnd().split("\n")) expect(printed).toContain(line);
    const last = printed.at(-2)!.trim().split(/\s+/).map(Number);
    expect(last[3]).toBe(last[4]); // Rprop: one curve is the other
    expect(last[1]).toBeGreaterThan(3.9); // gradient descent: the flat one has hardly moved
  });

  test("longley agrees with every certified coefficient to 9 digits or more", () => {
    const rows = [...run("longley").matchAll(/^b\d +(\S+) +(\S+) +(\S+)$/gm)];
    expect(rows).toHaveLength(7);
    for (const [, certified, trained, digits] of rows) {
      const agreed = -Math.log10(Math.abs(Number(trained) / Number(certified) - 1));
      expect(agreed).toBeGreaterThan(9);
      expect(Number(digits)).toBeGreaterThan(9);
    }
  });

  test("iris tells most flowers of every species", () => {
    const rows = [...run("iris").matchAll(/^(setosa|versicolor|virginica) +(\d+) of 50 right$/gm)];
    expect(rows).toHaveLength(3);
    for (const [, , right] of rows) expect(Number(right)).toBeGreaterThanOrEqual(45);
  });
});
