/** The wasm modules as text, side by side: between pieces of code, gzip makes 14 % more of them. */
export { activations } from "../../../build/activations-text.js";
export { classification } from "../../../build/classification-text.js";
export { kernels } from "../../../build/kernels-text.js";
export { robust } from "../../../build/robust-text.js";
export { standardization } from "../../../build/standardization-text.js";
