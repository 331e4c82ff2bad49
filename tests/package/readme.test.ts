import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";

// Inside the project, so that the examples' imports of "rprop" find the package as published.
const FOLDER = "build/examples";

interface Example {
  name: string;
  code: string;
}

/** The ts blocks of the README, and every @example of src. */
function examples(): Example[] {
  const readme = [...readFileSync("README.md", "utf8").matchAll(/^```ts\n(.*?)^```/gms)];
  const found = readme.map(([, code], i) => ({ name: `readme-${i + 1}`, code: code! }));
  for (const path of sources()) {
    const docs = readFileSync(path, "utf8").matchAll(/@example\n(.*?)(?=\*\/|\* @)/gs);
    let count = 0;
    for (const [, lines] of docs) {
      const code = lines!.replace(/^ *\* ?/gm, "");
      found.push({ name: `${path.replace(/\W+/g, "-")}-${++count}`, code });
    }
  }
  return found;
}

function sources(): string[] {
  return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "src"], {
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => path.endsWith(".ts"));
}

/** What the comments behind console.log say is printed. */
function promised(code: string): string[] {
  return [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line!);
}

const all = examples();

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync("examples/data/longley.csv", `${FOLDER}/longley.csv`);
  for (const { name, code } of all) writeFileSync(`${FOLDER}/${name}.ts`, `${code}\nexport {};\n`);
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true, // as tsc --init has it
    noEmit: true,
    types: ["node"],
  };
  writeFileSync(`${FOLDER}/tsconfig.json`, JSON.stringify({ compilerOptions }));
});

describe("examples", () => {
  test("are in the README and at the public names", () => {
    expect(all.filter(({ name }) => name.startsWith("readme")).length).toBeGreaterThanOrEqual(4);
    expect(all.filter(({ name }) => name.startsWith("src")).length).toBeGreaterThanOrEqual(7);
  });

  test("compile under strict and noUncheckedIndexedAccess", () => {
    expect(() =>
      execFileSync("npx", ["tsc", "-p", FOLDER], { encoding: "utf8", stdio: "pipe" }),
    ).not.toThrow();
  });

  test.each(all)("$name runs and prints what it promises", ({ name, code }) => {
    const printed = execFileSync(process.execPath, ["--import", "tsx", `${name}.ts`], {
      cwd: FOLDER,
      encoding: "utf8",
    });
    for (const line of promised(code)) expect(printed.split("\n")).toContain(line);
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
