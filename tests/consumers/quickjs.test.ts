import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { everything, NOTE, type Trained } from "../package/engines.js";
import { runModule } from "../package/program.js";
import { hasRuntimes, home, pathOf, QUICKJS } from "./runtimes.js";

const folder = inject("folder");
const dist = join(folder, "node_modules/rprop/dist");

/** What a program of modules of dist/ comes to, in an engine that has the globals of the language and nothing else. */
async function inQuickJS(program: string): Promise<Trained> {
  const core = join(home, "node_modules/quickjs-emscripten-core/dist/index.mjs");
  const { newQuickJSWASMModuleFromVariant } = await import(core);
  const { default: variant } = await import(pathOf(QUICKJS));
  const runtime = (await newQuickJSWASMModuleFromVariant(variant)).newRuntime();
  runtime.setModuleLoader((name: string) => readFileSync(join(dist, name), "utf8"));
  const context = runtime.newContext();
  const keeps =
    "result.then((trained) => (globalThis.trained = trained), (error) => (globalThis.failed = String(error)));";
  context.unwrapResult(context.evalCode(`${program} ${keeps}`, "main.js", { type: "module" })).dispose();
  while (runtime.hasPendingJob()) context.unwrapResult(runtime.executePendingJobs());
  const { trained, failed } = context.dump(context.global);
  if (failed !== undefined) throw new Error(failed);
  return trained;
}

test.skipIf(!hasRuntimes)(
  "QuickJS, without clock, timers, texts and WebAssembly, trains to the bits of Node",
  async () => {
    const print = "console.log(JSON.stringify(await result));";
    const expected = runModule<Trained>(`${everything("rprop/js")} ${print}`, { cwd: folder });
    expect(expected).toMatchObject({ core: "js", decoded: expected.fingerprint, metadata: { note: NOTE } });
    expect(await inQuickJS(everything("./rprop-js.js"))).toEqual(expected);
  },
);
