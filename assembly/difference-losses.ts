// The export list of a module of its own: programs without L1Loss and HuberLoss do not carry it.
export { absoluteError, huberError } from "./difference-loss";
