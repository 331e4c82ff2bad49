import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY } from "../core/contract/core.js";
import { checkChoice } from "../errors.js";

/**
 * What a step does where the sign of a gradient has flipped (docs/RPROP.md):
 * `"irprop-"` stays, PyTorch's; `"irprop+"` takes the last move back if the loss has risen, else stays; `"rprop+"` always
 * takes it back; `"rprop-"` moves against the new sign.
 */
export type RpropVariant = "irprop-" | "irprop+" | "rprop-" | "rprop+";

export const VARIANTS: readonly RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];

export function checkVariant(name: string, value: unknown): void {
  checkChoice(name, VARIANTS, value);
}

/** @param worse whether the loss is worse than at the step before, for irprop+ */
export function onFlipOf(variant: RpropVariant, worse: boolean): number {
  return {
    "irprop-": ON_FLIP_STAY,
    "irprop+": worse ? ON_FLIP_BACK : ON_FLIP_STAY,
    "rprop-": ON_FLIP_MOVE,
    "rprop+": ON_FLIP_BACK,
  }[variant];
}
