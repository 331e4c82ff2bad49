import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../package/program.js";
import { hasRuntimes } from "./runtimes.js";

const home = join(root, "tests/tools");
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const locked = read(join(home, "package-lock.json")).packages;

/** A file of a package of tests/tools. */
export const fileOf = (name: string, path: string) => join(home, "node_modules", name, path);

export const versionOf = (name: string): string => locked[`node_modules/${name}`].version;

/** The first Node that package.json's engines allow: it requires no ES module. Null where there is none for this machine. */
export const OLDEST_NODE = hasRuntimes ? fileOf(`node-linux-${process.arch}`, "bin/node") : null;

/** Compilers of TypeScript from the oldest on, by the version that the README states; the project's own is among them. */
export const COMPILERS: readonly [version: string, path: string][] = [
  ["5.2", fileOf("typescript-5.2", "bin/tsc")],
  ["5.6", fileOf("typescript", "bin/tsc")],
  ["6.0", join(root, "node_modules/typescript/bin/tsc")],
  ["7.0", fileOf("typescript-7", "bin/tsc")],
];

/** What the README's table states besides runtimes, browsers and the project's own bundlers, in the installed versions. */
export const TOOLS: Readonly<Record<string, string[]>> = {
  TypeScript: [
    versionOf("typescript-5.2"),
    versionOf("typescript"),
    read(join(root, "package-lock.json")).packages["node_modules/typescript"].version,
    versionOf("typescript-7"),
  ],
  Jest: [versionOf("jest")],
  "ts-node": [versionOf("ts-node")],
  Parcel: [versionOf("parcel")],
  webpack: [versionOf("webpack")],
  "eslint-plugin-import": [versionOf("eslint-plugin-import")],
};

/** npm ci, unless every tool is there as the lock has it. */
export function installTools(): void {
  const { devDependencies } = locked[""];
  const isMissing = (name: string) => {
    const manifest = fileOf(name, "package.json");
    return !existsSync(manifest) || read(manifest).version !== versionOf(name);
  };
  const isIncomplete = () =>
    Object.keys(devDependencies).some(isMissing) || (OLDEST_NODE !== null && !existsSync(OLDEST_NODE));
  if (isIncomplete()) run("npm", ["ci", "--prefix", home, "--no-audit", "--no-fund"]);
  // npm leaves out optional packages that it cannot get, without a word.
  if (isIncomplete()) throw new Error("npm ci --prefix tests/tools has not installed all of it");
}
