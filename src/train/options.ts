import {
  checkBoolean,
  checkFinite,
  checkFunction,
  checkNonNegative,
  checkNumber,
  checkPositiveInteger,
  notOurs,
  Verbatim,
  wrongType,
  wrongValue,
} from "../errors.js";
import { isMoments, type Moments } from "../moments/moments.js";
import { type Criterion, checkLoss } from "../nn/losses/criterion.js";
import { MSELoss } from "../nn/losses/difference.js";
import { Rprop } from "../optim/rprop.js";
import { optionsOf } from "../options.js";
import type { Rows } from "./trainers/dataset.js";
import { type AbortSignalLike, checkSignal } from "./trainers/waiting.js";
import type { EpochRecord } from "./types.js";

/** What is called in the course of a run. */
export interface OnEpoch {
  /** Looks at an epoch; false ends the run. */
  (record: EpochRecord): unknown;
  /** Is called when the run is over, however it ends. */
  end?(): void;
}

/** The options of {@link fit}, {@link fitSync} and {@link epochs}. */
export interface FitOptions {
  /** The loss that is made small. Default: a new MSELoss. */
  loss?: Criterion;
  /** Steps parameters of the model; those it does not have stay as they are. Default: a new Rprop of all of them. */
  optimizer?: Rprop | undefined;
  /** The maximum number of steps, a whole number of at least 1. Default 100. */
  epochs?: number;
  /** Ends the run at a training loss that is not larger (under maximize: not smaller). Default: none. */
  targetLoss?: number;
  /**
   * Rows that are not trained on: { x, y }, or a share of the rows between 0 and 1, drawn by `seed`; beside Moments, { x, y }
   * or Moments. Their loss is measured before every step. Default: none.
   */
  validation?: Rows | Moments | number;
  /**
   * Ends the run after so many steps without a loss that is lower by more than minDelta: the validation loss where there is
   * one, else the training loss. Default: none.
   */
  patience?: number;
  /** How much lower a loss has to be to count for `patience`. At least 0. Default 0. */
  minDelta?: number;
  /** Whether the model and the optimizer come back with the state of the best epoch. Default: with validation. */
  keepBest?: boolean;
  /**
   * How many times to train, unless targetLoss is reached before: first from the model's weights, then from new ones,
   * drawn by the seeds `seed + 1`, `seed + 2`, … and put within the optimizer's bounds, with the optimizer at its
   * beginning. The best model is kept: by validation loss where there is one. Default 1.
   */
  restarts?: number;
  /** A whole number, for the rows of a validation share and for restarts. Default 0. */
  seed?: number;
  /**
   * Aborting makes the run throw (fit: reject with) the signal's reason; the model is at the last finished epoch of the
   * start under way.
   */
  signal?: AbortSignalLike;
  /**
   * Called after an epoch's step, the model being up to date; false ends the run. A promise is awaited by fit. Its end(), if
   * it has one, is called when the run is over.
   */
  onEpoch?: OnEpoch;
  /** onEpoch is called, and {@link epochs} yields, after every so many epochs, and after the last of `epochs`. Default 1. */
  every?: number;
  /** fit lets the event loop run after so many milliseconds. At least 0. Default 16. */
  yieldEvery?: number;
}

/** Options with everything decided. */
export type Settings = Required<
  Omit<FitOptions, "optimizer" | "targetLoss" | "validation" | "patience" | "signal" | "onEpoch">
> & {
  /** null for a new one of all parameters. */
  optimizer: Rprop | null;
  targetLoss: number | null;
  validation: Rows | Moments | number | null;
  patience: number | null;
  signal: AbortSignalLike | null;
  onEpoch: OnEpoch | null;
};

type Undecided = Omit<Settings, "loss" | "keepBest"> & {
  loss: Criterion | undefined;
  keepBest: boolean | undefined;
};

/** @throws TypeError or RangeError for options that are unknown or out of range */
export function settingsOf(options: FitOptions = {}): Settings {
  const { loss, keepBest, ...others } = optionsOf<Undecided>(options, {
    loss: [undefined, checkLoss],
    optimizer: [null, checkOptimizer],
    epochs: [100, checkPositiveInteger],
    targetLoss: [null, checkFinite],
    validation: [null, checkValidation],
    patience: [null, checkPositiveInteger],
    minDelta: [0, checkNonNegative],
    keepBest: [undefined, checkBoolean],
    restarts: [1, checkPositiveInteger],
    seed: [0, checkSeed],
    signal: [null, checkSignal],
    onEpoch: [null, checkFunction],
    every: [1, checkPositiveInteger],
    yieldEvery: [16, checkNonNegative],
  });
  checkSeed("seed", others.seed + (others.restarts - 1));
  return { ...others, loss: loss ?? new MSELoss(), keepBest: keepBest ?? others.validation !== null };
}

function checkOptimizer(name: string, value: unknown): void {
  if (!(value instanceof Rprop)) throw notOurs(name, "an Rprop of this library", value);
  value.checkAlive();
}

function checkSeed(name: string, value: unknown): void {
  const expected = "a whole number within ±(2^53 − 1), as the last restart's too";
  checkNumber(name, expected, value, Number.isSafeInteger);
}

function checkValidation(name: string, validation: unknown): void {
  const expected = "{ x, y } or a number between 0 and 1";
  if (isMoments(validation)) return;
  if (typeof validation === "number") {
    if (!(validation > 0 && validation < 1)) throw wrongValue(name, expected, validation);
  } else if (typeof validation !== "object" || validation === null || Array.isArray(validation)) {
    throw wrongType(name, expected, validation);
  } else if (!("x" in validation) || !("y" in validation)) {
    throw wrongValue(
      name,
      expected,
      new Verbatim(`an object with ${Object.keys(validation).join(", ") || "nothing"}`),
    );
  }
}
