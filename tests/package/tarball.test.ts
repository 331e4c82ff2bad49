import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
      files().filter((file) => /^dist\/types\/.*\.d\.ts$/.test(file) === wanted),
    );
    expect(types).toContain("dist/types/src/index.d.ts");
    expect(others).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/activations.wasm",
      "dist/classification.wasm",
      "dist/cli.js",
      "dist/data.js",
      "dist/export.js",
      "dist/kernels.wasm",
      "dist/node.js",
      "dist/robust.wasm",
      "dist/rprop-js.js",
      "dist/rprop-workerd.js",
      "dist/rprop.js",
      "dist/rprop.min.js",
      "dist/rprop.min.js.map",
      "dist/standardization.wasm",
      "dist/view.js",
      "docs/COMMAND.md",
      "docs/PYTORCH.md",
      "docs/rprop_files.py",
      "package.json",
    ]);
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
    run(tool("attw"), [tarball, "--profile", "esm-only"]);
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
    const message = expect.stringMatching(/"params\[0\]".*rprop and rprop\/js do not share parameters/);
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
    expect(readFileSync(join(installed, "dist/node.js"), "utf8").length).toBeLessThan(2000);
  });
});

describe("installed, from TypeScript", () => {
  const source = `
    import { core, Linear, manualSeed, type Module, MSELoss, type Output, Parameter, randn, Rprop, type Values } from "rprop";
    import { classIndices, csvRows, readCsv, split } from "rprop/data";
    import { toC, toJavaScript, toOnnx } from "rprop/export";
    import * as js from "rprop/js";
    import { type LossCurves, plot, progress } from "rprop/view";
    import { load, save } from "rprop/node";
    manualSeed(0);
    const x: Values = randn(10, 3);
    const linear = new Linear(3, 2, { bias: true });
    const pred: Output = linear.forward(x);
    const loss = new MSELoss({ reduction: "mean" }).forward(pred, [[1, 2]]);
    const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });
    loss.backward();
    optimizer.step();
    export const value: number = loss.item();
    export const which: "wasm" | "js" = core();
    export const weights: Float32Array = js.parameter([1, 2]).data;
    export const bias: Parameter | null = linear.bias;
    linear[Symbol.dispose]();
    export class Own extends js.Linear {}
    export const curves: LossCurves = js.fitSync(linear, [[1, 2, 3]], [[1, 2]], { onEpoch: progress() });
    export const picture: string = plot(curves, { width: 500 });
    export const code: string = toC(new js.Tanh().toJSON()) + toJavaScript(new js.Tanh(), { name: "f" });
    export const file: Uint8Array = toOnnx(linear);

    const table = readCsv("a,b,c", { missing: "drop" });
    const [training, held] = split(table, 0.2);
    const rows: js.Rows = { x: training.matrix(["a", "b"]), y: classIndices(held.labels("c")) };
    export const result = js.fit(new js.Linear(1, 1), () => csvRows(["a,b"], { y: ["b"] }));
    declare const chunks: AsyncIterable<Uint8Array>;
    export const later: AsyncGenerator<js.Rows> = csvRows(chunks);
    js.fitSync(new js.Linear(2, 1), rows.x, rows.y);

    export const saved: Promise<void> = save(new URL("file:///model"), { model: linear, optimizer });
    export const loaded: Promise<{ model: Module }> = load("model");

    // @ts-expect-error: no such way
    readCsv("", { missing: "guess" });
    // @ts-expect-error: features are numbers
    new Linear("3", 2);
    // @ts-expect-error: no such option
    new Rprop(linear.parameters(), { learningRate: 1 });
    // @ts-expect-error: a pair
    new Rprop(linear.parameters(), { etas: [0.5] });
    // @ts-expect-error: a loss needs a target
    new MSELoss().forward(pred);
    // @ts-expect-error: no model
    toOnnx(optimizer);
    // @ts-expect-error: there may be no bias
    linear.bias.data;
    // @ts-expect-error: a parameter is changed by its data
    linear.weight = bias;
  `;

  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("compiles in strict mode, libraries checked, with module %s and resolution %s", (module, resolution) => {
    const options = { module, moduleResolution: resolution, target: "es2022", types: [] };
    const compilerOptions = { ...options, strict: true, skipLibCheck: false, noEmit: true };
    writeFileSync(join(project, "program.ts"), source);
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    run(tool("tsc"), ["-p", "."], project);
  });
});
