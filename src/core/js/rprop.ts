/** iRprop⁻: the rule is in Core.rprop in ../core.ts. Mirrors assembly/rprop.ts. */
import type { RpropConstants } from "../core.js";

const { fround } = Math;

export function rprop(
  data: Float32Array,
  grad: Float32Array,
  prev: Float32Array,
  stepSize: Float32Array,
  { etaMinus, etaPlus, minStep, maxStep, maximize }: RpropConstants,
): void {
  for (let i = 0; i < data.length; i++) {
    const p = prev[i] as number;
    let g = grad[i] as number;
    if (maximize) g = -g;
    const same = (g > 0 && p > 0) || (g < 0 && p < 0);
    const flipped = (g > 0 && p < 0) || (g < 0 && p > 0);
    let delta = stepSize[i] as number;
    if (same) delta = fround(delta * etaPlus);
    else if (flipped) delta = fround(delta * etaMinus);
    if (delta < minStep) delta = minStep;
    else if (delta > maxStep) delta = maxStep;
    if (flipped) g = 0;
    if (g > 0) data[i] = (data[i] as number) - delta;
    else if (g < 0) data[i] = (data[i] as number) + delta;
    prev[i] = g;
    stepSize[i] = delta;
  }
}
