import { newArray } from "../array.js";
import { now } from "../clock.js";
import type { Settings } from "./options.js";
import type { Trainer } from "./trainers/trainer.js";
import type { EpochRecord, FitResult, StopReason } from "./types.js";

/** The losses of a run, one for each step. The array doubles when it is full. */
class Losses {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = newArray(Float64Array, 2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  pop(): number {
    return this.#values[--this.length] as number;
  }

  at(i: number): number {
    return this.#values[i] as number;
  }

  toArray(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}

/** The outcome of one start. */
interface Outcome {
  readonly loss: number;
  readonly validationLoss: number | null;
  readonly losses: Losses;
  readonly validationLosses: Losses;
  readonly completed: number;
  readonly bestEpoch: number;
  readonly stopReason: StopReason;
}

/** The number by which states are compared, lower being better. A loss that is not finite is worst. */
function rank(sign: 1 | -1, loss: number, validationLoss: number | null): number {
  const value = sign * (validationLoss ?? loss);
  return Number.isFinite(value) ? value : Infinity;
}

/**
 * Decides when to step, when to stop and which state to keep. The state before step e has the loss losses[e]; the
 * one after the last step has `loss`.
 */
export class Run {
  readonly #trainer: Trainer;
  readonly #settings: Settings;
  /** Settings that every epoch reads, cached: 10 % of a small epoch (measured). */
  readonly #limit: number;
  readonly #target: number;
  readonly #patience: number;
  readonly #begin = now();
  #restart = 0;
  #stopped = false;
  #last: Outcome | null = null;
  #winner: Outcome | null = null;
  #losses = new Losses();
  #validationLosses = new Losses();
  /** The lowest rank so far, and the number of steps before it. */
  #best = Infinity;
  #bestEpoch = 0;
  /** The same for the last improvement by more than minDelta. */
  #improved = Infinity;
  #improvedEpoch = 0;
  #unchanged = 0;

  constructor(trainer: Trainer, settings: Settings) {
    this.#trainer = trainer;
    this.#settings = settings;
    const { epochs, targetLoss, patience, keepBest, restarts } = settings;
    this.#limit = epochs;
    this.#target = targetLoss === null ? -Infinity : trainer.state.sign * targetLoss;
    this.#patience = patience ?? Infinity;
    // Memory for states that are remembered later is allocated before the first epoch.
    if (keepBest) trainer.state.takeSnapshot("best");
    if (restarts > 1) trainer.state.takeSnapshot("winner");
  }

  /** Steps of the present start. */
  get #completed(): number {
    return this.#losses.length;
  }

  /** Of the last step. */
  get record(): EpochRecord {
    const epoch = this.#completed - 1;
    const record: EpochRecord = { epoch, epochs: this.#settings.epochs, loss: this.#losses.at(epoch) };
    if (this.#trainer.validate !== null) record.validationLoss = this.#validationLosses.at(epoch);
    if (this.#settings.restarts > 1) record.restart = this.#restart;
    return record;
  }

  /** Whether the last step is one to be shown. */
  get isDue(): boolean {
    const { every, epochs } = this.#settings;
    return this.#completed % every === 0 || this.#completed === epochs;
  }

  /** One step more, or the end: whether a step was made. A promise where the trainer has to wait for data. */
  advance(): boolean | Promise<boolean> {
    const last = this.#losses.length === this.#limit;
    const loss = last ? this.#trainer.evaluate() : this.#trainer.measure();
    return typeof loss === "number"
      ? this.#afterLoss(loss, last)
      : loss.then((value) => this.#afterLoss(value, last));
  }

  /** Ends the present start where it is, and the run with it, as onEpoch has asked for. */
  stop(): void | Promise<void> {
    this.#stopped = true;
    const loss = this.#trainer.evaluate();
    const end = (value: number) => {
      if (Number.isFinite(value)) this.#finish(value, "stopped", this.#trackBest(value));
      else this.#diverge(value);
    };
    return typeof loss === "number" ? end(loss) : loss.then(end);
  }

  /** Begins another start after the one that has ended: whether there is one, which a target that was reached needs not. */
  restart(): boolean {
    const { restarts, seed } = this.#settings;
    const enough = this.#stopped || this.#last?.stopReason === "target";
    if (enough || this.#restart + 1 >= restarts) return false;
    this.#restart++;
    this.#trainer.state.restart(seed + this.#restart);
    this.#losses = new Losses();
    this.#validationLosses = new Losses();
    this.#best = this.#improved = Infinity;
    this.#bestEpoch = this.#improvedEpoch = 0;
    this.#unchanged = 0;
    return true;
  }

  #afterLoss(loss: number, last: boolean): boolean {
    const { state } = this.#trainer;
    const losses = this.#losses;
    const completed = losses.length;
    if (!Number.isFinite(loss)) return this.#diverge(loss);
    const validationLoss = this.#trackBest(loss);
    if (state.sign * loss <= this.#target) return this.#finish(loss, "target", validationLoss);
    if (completed - this.#improvedEpoch >= this.#patience)
      return this.#finish(loss, "patience", validationLoss);
    // A step that changes nothing leaves the loss as it was: only then is there something to compare.
    const same = completed > 0 && loss === losses.at(completed - 1) && state.unchanged();
    this.#unchanged = same ? this.#unchanged + 1 : 0;
    if (this.#unchanged === 2) return this.#finish(loss, "converged", validationLoss);
    if (last) return this.#finish(loss, "limit", validationLoss);
    state.step(loss);
    losses.push(loss);
    if (validationLoss !== null) this.#validationLosses.push(validationLoss);
    return true;
  }

  /** Compares the present state with the best; returns its validation loss. */
  #trackBest(loss: number): number | null {
    const { state, validate } = this.#trainer;
    const { minDelta, keepBest } = this.#settings;
    const validationLoss = validate === null ? null : validate();
    const value = rank(state.sign, loss, validationLoss);
    if (value < this.#improved - minDelta) {
      this.#improved = value;
      this.#improvedEpoch = this.#completed;
    }
    if (value < this.#best || this.#completed === 0) {
      this.#best = value;
      this.#bestEpoch = this.#completed;
      if (keepBest) state.takeSnapshot("best");
    }
    return validationLoss;
  }

  /** Ends the present start, whose state has a loss that is not finite: back to the last that had one. */
  #diverge(loss: number): false {
    if (this.#completed === 0) return this.#finish(loss, "diverged", null);
    this.#trainer.state.undo();
    const validationLoss = this.#trainer.validate === null ? null : this.#validationLosses.pop();
    return this.#finish(this.#losses.pop(), "diverged", validationLoss);
  }

  /** Ends the present start, whose state has these losses; always false. */
  #finish(loss: number, stopReason: StopReason, validationLoss: number | null): false {
    const { state } = this.#trainer;
    const { keepBest, restarts } = this.#settings;
    const [losses, validationLosses] = [this.#losses, this.#validationLosses];
    const bestEpoch = this.#bestEpoch;
    const { length: completed } = losses;
    const ended = { losses, validationLosses, completed, bestEpoch, stopReason };
    let outcome: Outcome = { ...ended, loss, validationLoss };
    if (keepBest && bestEpoch < completed) {
      state.restoreSnapshot("best");
      const best = validationLoss === null ? null : validationLosses.at(bestEpoch);
      outcome = { ...ended, loss: losses.at(bestEpoch), validationLoss: best };
    }
    this.#last = outcome;
    const score = (of: Outcome) => rank(state.sign, of.loss, of.validationLoss);
    if (this.#winner === null || score(outcome) < score(this.#winner)) {
      this.#winner = outcome;
      if (restarts > 1) state.takeSnapshot("winner");
    }
    return false;
  }

  /** The result of the run; the trainer's state is then that of the best start. */
  result(): FitResult {
    const winner = this.#winner as Outcome;
    if (winner !== this.#last) this.#trainer.state.restoreSnapshot("winner");
    const { loss, losses, validationLoss, validationLosses, completed, bestEpoch, stopReason } = winner;
    const { optimizer } = this.#trainer.state;
    const milliseconds = now() - this.#begin;
    const result = {
      loss,
      losses: losses.toArray(),
      completed,
      bestEpoch,
      stopReason,
      optimizer,
      milliseconds,
    };
    const { validate, extras } = this.#trainer;
    if (validate === null) return { ...result, ...extras };
    return {
      ...result,
      validationLosses: validationLosses.toArray(),
      validationLoss: validationLoss ?? Number.NaN,
      ...extras,
    };
  }
}
