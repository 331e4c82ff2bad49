/** Pairs the contract of each family of kernels with what implements it: the one file that knows both cores' families. */
import { wasmActivations, wasmClassification, wasmDifferenceLosses, wasmStandardize } from "#wasm";
import type { ActivationKernels } from "./contract/activations.js";
import type { ClassificationKernels } from "./contract/classification.js";
import type { KernelFamily } from "./contract/core.js";
import type { DifferenceLossKernels } from "./contract/difference-losses.js";
import type { StandardizeKernels } from "./contract/standardize.js";
import { jsActivations } from "./js/activations.js";
import { jsClassification } from "./js/classification.js";
import { jsDifferenceLosses } from "./js/difference-losses.js";
import { jsStandardize } from "./js/standardize.js";

export const activations: KernelFamily<ActivationKernels> = { js: jsActivations, wasm: wasmActivations };

export const classification: KernelFamily<ClassificationKernels> = {
  js: jsClassification,
  wasm: wasmClassification,
};

export const differenceLosses: KernelFamily<DifferenceLossKernels> = {
  js: jsDifferenceLosses,
  wasm: wasmDifferenceLosses,
};

export const standardization: KernelFamily<StandardizeKernels> = { js: jsStandardize, wasm: wasmStandardize };
