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
import { progress } from "../../view/index.js";
import { Interrupted, type Interruption } from "../shell/interruption.js";
import { isTerminal, progressStream } from "../shell/terminal.js";
import type { TrainingSet } from "./training-set.js";

/** The course of a run. */
export interface Course {
  readonly losses: readonly number[];
  /** Of the rows that were held back, if any were. */
  readonly validationLosses: readonly number[] | null;
  readonly loss: number;
  readonly validationLoss: number | null;
  readonly completed: number;
  readonly bestEpoch: number;
  readonly stopReason: StopReason;
  readonly milliseconds: number;
}

/** Trains, shows how far it has come, and comes back with the best model when the interruption asks for an end. */
export async function train(
  model: Module,
  { data, validation }: TrainingSet,
  options: Pick<FitOptions, "loss" | "optimizer" | "epochs" | "patience">,
  interruption: Interruption,
  quiet: boolean,
): Promise<Course> {
  const begin = performance.now();
  const show = quiet ? null : shown();
  const best = typeof data === "function" ? new BestSoFar(model) : null;
  const onEpoch: OnEpoch = (record) => {
    best?.see(record);
    if (interruption.requested) return false; // and what was said about it stays the last line
    show?.(record);
    return true;
  };
  onEpoch.end = () => {
    if (!interruption.requested) show?.end();
  };
  const settings: FitOptions = { ...options, keepBest: true, onEpoch };
  if (validation !== null) settings.validation = validation;
  try {
    const isRows = typeof data === "object" && "x" in data;
    return courseOf(
      isRows ? await fit(model, data.x, data.y, settings) : await fit(model, data as Moments, settings),
    );
  } catch (error) {
    if (best === null || !(error instanceof Interrupted)) throw error;
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

/** A line drawn anew on a terminal; elsewhere lines for epochs 1, 2, 5, 10, 20, 50, … and the last. */
function shown() {
  const show = progress({ stream: progressStream });
  if (isTerminal) return show;
  let last: EpochRecord | null = null;
  const sparse = (record: EpochRecord) => {
    last = record;
    if (!/^[125]0*$/.test(String(record.epoch + 1))) return;
    show(record);
    show.end();
    last = null;
  };
  const end = () => {
    if (last !== null) show(last);
    show.end();
  };
  return Object.assign(sparse, { end });
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
