/** What #wasm and #wasm-activations are in the library without a binary (rprop/js). */
export function loadWasmCore(): null {
  return null;
}

export const wasmActivations = null;
