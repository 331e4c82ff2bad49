import { fallback } from "../../errors.js";

let said = false;

/** Says once that JavaScript computes, where WebAssembly is there and refuses: the program would run faster if it did not. */
export function sayWhy(error: unknown): void {
  if (said || typeof WebAssembly !== "object") return;
  said = true;
  globalThis.console?.warn(fallback(error));
}
