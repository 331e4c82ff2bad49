/** A step of Rprop: the rule is in Core.rprop in ../core.ts. Mirrors assembly/rprop.ts. */
import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY, type RpropRule } from "../core.js";

const { fround } = Math;

export function rprop(
  data: Float32Array,
  grad: Float32Array,
  prev: Float32Array,
  stepSize: Float32Array,
  rule: RpropRule,
): void {
  const { etaMinus, etaPlus, minStep, maxStep, onFlip, weightDecay, lower, upper } = rule;
  const direction = rule.maximize ? -1 : 1;
  for (let i = 0; i < data.length; i++) {
    const w = data[i] as number;
    let g = (grad[i] as number) * direction;
    if (weightDecay !== 0) g = fround(g + fround(weightDecay * w));
    // A product of two float32 numbers is exact in float64: its sign is that of the signs.
    const s = g * (prev[i] as number);
    const last = stepSize[i] as number;
    let delta = fround(last * (s > 0 ? etaPlus : s < 0 ? etaMinus : 1));
    if (delta < minStep) delta = minStep;
    if (delta > maxStep) delta = maxStep;
    let size = delta;
    if (s < 0 && onFlip === ON_FLIP_BACK) size = last;
    if (s < 0 && onFlip === ON_FLIP_STAY) g = 0;
    let moved = w;
    if (g > 0) moved = fround(w - size);
    if (g < 0) moved = fround(w + size);
    if (s < 0 && onFlip !== ON_FLIP_MOVE) g = 0;
    if (moved < lower || moved > upper) {
      g = 0;
      delta = fround(delta * etaMinus);
      if (delta < minStep) delta = minStep;
    } else data[i] = moved;
    prev[i] = g;
    stepSize[i] = delta;
  }
}
