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
  const direction = maximize ? -1 : 1;
  for (let i = 0; i < data.length; i++) {
    let g = (grad[i] as number) * direction;
    // A product of two float32 numbers is exact in float64: its sign is that of the signs.
    const s = g * (prev[i] as number);
    let delta = fround((stepSize[i] as number) * (s > 0 ? etaPlus : s < 0 ? etaMinus : 1));
    if (delta < minStep) delta = minStep;
    if (delta > maxStep) delta = maxStep;
    if (s < 0) g = 0;
    if (g > 0) data[i] = (data[i] as number) - delta;
    if (g < 0) data[i] = (data[i] as number) + delta;
    prev[i] = g;
    stepSize[i] = delta;
  }
}
