// The export list. tile* are exported only to stay functions of their own: see tile.ts.
export { squaredError } from "./difference-loss";
export { accumulate, countNonFinite } from "./gradient";
export {
  linearForward,
  linearGradInput,
  linearGradParameters,
  packBackward,
  packForward,
} from "./linear";
export { rprop, rpropMove, rpropStay } from "./rprop";
export { tile1x8, tile1x16, tile1x32, tile4x8, tile5x8 } from "./tile";
