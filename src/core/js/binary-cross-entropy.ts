/** Binary cross-entropy: ClassificationKernels in ../contract/classification.ts. Mirrors assembly/binary-cross-entropy.ts. */
import { exp, log, log1p, logReduced } from "./elementary.js";
import { sumInBlocks } from "./lanes.js";

const abs = Math.abs;
const fround = Math.fround;

const MIN_VARIANCE = /* @__PURE__ */ fround(1e-12);

export function binaryCrossEntropyWithLogits(
  prediction: Float32Array,
  target: Float32Array,
  derivative: Float32Array,
  rows: number,
  outputs: number,
): number {
  return sumInBlocks(rows, outputs, (i) => {
    const [z, y] = [prediction[i] as number, target[i] as number];
    const e = exp(-abs(z));
    derivative[i] = fround((z > 0 ? 1 : e) / fround(1 + e)) - y;
    return (z < 0 ? 0 : z) - z * y + log1p(e);
  });
}

export function binaryCrossEntropy(
  prediction: Float32Array,
  target: Float32Array,
  derivative: Float32Array,
  rows: number,
  outputs: number,
): number {
  return sumInBlocks(rows, outputs, (i) => {
    const [p, y] = [prediction[i] as number, target[i] as number];
    const spread = fround(fround(1 - p) * p);
    derivative[i] = fround(p - y) / (spread < MIN_VARIANCE ? MIN_VARIANCE : spread);
    return (y - 1) * atLeast100(log1m(p)) - y * atLeast100(log(p));
  });
}

/** log(1 − p), without rounding 1 − p where p is small. */
function log1m(p: number): number {
  return abs(p) < 0.25 ? logReduced(-p, 0) : log(fround(1 - p));
}

function atLeast100(log: number): number {
  return log < -100 ? -100 : log;
}
