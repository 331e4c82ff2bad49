import type { Rprop } from "../optim/rprop.js";

/** One epoch of a run, as onEpoch gets it and {@link epochs} yields it: after its step. */
export interface EpochRecord {
  /** From 0. */
  epoch: number;
  /** The maximum number of epochs of the run. */
  epochs: number;
  /** Before the epoch's step. */
  loss: number;
  /** Before the epoch's step, where there is a validation set. */
  validationLoss?: number;
  /** Which start this is, from 0, where there are several. */
  restart?: number;
}

/**
 * Why a run ended: `"converged"`: two epochs running changed no parameter and let no step size grow; `"target"`:
 * targetLoss was reached; `"patience"`: no improvement for so many epochs; `"limit"`: all epochs were done;
 * `"stopped"`: onEpoch returned false; `"diverged"`: the loss was not finite.
 */
export type StopReason = "converged" | "target" | "patience" | "limit" | "stopped" | "diverged";

/** Of several starts, the best one's; only milliseconds are those of all. */
export interface FitResult {
  /** The training loss of the model as it is now; NaN or infinite where not even the first was finite. */
  loss: number;
  /** losses[e] is measured before step e; one for each step taken. */
  losses: Float64Array;
  /** As losses, where there is a validation set. */
  validationLosses?: Float64Array;
  /** The validation loss of the model as it is now, where there is a validation set. */
  validationLoss?: number;
  /** Steps taken. */
  completed: number;
  /** The number of steps after which the validation loss, or else the training loss, was best: 0 to completed. */
  bestEpoch: number;
  /** Why it ended, of the start that was kept. */
  stopReason: StopReason;
  /** With its state, for another run that goes on where this one ended. */
  optimizer: Rprop;
  /** How long the run took, of all starts. */
  milliseconds: number;
  /** From Moments: the whole model as one Linear in the units of the rows, in float64, outputs × inputs. */
  weight?: Float64Array;
  /** From Moments: as weight, one for each output. */
  bias?: Float64Array;
}
