/**
 * What a step does where the sign of a gradient has flipped (docs/RPROP.md):
 * `"irprop-"` stays, PyTorch's; `"irprop+"` takes the last move back if the loss has risen, else stays; `"rprop+"` always
 * takes it back; `"rprop-"` moves against the new sign.
 */
export type RpropVariant = "irprop-" | "irprop+" | "rprop-" | "rprop+";

export const VARIANTS: readonly RpropVariant[] = ["irprop-", "irprop+", "rprop-", "rprop+"];
