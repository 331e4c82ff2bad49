import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { run } from "../package/program.js";
import { everyEntry, execute, wrapped } from "./program.js";
import { fileOf } from "./tools.js";

const project = inject("folder");
const folder = join(project, "tools");
const imported = execute(process.execPath, ["program.js"], project);

/** Runs a tool of tests/tools in the folder, which is of a package that says nothing of ES modules. */
const use = (name: string, path: string, ...args: string[]) =>
  run(process.execPath, [fileOf(name, path), ...args], folder);

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

beforeAll(() => {
  mkdirSync(folder);
  write("package.json", '{ "private": true }');
  write("browser.js", wrapped(everyEntry("browser"), "import"));
});

test("Jest, as it comes, requires every entry and trains on wasm to the bits of Node", () => {
  const program = wrapped(everyEntry("node"), "require").replace("(async", "const main = (async");
  const { outcome } = imported;
  write(
    "jest.test.js",
    `const lines = [];
    console.log = (line) => lines.push(line);
    ${program}
    test("trains", async () => {
      await main;
      expect({ ...JSON.parse(lines[0]), fingerprint: lines[1] }).toEqual(${JSON.stringify(outcome)});
    });`,
  );
  use("jest", "bin/jest.js", "--cacheDirectory", join(folder, ".jest"));
});

test("ts-node, in CommonJS, finds types and code of every entry", () => {
  write("program.ts", wrapped(everyEntry("node"), "import"));
  const compilerOptions = { module: "commonjs", target: "es2022" };
  write("tsconfig.json", JSON.stringify({ compilerOptions }));
  expect(execute(process.execPath, [fileOf("ts-node", "dist/bin.js"), "program.ts"], folder)).toEqual(
    imported,
  );
});

test("Parcel, as it comes, bundles every entry", () => {
  use(
    "parcel",
    "lib/bin.js",
    "build",
    "browser.js",
    "--dist-dir",
    "parcel",
    "--no-cache",
    "--no-autoinstall",
  );
  expect(execute(process.execPath, ["parcel/browser.js"], folder)).toEqual(imported);
});

test("webpack 4 bundles every entry, with a loader that writes ES2022 as ES2019", () => {
  const loader = fileOf("esbuild-loader", "dist/index.cjs");
  write(
    "webpack.config.cjs",
    `module.exports = {
      mode: "production",
      optimization: { minimize: false },
      context: __dirname,
      entry: "./browser.js",
      output: { path: __dirname + "/webpack", filename: "bundle.js" },
      module: { rules: [{ test: /\\.js$/, loader: ${JSON.stringify(loader)}, options: { target: "es2019" } }] },
    };`,
  );
  const webpack = JSON.stringify(fileOf("webpack", "lib/webpack.js"));
  const build = `require(${webpack})(require("./webpack.config.cjs"), (error, stats) => {
    if (error || stats.hasErrors()) throw error ?? stats.toString();
  });`;
  run(process.execPath, ["--eval", build], folder);
  expect(execute(process.execPath, ["webpack/bundle.js"], folder)).toEqual(imported);
});

test("eslint-plugin-import finds every entry and its names, and what is none", () => {
  const plugin = JSON.stringify(fileOf("eslint-plugin-import", "lib/index.js"));
  write(
    "eslint.config.mjs",
    `import plugin from ${plugin};
    const rules = { "import/no-unresolved": "error", "import/named": "error" };
    export default [{ files: ["*.js"], plugins: { import: plugin }, rules }];`,
  );
  write("entries.js", wrapped(everyEntry("node"), "import"));
  use("eslint", "bin/eslint.js", "entries.js");
  write("wrong.js", 'import { nothing } from "rprop"; import { some } from "rprop/nothing"; some(nothing);');
  expect(() => use("eslint", "bin/eslint.js", "wrong.js")).toThrow(
    /nothing not found.*Unable to resolve.*2 problems/s,
  );
});
