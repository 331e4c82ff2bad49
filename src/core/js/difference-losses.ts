/** Absolute error and Huber's: ../contract/difference-losses.ts. Mirrors assembly/difference-loss.ts. */
import type { DifferenceLossKernels } from "../contract/difference-losses.js";
import { sumInBlocks } from "./lanes.js";

const abs = Math.abs;
const fround = Math.fround;

export const jsDifferenceLosses: DifferenceLossKernels = {
  absoluteError({ view: prediction }, { view: target }, { view: derivative }, rows, outputs) {
    return sumInBlocks(rows, outputs, (i) => {
      const d = fround((prediction[i] as number) - (target[i] as number));
      derivative[i] = d > 0 ? 1 : d < 0 ? -1 : d;
      return abs(d);
    });
  },

  huberError({ view: prediction }, { view: target }, { view: derivative }, rows, outputs, delta) {
    return sumInBlocks(rows, outputs, (i) => {
      const d = fround((prediction[i] as number) - (target[i] as number));
      const a = abs(d);
      derivative[i] = d < -delta ? -delta : d > delta ? delta : d;
      return a <= delta ? a * a * 0.5 : delta * (a - delta * 0.5);
    });
  },
};
