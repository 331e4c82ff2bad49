import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, inject, test } from "vitest";
import { consumer, execute, type Printed } from "./program.js";
import { hasRuntimes, pathOf, WORKERD } from "./runtimes.js";

const folder = inject("folder");
const dist = join(folder, "node_modules/rprop/dist");

/** The earliest date at which workerd has all that rprop uses: FinalizationRegistry and MessageChannel. */
const COMPATIBILITY_DATE = "2025-08-15";

const HANDLER = 'export default { async test() { await import("./program.js"); } };';

/** Runs main.js of a folder whose modules are its .js and .wasm files. */
function runInWorkerd(worker: string): Printed {
  const modules = readdirSync(worker).map((name) => {
    const kind = name.endsWith(".wasm") ? "wasm" : "esModule";
    return `(name = "${name}", ${kind} = embed "${name}")`;
  });
  // The first module is the one that handles events.
  modules.sort((a, b) => Number(b.includes("main.js")) - Number(a.includes("main.js")));
  writeFileSync(
    join(worker, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
    const worker :Workerd.Worker = (
      compatibilityDate = "${COMPATIBILITY_DATE}",
      modules = [${modules.join(", ")}],
    );`,
  );
  const { outcome, warnings } = execute(pathOf(WORKERD), ["test", "config.capnp"], worker);
  return { outcome, warnings: warnings.filter((line) => !line.startsWith("workerd/server/")) };
}

function newWorker(name: string): string {
  const worker = join(folder, name);
  mkdirSync(worker);
  return worker;
}

/** A worker of unbundled modules: the program, and files of dist/. */
function unbundled(name: string, library: string, files: readonly string[]): string {
  const worker = newWorker(name);
  for (const file of files) cpSync(join(dist, file), join(worker, file));
  writeFileSync(join(worker, "program.js"), consumer(`./${library}`));
  writeFileSync(join(worker, "main.js"), HANDLER);
  return worker;
}

describe.skipIf(!hasRuntimes)("in workerd", () => {
  const expected = execute(process.execPath, ["program.js"], folder);
  const wasm = readdirSync(dist).filter((file) => file.endsWith(".wasm"));

  test("a worker of modules trains on wasm to the bits of Node", () => {
    const worker = unbundled("modules", "rprop-workerd.js", ["rprop-workerd.js", ...wasm]);
    expect(runInWorkerd(worker)).toEqual(expected);
  });

  test("a worker bundled as wrangler does, by the condition workerd, trains on wasm to the bits of Node", async () => {
    const worker = newWorker("bundled");
    await build({
      stdin: { contents: HANDLER, resolveDir: folder },
      outfile: join(worker, "main.js"),
      conditions: ["workerd", "worker", "browser"],
      loader: { ".wasm": "copy" },
      bundle: true,
      format: "esm",
    });
    expect(runInWorkerd(worker)).toEqual(expected);
  });

  test("the library for everywhere else runs on its JavaScript core, and says so once", () => {
    const { outcome, warnings } = runInWorkerd(unbundled("fallback", "rprop.js", ["rprop.js"]));
    expect(outcome).toEqual({ ...expected.outcome, core: "js" });
    expect(warnings).toEqual([expect.stringContaining("WebAssembly does not start")]);
  });
});
