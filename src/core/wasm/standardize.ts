import type { Block, Instantiate } from "../contract/core.js";
import type { StandardizeKernels } from "../contract/standardize.js";
import type { WasmBlock } from "./block.js";
import { standardize } from "./modules.js";

/** The exports of assembly/standardize.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/standardize.js").instantiate>>;

/** The kernels of ../contract/standardize.ts, called with the addresses of blocks. */
export function wasmStandardize(instantiate: Instantiate): StandardizeKernels {
  const kernels = instantiate(standardize) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    standardize: (x, mean, std, y, rows, columns, invert) =>
      kernels.standardize(at(x), at(mean), at(std), at(y), rows, columns, invert),
    standardizeGradInput: (dy, std, dx, rows, columns, invert) =>
      kernels.standardizeGradInput(at(dy), at(std), at(dx), rows, columns, invert),
  };
}
