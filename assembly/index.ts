// The export list. tile* are exported only to stay functions of their own: see tile.ts.
export { activationBackward, activationForward } from "./activation";
export { exp, log } from "./elementary";
export { accumulate, countNonFinite } from "./gradient";
export { linearForward, linearGradBias, linearGradInput, linearGradWeight } from "./linear";
export { rprop } from "./rprop";
export { squaredError } from "./squared-error";
export { tile1x8, tile1x32, tile4x8, tile5x8 } from "./tile";
