import type { ClassificationKernels } from "../../src/core/contract/classification.js";
import type { Block } from "../../src/core/contract/core.js";
import { classification } from "../../src/core/families.js";
import { filled, grouped, type Workload } from "./workload.js";

/** Losses of yes or no, value and derivative. */
export function binaryCrossEntropy(count: number): Workload[] {
  const workload = (
    kernel: "binaryCrossEntropy" | "binaryCrossEntropyWithLogits",
    low: number,
    high: number,
  ): Workload => ({
    kernel,
    shape: grouped(count),
    work: count,
    unit: "numbers/ns",
    on(core) {
      const kernels = core.family(classification);
      const [p, y] = [filled(core, count, 1, low, high), filled(core, count, 2, 0, 1)];
      const derivative = core.allocate(count);
      return { run: () => kernels[kernel](p, y, derivative, count, 1), result: () => derivative.view };
    },
  });
  return [workload("binaryCrossEntropyWithLogits", -8, 8), workload("binaryCrossEntropy", 0, 1)];
}

/** Rows of logits; work is counted in logits. */
export function crossEntropy(rows: number, classes: number): Workload[] {
  const count = rows * classes;
  const workload = (
    kernel: string,
    body: (kernels: ClassificationKernels, blocks: Blocks) => unknown,
  ): Workload => ({
    kernel,
    shape: `${grouped(rows)} × ${grouped(classes)}`,
    work: count,
    unit: "numbers/ns",
    on(core) {
      const kernels = core.family(classification);
      const indices = filled(core, rows, 2, 0, classes);
      indices.view.forEach((value, r) => {
        indices.view[r] = Math.min(classes - 1, Math.floor(value));
      });
      const blocks: Blocks = {
        logits: filled(core, count, 1, -8, 8),
        indices,
        probabilities: filled(core, count, 3, 0, 2 / classes),
        weight: core.allocate(classes),
        result: core.allocate(count),
      };
      blocks.weight.view.fill(1);
      return { run: () => body(kernels, blocks), result: () => blocks.result.view };
    },
  });
  return [
    workload("softmax", (kernels, { logits, result }) => kernels.softmax(logits, result, rows, classes)),
    workload("crossEntropy, indices", (kernels, { logits, indices, weight, result }) =>
      kernels.crossEntropy(logits, indices, true, weight, result, rows, classes, 1, 0),
    ),
    workload("crossEntropy, probabilities", (kernels, { logits, probabilities, weight, result }) =>
      kernels.crossEntropy(logits, probabilities, false, weight, result, rows, classes, 1, 0),
    ),
  ];
}

interface Blocks {
  logits: Block;
  indices: Block;
  probabilities: Block;
  weight: Block;
  result: Block;
}
