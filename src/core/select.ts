import { loadWasmCore } from "#wasm";
import type { Core } from "./contract/core.js";
import { JsCore } from "./js/core.js";

let chosen: Core | undefined;

/** A core with a memory of its own, which is given back with it. */
export function newCore(): Core {
  return loadWasmCore() ?? new JsCore();
}

/** The core of this library, made at first use: nothing is compiled or allocated at import. */
export function activeCore(): Core {
  chosen ??= newCore();
  return chosen;
}

/**
 * Says which core runs: `"wasm"`, or `"js"` in `rprop/js` and wherever WebAssembly is missing, blocked (a
 * warning on the console says so once) or refused memory. The first call makes the core.
 *
 * @returns its name
 * @example
 * import { core } from "rprop";
 * console.log(core()); // wasm
 */
export function core(): "wasm" | "js" {
  return activeCore().name;
}
