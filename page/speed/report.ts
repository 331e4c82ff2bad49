/** What has been measured so far. */
export interface SpeedReport {
  epochs: EpochTimes[];
  races: Race[];
}

/** What the worker posts; share: of the work, 1 at the end. */
export interface SpeedProgress {
  share: number;
  report: SpeedReport;
}

/** Nanoseconds of one epoch in a run of fit, the same model on each core, medians; NaN where none is there yet. */
export interface EpochTimes {
  model: string;
  times: { core: "wasm" | "js"; time: number }[];
}

/** How the same loop by hand reaches the same loss by each method. */
export interface Race {
  model: string;
  loss: number;
  runners: Runner[];
  /** Nanoseconds of an epoch of the loop with Rprop and with gradient descent: medians, NaN where none is there yet. */
  times: [rprop: number, gradientDescent: number];
}

export interface Runner {
  /** Of gradient descent; Rprop has none. */
  rate?: number | undefined;
  /** Until the loss was reached, or how many there were without. */
  epochs: number;
  outcome: "reached" | "not reached" | "diverged";
}
