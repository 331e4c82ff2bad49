/** What #wasm, #wasm-activations and #wasm-classification are in the library without a binary (rprop/js). */
export function loadWasmCore(): null {
  return null;
}

export const wasmActivations = null;
export const wasmClassification = null;
