import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { compilerArguments, MODULES } from "../../scripts/modules.js";
import { textOfBytes } from "../../src/core/wasm/text.js";
import { FIRST_LOSS, type Outcome, program, root, run, runModule } from "./program.js";

const read = (name: string) => readFileSync(join(root, name));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const stale = (name: string) => `${name} is not what the sources build: run \`npm run build\``;

const modules = (Object.keys(MODULES) as (keyof typeof MODULES)[]).map((name) => ({ name }));

/** A module, compiled as `npm run build` does, without touching build/. */
async function compile(name: keyof typeof MODULES): Promise<Uint8Array> {
  const written = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main(compilerArguments(name), {
    writeFile: (name: string, contents: string | Uint8Array) => void written.set(name, contents),
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return written.get(`build/${name}.wasm`) as Uint8Array;
}

/** The ids of the sections of a module, in order (WebAssembly 2.0, 5.5.2). */
function sectionIds(module: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < module.length; ) {
    ids.push(module[at++] as number);
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = module[at++] as number;
      size |= (byte & 127) << shift;
      more = byte > 127;
    }
    at += size;
  }
  return ids;
}

describe.each(modules)("the wasm module of $name", ({ name }) => {
  const kernels = read(`build/${name}.wasm`);

  it("are built to the same bytes every time", async () => {
    const [first, second] = [await compile(name), await compile(name)];
    expect(sha256(second)).toBe(sha256(first));
    expect(sha256(kernels), stale(`build/${name}.wasm`)).toBe(sha256(first));
  });

  it("import memory and nothing else", () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(kernels));
    expect(imports).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });

  it("bring no data, start function, table or globals, so that memory is all TypeScript's", () => {
    const [type, imported, code, func, exported] = [1, 2, 10, 3, 7];
    const ids = sectionIds(kernels).filter((id) => id !== 0);
    expect(ids).toEqual([type, imported, func, exported, code]);
  });

  it("are smaller than 16 KB", () => {
    expect(kernels.length).toBeLessThan(16_000);
  });
});

