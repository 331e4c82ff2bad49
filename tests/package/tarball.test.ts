import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataProgram, FIRST_LOSS, installPacked, program, READ, root, run, runModule } from "./program.js";

const folder = mkdtempSync(join(tmpdir(), "rprop-tarball-"));
const project = join(folder, "project");
const installed = join(project, "node_modules/rprop");
const tool = (name: string) => join(root, "node_modules/.bin", name);
let tarball: string;

beforeAll(() => {
  tarball = installPacked(folder, project);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the tarball", () => {
  const files = () =>
    readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .sort();

  it("holds the libraries, their types and the texts about them, and nothing else", () => {
    const [types, others] = [true, false].map((wanted) =>
      files().filter((file) => /^dist\/(cjs\/)?types\/.*\.d\.ts$/.test(file) === wanted),
    );
    expect(types).toContain("dist/types/src/index.d.ts");
    expect(others).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "data/package.json",
      "dist/THIRD_PARTY_NOTICES.txt",
      "dist/activations.wasm",
      "dist/cjs/data.js",
      "dist/cjs/export.js",
      "dist/cjs/node.js",
      "dist/cjs/package.json",
      "dist/cjs/rprop-js.js",
      "dist/cjs/rprop.js",
      "dist/cjs/table.js",
      "dist/cjs/view.js",
      "dist/classification.wasm",
      "dist/cli.js",
      "dist/data.js",
      "dist/difference-losses.wasm",
      "dist/export.js",
      "dist/kernels.wasm",
      "dist/node.js",
      "dist/rprop-js.js",
      "dist/rprop-workerd.js",
      "dist/rprop.js",
      "dist/rprop.min.js",
      "dist/rprop.min.js.map",
      "dist/standardize.wasm",
      "dist/table.js",
      "dist/view.js",
      "docs/COMMAND.md",
      "docs/PYTORCH.md",
      "docs/rprop_files.py",
      "export/package.json",
      "js/package.json",
      "node/package.json",
      "package.json",
      "table/package.json",
      "view/package.json",
    ]);
  });

  it("has a manifest without what only a clone needs", () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const inAClone = ["scripts", "devDependencies", "imports", "files", "private"];
    expect(Object.keys(manifest).filter((key) => inAClone.includes(key))).toEqual([]);
  });

  it("is installed without a word of warning, such as npm has for packages with scripts", () => {
    const args = ["install", tarball, "--offline", "--no-audit", "--no-fund"];
    const { stderr } = spawnSync("npm", args, { cwd: project, encoding: "utf8" });
    expect(stderr).toBe("");
  });

  it("names no folder of the machine that built it", () => {
    const names = (text: string) =>
      text.includes(root) || /(^|[\s"'(]|file:\/\/)\/(home|root|tmp|Users)\//m.test(text);
    const naming = files().filter((file) => names(readFileSync(join(installed, file), "utf8")));
    expect(naming).toEqual([]);
  });

  it("passes publint", () => {
    run(tool("publint"), ["run", tarball, "--strict"]);
  });

  it("has types that agree with its code, as attw checks", () => {
    run(tool("attw"), [tarball]);
  });
});

describe("installed, as a command", () => {
  it("is what npx finds", () => {
    const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(run("npx", ["--no-install", "rprop", "--version"], project)).toBe(`${version}\n`);
  });
});

describe("installed, from JavaScript", () => {
  it.each([
    ["rprop", "wasm"],
    ["rprop/js", "js"],
  ])("%s trains on the %s core, from PyTorch's first loss", (library, core) => {
    expect(runModule(program(library), { cwd: project })).toMatchObject({ core, loss: FIRST_LOSS });
  });

  it("ends in the same bits from either entry", () => {
    const [wasm, js] = ["rprop", "rprop/js"].map((library) => runModule(program(library), { cwd: project }));
    expect(wasm?.bits).toEqual(js?.bits);
  });

  it("rprop/data reads what either library trains on", () => {
    expect(runModule<unknown>(dataProgram("rprop/data"), { cwd: project })).toEqual(READ);
    const source = `
      import { fitSync, Linear } from "rprop";
      import { fitSync as fitJs, Linear as LinearJs } from "rprop/js";
      import { readCsv } from "rprop/data";
      const table = readCsv("a,b,y\\n1,2,3\\n2,1,4\\n0,1,1");
      const data = [table.matrix(["a", "b"]), table.numeric("y"), { epochs: 50 }];
      const losses = [fitSync(new Linear(2, 1), ...data).loss, fitJs(new LinearJs(2, 1), ...data).loss];
      console.log(JSON.stringify(losses));`;
    const [wasm, js] = runModule<number[]>(source, { cwd: project });
    expect(wasm).toBeLessThan(0.1);
    expect(js).toBe(wasm);
  });

  it("works side by side with its twin, and refuses the twin's parameters by name", () => {
    const source = `
      import * as wasm from "rprop";
      import * as js from "rprop/js";
      const refusal = (act) => { try { act(); } catch (error) { return error.message; } };
      console.log(JSON.stringify({
        cores: [wasm.core(), js.core()],
        values: js.tensor(wasm.tensor([1, 2, 3])).toArray(),
        refusals: [[wasm, js], [js, wasm]].map(([one, other]) =>
          refusal(() => new one.Rprop(new other.Linear(3, 2).parameters()))),
      }));`;
    const { cores, values, refusals } = runModule<Record<string, unknown[]>>(source, { cwd: project });
    expect(cores).toEqual(["wasm", "js"]);
    expect(values).toEqual([1, 2, 3]);
    const message = expect.stringMatching(/"params\[0\]".*rprop\/js is another copy/);
    expect(refusals).toEqual([message, message]);
  });
});

