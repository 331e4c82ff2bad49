import type { ActivationKernels } from "../contract/activations.js";
import type { Block, Instantiate } from "../contract/core.js";
import type { WasmBlock } from "./block.js";
import { activations } from "./modules.js";

/** The exports of assembly/activations.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/activations.js").instantiate>>;

/** The kernels of ../contract/activations.ts, called with the addresses of blocks. */
export function wasmActivations(instantiate: Instantiate): ActivationKernels {
  const kernels = instantiate(activations) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    exp: (x, y, count) => kernels.exp(at(x), at(y), count),
    log: (x, y, count) => kernels.log(at(x), at(y), count),
    activationForward: (kind, x, y, count, slope) =>
      kernels.activationForward(kind, at(x), at(y), count, slope),
    activationBackward: (kind, x, y, dy, dx, count, slope) =>
      kernels.activationBackward(kind, at(x), at(y), at(dy), at(dx), count, slope),
  };
}
