/** What #wasm is in the library without a binary (rprop/js). */
export function loadWasmCore(): null {
  return null;
}
