/** What #wasm is in a library with a binary. */
export { wasmActivations } from "./activations.js";
export { wasmClassification } from "./classification.js";
export { wasmDifferenceLosses } from "./difference-losses.js";
export { loadWasmCore } from "./load.js";
export { wasmStandardize } from "./standardize.js";
