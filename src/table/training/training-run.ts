import {
  type EpochRecord,
  type FitOptions,
  type FitResult,
  fit,
  type Module,
  type Moments,
  type OnEpoch,
  type StopReason,
} from "../../index.js";
import { Stopped } from "../rows/training-set.js";
import type { TrainingRows } from "../rows/whole-rows.js";

/** The course of a run. */
export interface Course {
  /** The training loss before each step. */
  readonly losses: readonly number[];
  /** Of the validation rows, if there are any. */
  readonly validationLosses: readonly number[] | null;
  /** The training loss of the model as it came back. */
  readonly loss: number;
  /** The validation loss of the model as it came back; null without validation rows. */
  readonly validationLoss: number | null;
  /** Steps taken. */
  readonly completed: number;
  /** The number of steps after which the loss that counts was lowest. */
  readonly bestEpoch: number;
  /** Why training ended. */
  readonly stopReason: StopReason;
  /** How long training took. */
  readonly milliseconds: number;
}

/** Trains, and comes back with the best model when stop says so. */
export async function runTraining(
  model: Module,
  { data, validation }: TrainingRows,
  options: Pick<FitOptions, "loss" | "optimizer" | "epochs" | "patience" | "signal">,
  stop: () => boolean,
  onEpoch: OnEpoch,
): Promise<Course> {
  const begin = performance.now();
  const best = typeof data === "function" ? new BestSoFar(model) : null;
  const watch: OnEpoch = (record) => {
    best?.see(record);
    return stop() ? false : onEpoch(record);
  };
  watch.end = () => onEpoch.end?.();
  const settings: FitOptions = { ...options, keepBest: true, onEpoch: watch };
  if (validation !== null) settings.validation = validation;
  try {
    const isRows = typeof data === "object" && "x" in data;
    return courseOf(
      isRows ? await fit(model, data.x, data.y, settings) : await fit(model, data as Moments, settings),
    );
  } catch (error) {
    if (best === null || !(error instanceof Stopped)) throw error;
    return best.recall(performance.now() - begin);
  }
}

function courseOf({ losses, validationLosses, validationLoss, ...others }: FitResult): Course {
  return {
    ...others,
    losses: Array.from(losses),
    validationLosses: validationLosses === undefined ? null : Array.from(validationLosses),
    validationLoss: validationLoss ?? null,
  };
}

/** The best model of a run that may be left in the middle of an epoch, where `fit` has gone on from it already. */
class BestSoFar {
  readonly #model: Module;
  readonly #losses: number[] = [];
  readonly #validationLosses: number[] = [];
  /** The parameters that the losses of the next record will be of. */
  #current: ReturnType<Module["stateDict"]>;
  #best: ReturnType<Module["stateDict"]>;
  #epoch = 0;

  constructor(model: Module) {
    this.#model = model;
    this.#best = this.#current = model.stateDict();
  }

  see({ epoch, loss, validationLoss }: EpochRecord): void {
    this.#losses.push(loss);
    if (validationLoss !== undefined) this.#validationLosses.push(validationLoss);
    const ranked = validationLoss === undefined ? this.#losses : this.#validationLosses;
    if ((ranked[epoch] as number) < (ranked[this.#epoch] as number)) {
      this.#epoch = epoch;
      this.#best = this.#current;
    }
    this.#current = this.#model.stateDict();
  }

  /** The run as it would have ended at its last whole epoch. */
  recall(milliseconds: number): Course {
    this.#model.loadStateDict(this.#best);
    const [losses, validationLosses, bestEpoch] = [this.#losses, this.#validationLosses, this.#epoch];
    return {
      losses,
      validationLosses: validationLosses.length > 0 ? validationLosses : null,
      loss: losses[bestEpoch] ?? NaN,
      validationLoss: validationLosses[bestEpoch] ?? null,
      completed: losses.length,
      bestEpoch,
      stopReason: "stopped",
      milliseconds,
    };
  }
}
