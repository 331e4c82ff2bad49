/** What #wasm is in the library without a binary (rprop/js): the names of index.ts. */
export function loadWasmCore(): null {
  return null;
}

export const wasmActivations = null;
export const wasmClassification = null;
export const wasmDifferenceLosses = null;
export const wasmStandardize = null;
