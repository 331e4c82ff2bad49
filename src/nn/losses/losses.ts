import { BCELoss, BCEWithLogitsLoss } from "./binary-cross-entropy.js";
import type { Criterion } from "./criterion.js";
import { CrossEntropyLoss } from "./cross-entropy.js";
import { HuberLoss, L1Loss, MSELoss } from "./difference.js";

/**
 * Every loss by its name, which is PyTorch's.
 *
 * @example
 * import { LOSSES } from "rprop";
 * console.log(new LOSSES.L1Loss({ reduction: "sum" }).forward([1, 2], [3, 4]).item()); // 4
 */
export const LOSSES = {
  MSELoss,
  L1Loss,
  HuberLoss,
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
} as const satisfies Record<string, new () => Criterion>;
