import type { Block, Instantiate } from "../core.js";
import type { StandardizationKernels } from "../standardization.js";
import type { WasmBlock } from "./block.js";
import { standardization } from "./modules.js";

/** The exports of assembly/standardize.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/standardization.js").instantiate>>;

/** The kernels of ../standardization.ts, called with the addresses of blocks. */
export function wasmStandardization(instantiate: Instantiate): StandardizationKernels {
  const kernels = instantiate(standardization) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    standardize: (x, mean, deviation, y, rows, columns, invert) =>
      kernels.standardize(at(x), at(mean), at(deviation), at(y), rows, columns, invert),
    standardizeGradInput: (dy, deviation, dx, rows, columns, invert) =>
      kernels.standardizeGradInput(at(dy), at(deviation), at(dx), rows, columns, invert),
  };
}
