import type { Block, Instantiate } from "../core.js";
import type { RobustKernels } from "../robust.js";
import type { WasmBlock } from "./block.js";
import { robust } from "./modules.js";

/** The exports of assembly/robust.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/robust.js").instantiate>>;

/** The kernels of ../robust.ts, called with the addresses of blocks. */
export function wasmRobust(instantiate: Instantiate, scratch: number): RobustKernels {
  const kernels = instantiate(robust) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    absoluteError: (prediction, target, derivative, rows, outputs) =>
      kernels.absoluteError(at(prediction), at(target), at(derivative), rows, outputs, scratch),
    huberError: (prediction, target, derivative, rows, outputs, delta) =>
      kernels.huberError(at(prediction), at(target), at(derivative), rows, outputs, delta, scratch),
  };
}
