/**
 * The wasm modules of the package, each with the file that lists its exports: the kernels that every program has, and the
 * families. Adding a name here is all that the build needs; src/core/wasm/modules.ts imports its bytes.
 */
export const MODULES = {
  kernels: "assembly/index.ts",
  standardize: "assembly/standardize.ts",
  "difference-losses": "assembly/difference-losses.ts",
  activations: "assembly/activations.ts",
  classification: "assembly/classification.ts",
};

/** The arguments by which the compiler makes build/NAME.wasm. */
export function compilerArguments(name: keyof typeof MODULES, target = "release"): string[] {
  return [MODULES[name], "--target", target, "--outFile", `build/${name}.wasm`];
}
