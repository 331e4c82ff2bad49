import type { ClassificationKernels } from "../contract/classification.js";
import type { Block, Instantiate } from "../contract/core.js";
import type { WasmBlock } from "./block.js";
import { classification } from "./modules.js";

/** The exports of assembly/classification.ts, as the compiler declares them. */
type Exports = Awaited<ReturnType<typeof import("../../../build/classification.js").instantiate>>;

/** The kernels of ../contract/classification.ts, called with the addresses of blocks. */
export function wasmClassification(instantiate: Instantiate): ClassificationKernels {
  const kernels = instantiate(classification) as Exports;
  const at = (block: Block) => (block as WasmBlock<Float32Array>).address;
  return {
    binaryCrossEntropyWithLogits: (prediction, target, derivative, rows, outputs) =>
      kernels.binaryCrossEntropyWithLogits(at(prediction), at(target), at(derivative), rows, outputs),
    binaryCrossEntropy: (prediction, target, derivative, rows, outputs) =>
      kernels.binaryCrossEntropy(at(prediction), at(target), at(derivative), rows, outputs),
    softmax: (x, y, rows, classes) => kernels.softmax(at(x), at(y), rows, classes),
    crossEntropy: (
      logits,
      target,
      indexed,
      weight,
      derivative,
      rows,
      classes,
      oneMinusSmoothing,
      smoothingPerClass,
    ) =>
      kernels.crossEntropy(
        at(logits),
        at(target),
        indexed,
        at(weight),
        at(derivative),
        rows,
        classes,
        oneMinusSmoothing,
        smoothingPerClass,
      ),
  };
}
