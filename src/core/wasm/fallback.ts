import { fallback } from "../../errors.js";

let warned = false;

/** Warns once that JavaScript computes where WebAssembly is available and refuses: the program could run faster. */
export function warnOfFallback(error: unknown): void {
  if (warned || typeof WebAssembly !== "object") return;
  warned = true;
  globalThis.console?.warn(fallback(error));
}
