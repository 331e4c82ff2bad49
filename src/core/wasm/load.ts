import { kernels } from "./modules.js";

// They come first in a bundle, where they do not part the code.

import { instantiateSync } from "@assemblyscript/loader";
import type { Binary, Core } from "../contract/core.js";
import { type Exports, WasmCore } from "./core.js";
import { warnOfFallback } from "./fallback.js";
import { CoreMemory } from "./memory.js";
import { bytesOfText } from "./text.js";

/**
 * The kernels from first use on, or null where they cannot run. Not called "module": some tools, Vitest among them, wrap
 * modules into functions that have an argument of that name, which a bundle's `var` would find set.
 */
let compiled: WebAssembly.Module | null | undefined;

/**
 * The wasm core, or null where WebAssembly is missing, lacks SIMD, is blocked or gets no memory.
 *
 * A Content-Security-Policy can only be found out by trying: under one that blocks it, WebAssembly.validate() still says
 * true, and in WebKit modules compile, but have no instances. Blocked WebAssembly is not tried again, since browsers report
 * every attempt; where only memory was missing, the next core tries again.
 *
 * @param maxPages the most memory it may take, in pages of 64 KiB
 */
export function loadWasmCore(maxPages?: number): Core | null {
  if (compiled === null) return null;
  let memory: CoreMemory | undefined;
  try {
    memory = new CoreMemory(maxPages);
    const { memory: shared } = memory;
    const instantiate = (module: WebAssembly.Module) =>
      // Hot calls go through the instance's own exports: the loader wraps each in a closure.
      instantiateSync(module, { env: { memory: shared } }).instance.exports;
    compiled ??= compile(kernels);
    const exports = instantiate(compiled) as unknown as Exports;
    return new WasmCore(exports, memory, (binary) => instantiate(compile(binary)));
  } catch (error) {
    if (memory !== undefined) compiled = null;
    warnOfFallback(error);
    return null;
  }
}

function compile(binary: Binary): WebAssembly.Module {
  return typeof binary === "string"
    ? new WebAssembly.Module(bytesOfText(binary))
    : (binary as WebAssembly.Module);
}
