import type { Rprop } from "../optim/rprop.js";

/** What is known of a run after one of its steps. */
export interface EpochRecord {
  /** The step that was taken, counted from 0. */
  epoch: number;
  /** The limit: how many steps there are at most. */
  epochs: number;
  /** The loss before the step. */
  loss: number;
  /** The validation loss before the step, where there is a validation set. */
  validationLoss?: number;
}

/** What came of a run. */
export interface FitResult {
  /** Of the model as returned. */
  loss: number;
  /** losses[e] was measured before step e; as many as steps were taken. */
  losses: Float64Array;
  /** As losses, where there is a validation set. */
  validationLosses?: Float64Array;
  /** Steps taken. */
  completed: number;
  /** From 0 to completed: where the watched loss, the validation's or else the training's, was lowest. */
  bestEpoch: number;
  /** Why the run ended. */
  stopReason: "converged" | "target" | "patience" | "limit" | "stopped" | "diverged";
  /** The optimizer that took the steps. */
  optimizer: Rprop;
  /** How long the run took. */
  milliseconds: number;
}
