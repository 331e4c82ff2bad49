import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The loss that PyTorch prints for the program below in its first epoch. */
export const FIRST_LOSS = 1.3083192110061646;

/** What the program below prints, as one line of JSON. */
export interface Outcome {
  core: string;
  loss: number;
  /** Of weight and bias, as integers: equal means equal to the bit. */
  bits: number[];
}

/** The program that the package exists to run, for 100 epochs, in Node or in a page. */
export function program(library: string): string {
  return `
    import { core, Linear, manualSeed, MSELoss, randn, Rprop } from "${library}";
    manualSeed(0);
    const x = randn(10, 3), y = randn(10, 2);
    const linear = new Linear(3, 2);
    const criterion = new MSELoss();
    const optimizer = new Rprop(linear.parameters(), { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50] });
    const losses = [];
    for (let epoch = 0; epoch < 100; epoch++) {
      optimizer.zeroGrad();
      const pred = linear.forward(x);
      const loss = criterion.forward(pred, y);
      losses.push(loss.item());
      loss.backward();
      optimizer.step();
    }
    const values = Float32Array.of(...linear.weight.data, ...linear.bias.data);
    const bits = [...new Uint32Array(values.buffer)];
    console.log(JSON.stringify({ core: core(), loss: losses[0], bits }));`;
}

/** A program that reads rows, in Node or in a page, and prints what follows. */
export function dataProgram(library: string): string {
  return `
    import { csvRows, oneHot, readCsv, readNpy, writeNpy } from "${library}";
    const text = 'a,"b ",c\\n1,"2,5",x\\n-3e1,0x1,"y"\\n';
    const table = readCsv(text);
    const npy = readNpy(writeNpy(table.matrix()));
    const rows = [];
    const chunks = new Blob([text]).stream();
    for await (const { x } of csvRows(chunks, { x: ["a"] })) rows.push(...x.data);
    const refusals = [];
    for (const bad of ["a,b\\n1", 'a\\n"1']) {
      try {
        readCsv(bad);
      } catch (error) {
        refusals.push(error.name + ": " + error.message);
      }
    }
    const data = [...npy.data];
    console.log(JSON.stringify({ names: table.names, data, rows, hot: [...oneHot(table.labels("c")).data], refusals }));`;
}

export const READ = {
  names: ["a", "b", "c"],
  data: [1, -30],
  rows: [1, -30],
  hot: [1, 0, 0, 1],
  refusals: [
    "FormatError: line 2: expected 2 cells, got 1",
    "FormatError: line 2: expected a quote that is closed, got none up to the end",
  ],
};

/** What a command prints; it throws all of it when the command fails. */
export function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

/** Runs a module in a fresh Node, after a prelude, and reads the line of JSON that it prints. */
export function runModule<T = Outcome>(source: string, { cwd = root, prelude = "" } = {}): T {
  const before = `data:text/javascript,${encodeURIComponent(prelude)}`;
  return JSON.parse(
    run(process.execPath, ["--import", before, "--input-type=module", "--eval", source], cwd),
  );
}

/** Packs the package into a folder, and installs it in a new project; returns the path of the tarball. */
export function installPacked(folder: string, project: string): string {
  run(process.execPath, ["--import", "tsx", "scripts/pack.ts", folder]);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) as string);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  run("npm", ["install", tarball, "--offline", "--no-audit", "--no-fund"], project);
  return tarball;
}
