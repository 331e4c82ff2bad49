import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MODULES } from "../../scripts/modules.js";
import { root } from "./program.js";

const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));

/** The strings at the ends of nested conditions. */
function leaves(value: unknown): string[] {
  return typeof value === "string" ? [value] : Object.values(value as object).flatMap(leaves);
}

describe("package.json", () => {
  const manifest = read("package.json");

  it("asks for no other package at run time", () => {
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("peerDependencies");
    expect(manifest).not.toHaveProperty("optionalDependencies");
  });

  it("says that it is made of ES modules without side effects, for Node 20 and later", () => {
    expect(manifest).toMatchObject({ type: "module", sideEffects: false, engines: { node: ">=20" } });
  });

  it("runs nothing where it is installed", () => {
    for (const script of ["preinstall", "install", "postinstall"]) {
      expect(manifest.scripts).not.toHaveProperty(script);
    }
  });

  it("exports and imports only files that exist", () => {
    const named = [...leaves(manifest.exports), ...leaves(manifest.imports), ...manifest.files];
    const files = named.flatMap((file) => Object.keys(MODULES).map((name) => file.replace("*", name)));
    files.push(manifest.main, manifest.module, manifest.types, manifest.unpkg, manifest.jsdelivr);
    const missing = files.filter((file) => !existsSync(join(root, file)));
    expect(missing, "missing: run `npm run build`?").toEqual([]);
  });

  it("leads to CommonJS only those who cannot require modules, to workerd's own file first of all", () => {
    const { ".": main, "./package.json": _, ...entries } = manifest.exports;
    const forms = ["module-sync", "module", "require", "default"];
    expect(Object.keys(main)).toEqual(["workerd", ...forms]);
    for (const conditions of Object.values<object>(entries)) expect(Object.keys(conditions)).toEqual(forms);
  });

  it("names types before code in every form of every entry, of the same form", () => {
    const { "./package.json": _, ...entries } = manifest.exports;
    for (const forms of Object.values<Record<string, Record<string, string>>>(entries)) {
      for (const [form, files] of Object.entries(forms)) {
        expect(Object.keys(files)).toEqual(["types", "default"]);
        for (const file of Object.values(files))
          expect(file.startsWith("./dist/cjs/")).toBe(form === "require");
      }
    }
  });

  it("is not what is published: npm run pack makes that", () => {
    expect(manifest.private).toBe(true);
  });

  it("pins every tool to one version", () => {
    const manifests = [
      manifest,
      ...["onnx", "runtimes", "tools"].map((name) => read(`tests/${name}/package.json`)),
    ];
    const tools = manifests.flatMap(({ devDependencies = {}, optionalDependencies = {} }) => [
      ...Object.entries(devDependencies),
      ...Object.entries(optionalDependencies),
    ]);
    const loose = tools.filter(([, version]) => !/^(npm:.*@)?\d+\.\d+\.\d+$/.test(version as string));
    expect(loose).toEqual([]);
  });
});

describe.each([".", "tests/onnx", "tests/runtimes", "tests/tools"])("package-lock.json of %s", (folder) => {
  const lock = read(`${folder}/package-lock.json`);
  const entries: [string, Record<string, unknown>][] = Object.entries(lock.packages);

  it("agrees with package.json", () => {
    const { name, version, license, devDependencies, optionalDependencies, engines } = read(
      `${folder}/package.json`,
    );
    expect(lock.packages[""]).toEqual({
      name,
      version,
      license,
      devDependencies,
      optionalDependencies,
      engines,
    });
  });

  it("names no place to download from, so that any registry serves", () => {
    expect(entries.filter(([, entry]) => "resolved" in entry)).toEqual([]);
  });

  it("holds the hash of every package", () => {
    expect(entries.filter(([path, entry]) => path !== "" && !("integrity" in entry))).toEqual([]);
  });

  it("holds the packages of every platform, without which npm ci refuses it", () => {
    const names = new Set(entries.map(([path]) => path.replace(/^.*node_modules\//, "")));
    const optional = entries.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
    expect(optional.filter((name) => !names.has(name))).toEqual([]);
  });
});