describe("rprop/view, installed", () => {
  it("shows runs of either library", () => {
    const source = `
      import * as wasm from "rprop";
      import * as js from "rprop/js";
      import { plot, progress } from "rprop/view";
      const shown = [wasm, js].map(({ fitSync, Linear, manualSeed }) => {
        manualSeed(0);
        const lines = [];
        const onEpoch = progress({ stream: { write: (line) => lines.push(line) } });
        const result = fitSync(new Linear(1, 1), [1, 2, 3], [2, 4, 6], { epochs: 3, onEpoch });
        return [lines[0], plot(result)];
      });
      console.log(JSON.stringify(shown));`;
    const [wasm, js] = runModule<[string, string][]>(source, { cwd: project });
    expect(wasm).toEqual([
      expect.stringMatching(/^epoch 1 of 3/),
      expect.stringMatching(/^<svg .*<\/svg>$/s),
    ]);
    expect(js).toEqual(wasm);
  });
});

describe("rprop/export, installed", () => {
  it("makes the same of models of either library", () => {
    const source = `
      import * as exports from "rprop/export";
      import * as wasm from "rprop";
      import * as js from "rprop/js";
      const model = ({ Sequential, Normalization, Linear, Tanh }) =>
        new Sequential(new Normalization([[1, 2], [3, 5]]), new Linear(2, 3), new Tanh(), new Linear(3, 1));
      const made = [wasm, js].map((library) =>
        ["toC", "toJavaScript", "toOnnx"].map((name) => String(exports[name](model(library)))));
      console.log(JSON.stringify(made));`;
    const [wasm, js] = runModule<string[][]>(source, { cwd: project });
    expect(wasm).toHaveLength(3);
    expect(wasm).toEqual(js);
  });
});

describe("rprop/table, installed", () => {
  it("trains and predicts on rprop and rprop/data, of which it holds no second one", () => {
    const source = `
      import { Sequential } from "rprop";
      import { trainTable } from "rprop/table";
      const columns = { size: [1, 2, 4, 5, 7, 8], price: [2, 4, 8, 10, 14, 16] };
      const { model } = await trainTable({ columns }, { target: "price", hidden: [], validation: 0 });
      const price = Math.round(model.predictRows([{ size: 3 }])[0]);
      console.log(JSON.stringify({ isOurs: model.module instanceof Sequential, price }));`;
    expect(runModule(source, { cwd: project })).toEqual({ isOurs: true, price: 6 });
    const code = readFileSync(join(installed, "dist/table.js"), "utf8");
    expect(code).not.toMatch(/WebAssembly|class Linear|Papa|class Scanner/);
  });
});

describe("rprop/node, installed", () => {
  it("saves and loads models of rprop, of which it holds no second one", () => {
    const source = `
      import { fingerprint, Linear } from "rprop";
      import { load, save } from "rprop/node";
      const model = new Linear(3, 2);
      await save("model.safetensors", { model });
      const back = await load("model.safetensors");
      const isOurs = back.model instanceof Linear;
      console.log(JSON.stringify({ isOurs, isSame: fingerprint(back.model) === fingerprint(model) }));`;
    expect(runModule(source, { cwd: project })).toEqual({ isOurs: true, isSame: true });
    expect(readFileSync(join(installed, "dist/node.js"), "utf8").length).toBeLessThan(10_000);
  });
});
