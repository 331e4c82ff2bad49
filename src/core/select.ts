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
 * Which core runs: `"wasm"`, or `"js"` in `rprop/js` and wherever WebAssembly is missing, blocked (a warning on the console
 * says so once) or refused memory.
 *
 * @example
 * import { core } from "rprop";
 * console.log(core());
 */
export function core(): "wasm" | "js" {
  return activeCore().name;
}
