import type { Rprop } from "../../optim/rprop.js";

/** Snapshots of parameters and optimizer state: of the best epoch of a start, and of the best start. */
export type SnapshotName = "best" | "winner";

/** The parameters and the optimizer's state of a run, which are its own until publish. */
export interface TrainedState {
  readonly optimizer: Rprop;
  /** Lower losses are better: 1; higher ones, under maximize: −1. */
  readonly sign: 1 | -1;
  /**
   * One step of the optimizer along the gradients of the last measure, which gave this loss.
   *
   * @throws RangeError for gradients that are not finite, under nonFinite: "throw"; nothing is changed then
   */
  step(loss: number): void;
  /** Back to before the last step. */
  undo(): void;
  /** Whether the last step has changed no parameter, and no later one will: no step size has grown, either. */
  unchanged(): boolean;
  takeSnapshot(as: SnapshotName): void;
  restoreSnapshot(as: SnapshotName): void;
  /** New weights, from a generator of this seed, and an optimizer that has not begun. */
  restart(seed: number): void;
  /** Writes parameters into the model, and state into the optimizer. */
  publish(): void;
}

/** The data of a run together with the state that it trains. */
export interface Trainer {
  readonly state: TrainedState;
  /** The loss at the present parameters, whose gradients a step follows. A promise where data has to be waited for. */
  measure(): number | Promise<number>;
  /** The same loss, for its value alone. */
  evaluate(): number | Promise<number>;
  /** The validation loss at the parameters of the last measure or evaluate; null where there is no validation set. */
  readonly validate: (() => number) | null;
  /** What the result has beside, if anything. */
  readonly extras?: object;
  dispose(): void;
}
