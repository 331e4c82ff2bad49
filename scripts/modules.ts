/** The wasm modules of the package, each with the file that lists its exports: kernels that every program has, and families. */
export const MODULES = {
  kernels: "assembly/index.ts",
  standardization: "assembly/standardize.ts",
  robust: "assembly/robust.ts",
  activations: "assembly/activations.ts",
  classification: "assembly/classification.ts",
};
