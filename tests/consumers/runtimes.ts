import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../package/program.js";

const home = join(root, "tests/runtimes");

/** A program of tests/runtimes: in a package for each platform, which holds it as it is, whatever scripts may run. */
export interface Program {
  name: string;
  /** For x64 and arm64. */
  packages: { x64: string; arm64: string };
  path: string;
}

const nodeIn = (major: number): Program => ({
  name: `Node ${major}`,
  packages: { x64: `node${major}-linux-x64`, arm64: `node${major}-linux-arm64` },
  path: "bin/node",
});

export const NODE_22 = nodeIn(22);
export const NODE_24 = nodeIn(24);
export const DENO: Program = {
  name: "Deno",
  packages: { x64: "@deno/linux-x64-glibc", arm64: "@deno/linux-arm64-glibc" },
  path: "deno",
};
export const BUN: Program = {
  name: "Bun",
  packages: { x64: "@oven/bun-linux-x64", arm64: "@oven/bun-linux-aarch64" },
  path: "bin/bun",
};
export const WORKERD: Program = {
  name: "workerd",
  packages: { x64: "@cloudflare/workerd-linux-64", arm64: "@cloudflare/workerd-linux-arm64" },
  path: "bin/workerd",
};

/** Whether there are runtimes for this machine. */
export const hasRuntimes =
  process.platform === "linux" && (process.arch === "x64" || process.arch === "arm64");

function folderOf({ packages }: Program): string {
  return join(home, "node_modules", packages[process.arch as "x64" | "arm64"]);
}

export function pathOf(program: Program): string {
  return join(folderOf(program), program.path);
}

export function versionOf(program: Program): string {
  return JSON.parse(readFileSync(join(folderOf(program), "package.json"), "utf8")).version;
}

/** npm ci, unless each program is there as the lock has it. */
export function installRuntimes(): void {
  if (!hasRuntimes) return;
  const { packages } = JSON.parse(readFileSync(join(home, "package-lock.json"), "utf8"));
  const isThere = (program: Program) => {
    const locked = packages[`node_modules/${program.packages[process.arch as "x64" | "arm64"]}`];
    return existsSync(pathOf(program)) && versionOf(program) === locked.version;
  };
  const programs = [NODE_22, NODE_24, DENO, BUN, WORKERD];
  if (!programs.every(isThere)) run("npm", ["ci", "--prefix", home]);
  // npm leaves out optional packages that it cannot get, and says nothing.
  const missing = programs.filter((program) => !isThere(program)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`npm ci --prefix tests/runtimes has not installed ${missing}`);
}
