/** A step of Rprop: the rule is in Core.rprop in ../contract/core.ts. Mirrors assembly/rprop.ts. */
import { ON_FLIP_BACK, ON_FLIP_MOVE, ON_FLIP_STAY, type RpropRule } from "../contract/core.js";

const fround = Math.fround;

export function rprop(
  data: Float32Array,
  grad: Float32Array,
  prev: Float32Array,
  stepSize: Float32Array,
  rule: RpropRule,
): void {
  const { etaMinus, etaPlus, minStep, maxStep, onFlip, weightDecay } = rule;
  const direction = rule.maximize ? -1 : 1;
  // No comparison with NaN holds: an open side holds nothing, infinite parameters included.
  const lower = rule.lower === -Infinity ? NaN : rule.lower;
  const upper = rule.upper === Infinity ? NaN : rule.upper;
  for (let i = 0; i < data.length; i++) {
    const w = data[i] as number;
    let g = (grad[i] as number) * direction;
    if (weightDecay !== 0) g = fround(g + fround(weightDecay * w));
    const bound = g > 0 ? lower : upper;
    const free = g > 0 ? !(w <= bound) : g < 0 && !(w >= bound);
    // A product of two float32 numbers is exact in float64: its sign is that of the signs.
    const s = free ? g * (prev[i] as number) : 0;
    const last = stepSize[i] as number;
    let delta = fround(last * (s > 0 ? etaPlus : s < 0 ? etaMinus : 1));
    if (delta < minStep) delta = minStep;
    if (delta > maxStep) delta = maxStep;
    if (free && !(s < 0 && onFlip === ON_FLIP_STAY)) {
      const size = s < 0 && onFlip === ON_FLIP_BACK ? last : delta;
      const moved = fround(g > 0 ? w - size : w + size);
      const ends = g > 0 ? moved < bound : moved > bound;
      data[i] = ends ? bound : moved;
      if (ends) delta = Math.max(Math.abs(bound - w), minStep);
    }
    prev[i] = s < 0 && onFlip !== ON_FLIP_MOVE ? 0 : g;
    stepSize[i] = delta;
  }
}