describe("the bundles", () => {
  it("are what the sources build", () => {
    const folder = mkdtempSync(join(tmpdir(), "rprop-build-"));
    run(process.execPath, ["--import", "tsx", "scripts/bundle.ts", folder]);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const name = relative(folder, join(entry.parentPath, entry.name));
      const fresh = readFileSync(join(folder, name));
      expect(read(`dist/${name}`).equals(fresh), stale(`dist/${name}`)).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });

  it("hold the kernels once in rprop, beside it for workerd, and nothing of WebAssembly in rprop/js", () => {
    for (const { name } of modules) {
      const wasm = read(`build/${name}.wasm`);
      const text = JSON.stringify(textOfBytes(wasm));
      expect(read("dist/rprop.js").toString().split(text)).toHaveLength(2);
      expect(read("dist/rprop-workerd.js").toString()).not.toContain(text);
      expect(read(`dist/${name}.wasm`).equals(wasm)).toBe(true);
    }
    const start = textOfBytes(read("build/kernels.wasm").subarray(0, 8));
    expect(read("dist/rprop-js.js").toString()).not.toContain(start);
    expect(read("dist/rprop-js.js").toString()).not.toMatch(/WebAssembly\s*[.[]/);
  });

  it("are minified with a map that leads to the file beside them", () => {
    expect(read("dist/rprop.min.js").toString()).toMatch(/\n\/\/# sourceMappingURL=rprop\.min\.js\.map\n$/);
    const { sources, sourcesContent } = JSON.parse(read("dist/rprop.min.js.map").toString());
    expect({ sources, sourcesContent }).toEqual({ sources: ["rprop.js"] });
  });

  it("hold no core in rprop/export", () => {
    expect(read("dist/export.js").toString()).not.toMatch(/WebAssembly|linearForward|activationForward/);
    expect(read("dist/export.js").length).toBeLessThan(40_000);
  });

  it("hold neither core in rprop/data, and ask for nothing", () => {
    const code = read("dist/data.js").toString();
    expect(code).not.toMatch(/WebAssembly|\brequire\(|^import\b|class Linear/m);
  });

  it("say at their head whose code they hold, minified or not, for import and for require", () => {
    const loader = "/*! rprop (MIT), @assemblyscript/loader (Apache-2.0): THIRD_PARTY_NOTICES.txt */";
    const own = "/*! rprop (MIT) */";
    const heads = Object.entries({
      rprop: loader,
      "rprop-js": own,
      view: own,
      data: own,
      export: own,
      node: own,
      table: own,
    });
    const files = heads.flatMap(([name, head]) => [
      [`${name}.js`, head] as const,
      [`cjs/${name}.js`, head] as const,
    ]);
    for (const [file, head] of [...files, ["rprop.min.js", loader], ["rprop-workerd.js", loader]] as const)
      expect(read(`dist/${file}`).toString(), file).toContain(head);
  });

  it("are still told from others' code when a program that holds them is minified", async () => {
    const stdin = {
      contents: 'export { tensor } from "rprop"; export { readCsv } from "rprop/data";',
      resolveDir: root,
    };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
    expect(outputFiles[0]!.text).toMatch(/rprop \(MIT\), @assemblyscript\/loader \(Apache-2\.0\)/);
  });

  it("come with the licences of that code in full, and what its authors want said", () => {
    const notices = read("dist/THIRD_PARTY_NOTICES.txt").toString();
    expect(notices).toMatch(
      /@assemblyscript\/loader 0.*Apache License.*Version 2\.0.*END OF TERMS AND CONDITIONS/s,
    );
    expect(notices).toMatch(/Daniel Wirtz/);
  });
});

describe("at run time", () => {
  const library = "./dist/rprop.js";

  it("nothing is compiled or allocated before the first call, and one module after it", () => {
    const prelude = `
      globalThis.uses = {};
      for (const name of Object.getOwnPropertyNames(WebAssembly)) {
        uses[name] = 0;
        const counted = (how) => (...args) => (uses[name]++, Reflect[how](...args));
        const handler = { construct: counted("construct"), apply: counted("apply") };
        WebAssembly[name] = new Proxy(WebAssembly[name], handler);
      }`;
    const source = `
      const { Linear } = await import("${library}");
      const before = { ...uses };
      new Linear(1, 1);
      console.log(JSON.stringify({ before, after: uses }));`;
    const { before, after } = runModule<Record<string, Record<string, number>>>(source, { prelude });
    expect(Object.values(before!).every((count) => count === 0)).toBe(true);
    expect(after).toEqual({ ...before, Module: 1, Memory: 1, Instance: 1 });
  });

  const blocked = (name: string) =>
    `WebAssembly.${name} = class { constructor() { throw new WebAssembly.CompileError("blocked"); } };`;

  it.each([
    ["is missing", "delete globalThis.WebAssembly;"],
    ["compiles nothing", blocked("Module")],
  ])("the JavaScript core takes over where WebAssembly %s, with the same bits", (_, prelude) => {
    const expected: Outcome = runModule(program(library));
    expect(expected).toMatchObject({ core: "wasm", loss: FIRST_LOSS });
    expect(runModule(program(library), { prelude })).toEqual({ ...expected, core: "js" });
  });

  it.each([
    ["rprop.js", "compiles nothing", blocked("Module"), 1],
    ["rprop.js", "is missing", "delete globalThis.WebAssembly;", 0],
    ["rprop.js", "gets no memory", blocked("Memory"), 1],
    ["rprop-js.js", "compiles nothing", blocked("Module"), 0],
  ])(
    "%s where WebAssembly %s says so as often as needed, from any number of cores",
    (name, _, block, times) => {
      const prelude = `${block} globalThis.warnings = []; console.warn = (text) => warnings.push(text);`;
      const source = `
      import { fitSync, Linear } from "./dist/${name}";
      const rows = new Float32Array(2 ** 22); // a run of so much makes a core of its own
      fitSync(new Linear(1, 1), rows, rows, { epochs: 1 });
      console.log(JSON.stringify(warnings));`;
      const warnings = runModule<string[]>(source, { prelude });
      expect(warnings).toHaveLength(times);
      for (const warning of warnings)
        expect(warning).toMatch(/does not start.*'wasm-unsafe-eval'.*"rprop\/js"/);
    },
  );
});
