import { BCELoss, BCEWithLogitsLoss } from "./binary-cross-entropy.js";
import type { Criterion } from "./criterion.js";
import { CrossEntropyLoss } from "./cross-entropy.js";
import { HuberLoss, L1Loss, MSELoss } from "./difference.js";

/**
 * Every loss by its name, which is PyTorch's.
 *
 * @example
 * import { LOSSES } from "rprop";
 * for (const [name, Loss] of Object.entries(LOSSES)) console.log(name, new Loss({ reduction: "sum" }).reduction);
 */
export const LOSSES = {
  MSELoss,
  L1Loss,
  HuberLoss,
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
} as const satisfies Record<string, new () => Criterion>;
