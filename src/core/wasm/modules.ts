/** The wasm modules, as text side by side: between pieces of code, gzip makes 14 % more of them. */
export { default as activations } from "#binary/activations";
export { default as classification } from "#binary/classification";
export { default as kernels } from "#binary/kernels";
export { default as robust } from "#binary/robust";
export { default as standardization } from "#binary/standardization";
