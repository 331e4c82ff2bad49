import type { Block, Instantiate } from "../contract/core.js";
import type { DifferenceLossKernels } from "../contract/difference-losses.js";
import type { WasmBlock } from "./block.js";
import { differenceLosses } from "./modules.js";

/** The exports of assembly/difference-losses.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/difference-losses.js").instantiate>>;

/** The kernels of ../contract/difference-losses.ts, called with the addresses of blocks. */
export function wasmDifferenceLosses(instantiate: Instantiate, scratch: number): DifferenceLossKernels {
  const kernels = instantiate(differenceLosses) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    absoluteError: (prediction, target, derivative, rows, outputs) =>
      kernels.absoluteError(at(prediction), at(target), at(derivative), rows, outputs, scratch),
    huberError: (prediction, target, derivative, rows, outputs, delta) =>
      kernels.huberError(at(prediction), at(target), at(derivative), rows, outputs, delta, scratch),
  };
}
