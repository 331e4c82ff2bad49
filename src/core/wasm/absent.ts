/** What #wasm and the wasm of the families are in the library without a binary (rprop/js). */
export function loadWasmCore(): null {
  return null;
}

export const wasmRobust = null;
export const wasmStandardization = null;
export const wasmActivations = null;
export const wasmClassification = null;
