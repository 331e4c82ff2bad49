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
    files.push(manifest.unpkg, manifest.jsdelivr);
    const missing = files.filter((file) => !existsSync(join(root, file)));
    expect(missing, "missing: run `npm run build`?").toEqual([]);
  });

  it("names types before code in every export", () => {
    expect(Object.keys(manifest.exports["."])).toEqual(["types", "workerd", "default"]);
    const { ".": _, "./package.json": __, ...entries } = manifest.exports;
    for (const conditions of Object.values(entries) as object[]) {
      expect(Object.keys(conditions)).toEqual(["types", "default"]);
    }
  });

  it("pins every tool to one version", () => {
    const { optionalDependencies } = read("tests/runtimes/package.json");
    const loose = Object.entries({ ...manifest.devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^(npm:.*@)?\d+\.\d+\.\d+$/.test(version as string),
    );
    expect(loose).toEqual([]);
  });
});

describe.each([".", "tests/onnx", "tests/runtimes"])("package-lock.json of %s", (folder) => {
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
