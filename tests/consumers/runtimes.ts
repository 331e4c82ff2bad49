import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../package/program.js";

export const home = join(root, "tests/runtimes");

/** Whether there are runtimes for this machine. */
export const hasRuntimes =
  process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64");

/** A program of tests/runtimes, in the package for this machine: as it lies there, whatever scripts may run. */
export interface Runtime {
  name: string;
  package: string;
  path: string;
}

const onX64 = process.arch === "x64";

const node = (major: number): Runtime => ({
  name: "Node",
  package: `node${major}-linux-${process.arch}`,
  path: "bin/node",
});

export const NODE_22 = node(22);
export const NODE_24 = node(24);
export const NODE_26 = node(26);
export const DENO: Runtime = { name: "Deno", package: `@deno/linux-${process.arch}-glibc`, path: "deno" };
export const BUN: Runtime = {
  name: "Bun",
  package: `@oven/bun-linux-${onX64 ? "x64" : "aarch64"}`,
  path: "bin/bun",
};
export const WORKERD: Runtime = {
  name: "workerd",
  package: `@cloudflare/workerd-linux-${onX64 ? "64" : "arm64"}`,
  path: "bin/workerd",
};

/** As WebAssembly, which its host runs. */
export const QUICKJS: Runtime = {
  name: "QuickJS",
  package: "@jitl/quickjs-wasmfile-release-sync",
  path: "dist/index.mjs",
};

export const RUNTIMES = [NODE_22, NODE_24, NODE_26, DENO, BUN, WORKERD, QUICKJS];

const folderOf = (runtime: Runtime) => join(home, "node_modules", runtime.package);

export function pathOf(runtime: Runtime): string {
  return join(folderOf(runtime), runtime.path);
}

export function versionOf(runtime: Runtime): string {
  return JSON.parse(readFileSync(join(folderOf(runtime), "package.json"), "utf8")).version;
}

/** npm ci, unless every runtime is there as the lock has it. */
export function installRuntimes(): void {
  if (!hasRuntimes) return;
  const { packages } = JSON.parse(readFileSync(join(home, "package-lock.json"), "utf8"));
  const isMissing = (runtime: Runtime) =>
    !existsSync(pathOf(runtime)) ||
    versionOf(runtime) !== packages[`node_modules/${runtime.package}`].version;
  if (RUNTIMES.some(isMissing)) run("npm", ["ci", "--prefix", home]);
  // npm leaves out optional packages that it cannot get, without a word.
  const missing = RUNTIMES.filter(isMissing).map((runtime) => runtime.package);
  if (missing.length > 0) throw new Error(`npm ci --prefix tests/runtimes has not installed ${missing}`);
}
