/** The wasm modules, as text side by side: between pieces of code, gzip makes 14 % more of them. */
export { default as activations } from "#binary/activations";
export { default as classification } from "#binary/classification";
export { default as differenceLosses } from "#binary/difference-losses";
export { default as kernels } from "#binary/kernels";
export { default as standardize } from "#binary/standardize";
