import { kernels } from "./modules.js";

// They come first in a bundle, where they do not part the code.

import { instantiateSync } from "@assemblyscript/loader";
import { fallback } from "../../errors.js";
import type { Binary, Core } from "../core.js";
import { type Exports, WasmCore } from "./core.js";
import { CoreMemory } from "./memory.js";
import { bytesOf } from "./text.js";

/**
 * The kernels from first use on, or null where they cannot run. Not called "module": some tools, Vitest among them, wrap
 * modules into functions that have an argument of that name, which a bundle's `var` would find set.
 */
let compiled: WebAssembly.Module | null | undefined;

/**
 * The wasm core, or null where WebAssembly is missing, lacks SIMD, is blocked or gets no memory.
 *
 * @param maxPages the most memory it may take, in pages of 64 KiB
 */
export function loadWasmCore(maxPages?: number): Core | null {
  if (compiled === undefined) compiled = compileKernels();
  if (compiled === null) return null;
  let memory: CoreMemory;
  try {
    memory = new CoreMemory(maxPages);
  } catch {
    return null;
  }
  const instantiate = (module: WebAssembly.Module) =>
    // Hot calls go through the instance's own exports: the loader wraps each in a closure.
    instantiateSync(module, { env: { memory: memory.memory } }).instance.exports;
  return new WasmCore(instantiate(compiled) as unknown as Exports, memory, (binary) =>
    instantiate(compile(binary)),
  );
}

/**
 * Says so where WebAssembly is there and refuses: the program would run faster if it did not. A Content-Security-Policy
 * can only be found out by compiling: under one that blocks it, WebAssembly.validate() still says true.
 */
function compileKernels(): WebAssembly.Module | null {
  try {
    return compile(kernels);
  } catch (error) {
    if (typeof WebAssembly === "object") console.warn(fallback(error));
    return null;
  }
}

function compile(binary: Binary): WebAssembly.Module {
  return typeof binary === "string"
    ? new WebAssembly.Module(bytesOf(binary))
    : (binary as WebAssembly.Module);
}
