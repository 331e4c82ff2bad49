import { kernels } from "./modules.js";

// They come first in a bundle, where they do not part the code.

import { instantiateSync } from "@assemblyscript/loader";
import type { Core } from "../core.js";
import { type Exports, WasmCore } from "./core.js";
import { CoreMemory } from "./memory.js";
import { bytesOf } from "./text.js";

/**
 * The wasm core, or null where WebAssembly is missing, lacks SIMD, is blocked or gets no memory. A
 * Content-Security-Policy can only be found out by compiling: under one that blocks it, WebAssembly.validate() still
 * says true.
 *
 * @param maxPages the most memory it may take, in pages of 64 KiB
 */
export function loadWasmCore(maxPages?: number): Core | null {
  let module: WebAssembly.Module;
  let memory: CoreMemory;
  try {
    module = new WebAssembly.Module(bytesOf(kernels));
    memory = new CoreMemory(maxPages);
  } catch {
    return null;
  }
  const instantiate = (compiled: WebAssembly.Module) =>
    // Hot calls go through the instance's own exports: the loader wraps each in a closure.
    instantiateSync(compiled, { env: { memory: memory.memory } }).instance.exports;
  return new WasmCore(instantiate(module) as unknown as Exports, memory, (text) =>
    instantiate(new WebAssembly.Module(bytesOf(text))),
  );
}
