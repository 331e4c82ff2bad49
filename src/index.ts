/** Every public name of rprop and rprop/js. */

export { core } from "./core/select.js";
export { ones, tensor, zeros } from "./create.js";
export { FormatError } from "./format-error.js";
export { type Decoded, decode, encode, type Saved } from "./io/model-file.js";
export { modelFromJSON } from "./io/model-json.js";
export { decodeTensors, encodeTensors } from "./io/tensors.js";
export type { MomentsJSON } from "./moments/json.js";
export type { Solution } from "./moments/least-squares.js";
export { Moments } from "./moments/moments.js";
export * from "./nn/activation.js";
export { Ensemble, type EnsembleOptions } from "./nn/ensembles/ensemble.js";
export type { EnsembleAverage } from "./nn/ensembles/ensemble-average.js";
export {
  type GradcheckLoss,
  type GradcheckOptions,
  type GradcheckResult,
  gradcheck,
} from "./nn/gradcheck.js";
export { Linear, type LinearOptions } from "./nn/linear.js";
export { BCELoss, BCEWithLogitsLoss } from "./nn/losses/binary-cross-entropy.js";
export type { Criterion, Loss, LossOptions } from "./nn/losses/criterion.js";
export { CrossEntropyLoss, type CrossEntropyLossOptions } from "./nn/losses/cross-entropy.js";
export { HuberLoss, type HuberLossOptions, L1Loss, MSELoss } from "./nn/losses/difference.js";
export { LOSSES } from "./nn/losses/losses.js";
export type { Architecture, ModelJSON, Module } from "./nn/module.js";
export { Normalization, type NormalizationOptions } from "./nn/normalization.js";
export type { Output } from "./nn/output.js";
export { Sequential } from "./nn/sequential.js";
export { argmax, softmax } from "./nn/softmax.js";
export type { Bound, Bounds } from "./optim/bounds.js";
export { differences } from "./optim/differences.js";
export type { ParamGroup } from "./optim/group.js";
export { type MinimizeResult, minimize, type Objective } from "./optim/minimize.js";
export type { MinimizeIteration, MinimizeOptions } from "./optim/minimize-options.js";
export type {
  RpropGroup,
  RpropGroupOptions,
  RpropOptions,
} from "./optim/options.js";
export type { PlainParameter, RpropParameter } from "./optim/parameters.js";
export { Rprop } from "./optim/rprop.js";
export type { Vector } from "./optim/rule.js";
export type { RpropState, RpropStateDict } from "./optim/state.js";
export type { RpropVariant } from "./optim/variants.js";
export { Parameter, parameter } from "./parameter.js";
export { Generator, manualSeed, rand, randn } from "./random/generator.js";
export { Tensor, type TensorLike } from "./tensor.js";
export { fingerprint } from "./train/fingerprint.js";
export { type EpochIterator, epochs, fit, fitSync } from "./train/fit.js";
export type { FitOptions, OnEpoch } from "./train/options.js";
export { evaluate, predict } from "./train/predict.js";
export type { Rows } from "./train/trainers/dataset.js";
export type { Source } from "./train/trainers/stream-trainer.js";
export type { EpochRecord, FitResult, StopReason } from "./train/types.js";
export type { Values } from "./values.js";
