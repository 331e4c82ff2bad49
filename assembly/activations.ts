// The export list of a module of its own: programs without activations do not carry it.
export { activationBackward, activationForward } from "./activation";
export { exp, log } from "./elementary";
