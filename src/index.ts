/** Every public name. */

export { core } from "./core/select.js";
export { ones, tensor, zeros } from "./create.js";
export { type GradcheckOptions, type GradcheckResult, gradcheck } from "./nn/gradcheck.js";
export { Linear, type LinearOptions } from "./nn/linear.js";
export { type Loss, type LossOptions, MSELoss } from "./nn/loss.js";
export type { Module } from "./nn/module.js";
export type { Output } from "./nn/output.js";
export type { Bound, Bounds } from "./optim/bounds.js";
export { differences } from "./optim/differences.js";
export { type MinimizeResult, minimize, type Objective } from "./optim/minimize.js";
export type { MinimizeIteration, MinimizeOptions } from "./optim/minimize-options.js";
export type {
  ParamGroup,
  RpropGroup,
  RpropGroupOptions,
  RpropOptions,
} from "./optim/options.js";
export type { PlainParameter, RpropParameter } from "./optim/parameters.js";
export { Rprop, type RpropState } from "./optim/rprop.js";
export type { RpropVariant, Vector } from "./optim/rule.js";
export { Parameter, parameter } from "./parameter.js";
export { Generator, manualSeed, rand, randn } from "./random.js";
export { Tensor, type TensorLike } from "./tensor.js";
export type { Values } from "./values.js";
