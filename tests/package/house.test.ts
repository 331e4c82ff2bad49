import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./program.js";

/**
 * The floors of the library, lowest first: an import goes down this list or stays on its floor. Files at the top of src/
 * have floors of their own. ARCHITECTURE.md explains what each is for.
 */
const FLOORS = [
  [
    "src/array",
    "src/clock",
    "src/csv-line",
    "src/errors",
    "src/escapes",
    "src/finalization",
    "src/format-number",
    "src/opaque",
    "src/read-stream",
    "src/utf8",
  ],
  ["src/bytes", "src/format-error", "src/options"],
  ["src/tensor", "src/values", "src/create"],
  ["src/core/contract"],
  ["src/core/js", "src/core/wasm"],
  ["src/core"],
  ["src/parameter"],
  ["src/random"],
  ["src/moments"],
  ["src/nn"],
  ["src/optim"],
  ["src/train/trainers"],
  ["src/train"],
  ["src/io"],
  ["src/data"],
  ["src/export"],
  ["src/view"],
  ["src/index"],
  ["src/table"],
  ["src/node"],
  ["src/cli/shell"],
  ["src/cli/table"],
  ["src/cli/training", "src/cli/results"],
  ["src/cli"],
];

/** What a floor must not reach, even below it. */
const KEPT_APART: readonly (readonly [from: string, to: RegExp])[] = [
  ["src/core/contract", /^(?!assembly\/|src\/core\/contract\/)/],
  ["src/moments", /^(node:|src\/(nn|optim|train|io)\b)/],
  ["src/data", /^(node:|src\/(core|nn|optim|train)\b)/],
  ["src/table", /^(node:|src\/(core|node|cli)\b)/],
  ["src/export", /^(node:|src\/core\/(?!js\/coefficients$)|src\/(optim|train)\b)/],
];

/** File circles that cannot be opened: what each is for is written where it is. */
const CIRCLES = [
  // A layer is a module, a module is made of layers, and an output leads back to the layer that made it.
  "src/nn/layer.ts ⇄ src/nn/module.ts ⇄ src/nn/output.ts",
];

/** The declarations that a file exports. */
const EXPORTED =
  /^export (?:declare |abstract |async )*(?:class|function\*?|const|let|interface|type|enum) (\w+)/gm;

/** The twins of the two cores, what stands for the wasm core where there is none, and what reads a file of either kind. */
const SHARED_NAMES = [
  "softmax",
  "loadWasmCore",
  "wasmActivations",
  "wasmClassification",
  "wasmDifferenceLosses",
  "wasmStandardize",
  "decode",
];

/** assembly/ and src/core/js mirror each other, a file for each family of kernels; src/ is several floors. */
const MOST_FILES = (folder: string) => (/^(assembly|src|src\/core\/js)$/.test(folder) ? 21 : 15);

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = ["src", "assembly"]
  .flatMap((folder) => filesIn(folder))
  .filter((file) => file.endsWith(".ts"));
const imports = sources.filter((file) => file.startsWith("src/")).flatMap(importsOf);

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Type imports count too. What is generated or belongs to a package keeps its name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return ts.preProcessFile(text).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [{ from: file, to: fileName }];
    const to = normalize(join(dirname(file), fileName)).replace(/\.(js|ts|json)$/, "");
    return to.startsWith("build/") ? [] : [{ from: file, to }];
  });
}

/** The most specific floor that a file stands on, or -1. */
function floorOf(path: string): number {
  const file = path.replace(/\.ts$/, "");
  const lengths = FLOORS.map((rooms) =>
    Math.max(
      0,
      ...rooms.filter((room) => file === room || file.startsWith(`${room}/`)).map((room) => room.length),
    ),
  );
  const longest = Math.max(...lengths);
  return longest === 0 ? -1 : lengths.indexOf(longest);
}

describe("the rules of the house", () => {
  it("every file of src stands on a floor", () => {
    expect(sources.filter((file) => file.startsWith("src/") && floorOf(file) < 0)).toEqual([]);
  });

  it("imports go down, or stay on their floor", () => {
    const up = imports.filter(({ from, to }) => to.startsWith("src/") && floorOf(to) > floorOf(from));
    expect(up.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it.each(KEPT_APART)("%s reaches nothing that matches %s", (floor, forbidden) => {
    const wrong = imports.filter(({ from, to }) => from.startsWith(`${floor}/`) && forbidden.test(to));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("files import each other in no circle but those that are explained", () => {
    expect(circles()).toEqual(CIRCLES);
  });

  it("the page takes the library as it is published", () => {
    const wrong = filesIn("page")
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".config.ts"))
      .flatMap(importsOf)
      .filter(({ to }) => /^(src|assembly|dist)\//.test(to));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("a kernel's file has one name in assembly, in its contract and on both cores", () => {
    const names = (folder: string) =>
      filesIn(folder)
        .map((file) => relative(folder, file).replace(/\.ts$/, ""))
        .filter((name) => !name.includes("/"));
    const [assembly, js, wasm] = ["assembly", "src/core/js", "src/core/wasm"].map(names);
    for (const contract of names("src/core/contract")) {
      if (contract === "core") continue;
      expect({ contract, assembly, js, wasm }).toEqual({
        contract,
        assembly: expect.arrayContaining([contract]),
        js: expect.arrayContaining([contract]),
        wasm: expect.arrayContaining([contract]),
      });
    }
  });

  it("an exported name means one thing", () => {
    const homes = new Map<string, Set<string>>();
    for (const file of [...sources, ...filesIn("page")].filter((each) => /^(src|page)\/.*\.ts$/.test(each)))
      for (const [, name = ""] of readFileSync(join(root, file), "utf8").matchAll(EXPORTED))
        homes.set(name, (homes.get(name) ?? new Set()).add(file));
    const shared = [...homes].filter(([name, files]) => files.size > 1 && !SHARED_NAMES.includes(name));
    expect(shared).toEqual([]);
  });

  it("a test runs in the project that its folder is called after", () => {
    const config = readFileSync(join(root, "vitest.config.ts"), "utf8");
    const projects = [...config.matchAll(/inFolder\("(\w+)"\)/g)].map(([, name]) => name);
    const tests = filesIn("tests").filter((file) => /^(?!.*node_modules).*\.test\.ts$/.test(file));
    const folders = new Set(tests.map((file) => file.split("/")[1]));
    expect([...folders].sort()).toEqual([...new Set(projects)].sort());
  });

  it("a folder has no more files than fit one screen", () => {
    const folders = new Map<string, number>();
    for (const file of sources) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
    expect([...folders].filter(([folder, files]) => files > MOST_FILES(folder))).toEqual([]);
  });
});

/** Pairs and longer circles, by the strongly connected components of the imports (Tarjan 1972). */
function circles(): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports)
    if (sources.includes(`${to}.ts`)) targets.set(from, [...(targets.get(from) ?? []), `${to}.ts`]);
  const [index, low] = [new Map<string, number>(), new Map<string, number>()];
  const stack: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) as number);
    stack.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) low.set(file, Math.min(low.get(file) as number, low.get(target) as number));
    }
    if (low.get(file) !== index.get(file)) return;
    const component = stack.splice(stack.indexOf(file));
    if (component.length > 1) found.push(component.sort().join(" ⇄ "));
  };
  for (const file of sources) if (!index.has(file)) visit(file);
  return found.sort();
}
