import type { ActivationKernels } from "../contract/activations.js";
import { activationBackward, activationForward } from "./activation.js";
import { exp, log } from "./elementary.js";

/** The kernels of ../contract/activations.ts in JavaScript. */
export const jsActivations: ActivationKernels = {
  exp: (x, y, count) => each(exp, x.view, y.view, count),
  log: (x, y, count) => each(log, x.view, y.view, count),
  activationForward: (kind, x, y, count, slope) => activationForward(kind, x.view, y.view, count, slope),
  activationBackward: (kind, x, y, dy, dx, count, slope) =>
    activationBackward(kind, x.view, y.view, dy.view, dx.view, count, slope),
};

function each(f: (x: number) => number, x: Float32Array, y: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) y[i] = f(x[i] as number);
}
