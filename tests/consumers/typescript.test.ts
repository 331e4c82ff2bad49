import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, inject, test } from "vitest";
import { root, run } from "../package/program.js";
import { COMPILERS } from "./tools.js";

const folder = join(inject("folder"), "types");

/** Every entry, used rightly, and wrongly where an error is expected: a type that has become `any` is none. */
const PROGRAM = `
  import { core, decode, encode, epochs, Linear, manualSeed, type Module, MSELoss, type Output, Parameter, randn, Rprop, type Values } from "rprop";
  import { classIndices, csvRows, oneHot, readCsv, readNpy, split, writeNpy } from "rprop/data";
  import { toC, toJavaScript, toOnnx } from "rprop/export";
  import * as js from "rprop/js";
  import { type LossCurves, plot, progress } from "rprop/view";
  import { load, save } from "rprop/node";
  import { type TableModel, trainTable } from "rprop/table";
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
  export const curves: LossCurves = js.fitSync(new js.Linear(3, 2), [[1, 2, 3]], [[1, 2]], { onEpoch: progress() });
  export const picture: string = plot(curves, { width: 500 });
  export const code: string = toC(new js.Tanh().toJSON()) + toJavaScript(new js.Tanh(), { name: "f" });
  export const files: Uint8Array[] = [toOnnx(linear), encode({ model: linear }), writeNpy([1, 2])];
  export const model: Module = decode(encode({ model: linear })).model;

  export const run = epochs(linear, x, x, { signal: { throwIfAborted() {}, addEventListener() {}, removeEventListener() {} } });
  for (const { epoch } of run) epoch.toFixed();
  export const end: IteratorResult<{ epoch: number }, { stopReason: string }> = run.next();
  export const iterator: IterableIterator<{ epoch: number }> = run;
  export function* theirs(): Generator<{ epoch: number }, { stopReason: string } | undefined> {
    return yield* run;
  }

  const table = readCsv("a,b,c", { missing: "drop" });
  const [training, held] = split(table, 0.2);
  export const indices: readonly [Uint32Array, Uint32Array] = split(10, 0.2);
  const rows: js.Rows = { x: training.matrix(["a", "b"]), y: classIndices(held.labels("c")) };
  export const numbers: Float64Array[] = [table.numeric("a"), table.matrix().data];
  export const encoded: [Int32Array, Float32Array] = [classIndices([1, 2]).data, oneHot([1, 2]).data];
  export const npy: ArrayLike<number> = readNpy(writeNpy([1])).data;
  export const result = js.fit(new js.Linear(1, 1), () => csvRows(["a,b"], { y: ["b"] }));
  declare const chunks: AsyncIterable<Uint8Array>;
  export const later: AsyncGenerator<js.Rows> = csvRows(chunks);
  js.fitSync(new js.Linear(2, 1), rows.x, rows.y);

  export const saved: Promise<void> = save({ href: "file:///model", protocol: "file:" }, { model: linear, optimizer });
  export const loaded: Promise<{ model: Module }> = load("model");
  export const tableModel: Promise<{ model: TableModel }> = trainTable("a,b\\n1,2\\n", { target: "b", hidden: [8] });

  // @ts-expect-error: bytes
  export const file: number = encode({ model: linear });
  // @ts-expect-error: bytes
  export const onnx: number = toOnnx(linear);
  // @ts-expect-error: numbers
  export const column: string = table.numeric("a");
  // @ts-expect-error: whole numbers
  export const classes: string = classIndices(["a"]).data;
  // @ts-expect-error: numbers of one of eight kinds
  export const array: string = readNpy(writeNpy([1])).data;
  // @ts-expect-error: a history
  export const history: string = js.fitSync(new js.Linear(1, 1), [1], [1]).losses;
  // @ts-expect-error: not what an AbortSignal can do
  epochs(linear, x, x, { signal: {} });
  // @ts-expect-error: no such field
  run.next().value.epok;
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
  // @ts-expect-error: a path or a URL
  load(7);
`;

/** What meets the types of a platform: its signals, blobs and URLs. */
const ON_A_PLATFORM = `
  import { encode, fit, Linear } from "rprop";
  import { csvRows, writeNpy } from "rprop/data";
  import { toOnnx } from "rprop/export";
  import { load } from "rprop/node";
  const model = new Linear(1, 1);
  const blob = new Blob([encode({ model }), toOnnx(model), writeNpy([1])]);
  fit(model, [1], [1], { signal: new AbortController().signal });
  fit(model, () => csvRows("a,b"), { signal: AbortSignal.timeout(100) });
  load(new URL("file:///model"));
  export const size: number = blob.size;
`;

const SOURCES = {
  "program.mts": PROGRAM,
  "program.cts": PROGRAM,
  "program.ts": PROGRAM,
  "platform.ts": ON_A_PLATFORM,
};

beforeAll(() => {
  mkdirSync(folder);
  for (const [name, source] of Object.entries(SOURCES)) writeFileSync(join(folder, name), source);
});

function compile(compiler: string, files: readonly (keyof typeof SOURCES)[], options: object): void {
  const alone = {
    target: "es2022",
    lib: ["es2022"],
    types: [],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const compilerOptions = { ...alone, ...options };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  run(process.execPath, [compiler, "-p", "."], folder);
}

describe.each(COMPILERS)(
  "TypeScript %s, with nothing but lib es2022, libraries checked,",
  (version, compiler) => {
    const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
    const PLATFORM = { ...BUNDLER, skipLibCheck: true }; // the platform's own libraries take most of the time

    test("takes every entry in modules and in CommonJS, as Node resolves them", () => {
      compile(compiler, ["program.mts", "program.cts"], { module: "nodenext" });
    });

    test("takes every entry as bundlers resolve them", () => {
      compile(compiler, ["program.ts"], BUNDLER);
    });

    test.each(Number(version) < 6 ? ["node"] : [])(
      "takes every entry by resolution %s, which knows no exports",
      () => {
        compile(compiler, ["program.ts"], { module: "commonjs", moduleResolution: "node" });
      },
    );

    test("takes the signals, blobs and URLs of lib dom", () => {
      compile(compiler, ["platform.ts"], { ...PLATFORM, lib: ["es2022", "dom"] });
    });

    test.each(version === "6.0" ? ["Node"] : [])("takes those of %s's types", () => {
      compile(compiler, ["platform.ts"], {
        ...PLATFORM,
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
      });
    });
  },
);
