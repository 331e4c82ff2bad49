import type { ClassificationKernels } from "../contract/classification.js";
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from "./binary-cross-entropy.js";
import { crossEntropy, softmax } from "./cross-entropy.js";

/** The kernels of ../contract/classification.ts in JavaScript. */
export const jsClassification: ClassificationKernels = {
  binaryCrossEntropyWithLogits: (prediction, target, derivative, rows, outputs) =>
    binaryCrossEntropyWithLogits(prediction.view, target.view, derivative.view, rows, outputs),
  binaryCrossEntropy: (prediction, target, derivative, rows, outputs) =>
    binaryCrossEntropy(prediction.view, target.view, derivative.view, rows, outputs),
  softmax: (x, y, rows, classes) => softmax(x.view, y.view, rows, classes),
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
    crossEntropy(
      { x: logits.view, target: target.view, indexed, weight: weight.view, derivative: derivative.view },
      rows,
      classes,
      oneMinusSmoothing,
      smoothingPerClass,
    ),
};
