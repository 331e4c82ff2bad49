import { newFinalizationRegistry } from "../finalization.js";
import { checkModule, type Module } from "../nn/module.js";
import type { Parameter } from "../parameter.js";
import { type FitParameters, parseArguments, trainerFor } from "./data.js";
import { type Settings, settingsOf } from "./options.js";
import { Run } from "./run.js";
import type { Trainer } from "./trainers/trainer.js";

/**
 * Marks a parameter as being trained. It holds no reference to the job, which may be dropped unfinished and collected. (A
 * WeakRef would keep each job, and all its memory, until the turn of the event loop ends.)
 */
interface Claim {
  dropped: boolean;
}
const claims = new WeakMap<Parameter, Claim>();
const unfinished = /* @__PURE__ */ newFinalizationRegistry<Claim>((claim) => {
  claim.dropped = true;
});

/** A run with what it holds: everything is checked and allocated by the constructor, before any epoch. */
export class Job {
  readonly settings: Settings;
  readonly run: Run;
  readonly #model: Module;
  readonly #trainer: Trainer;
  readonly #parameters: readonly Parameter[];
  readonly #claim: Claim;
  #ended = false;

  constructor(model: Module, data: FitParameters) {
    checkModule("model", model);
    this.#model = model;
    this.#parameters = model.parameters();
    if (this.#parameters.some((parameter) => claims.get(parameter)?.dropped === false)) {
      throw new Error(
        "this model is being trained: wait for that run, or call return() on what epochs() gave",
      );
    }
    const { data: rows, options } = parseArguments(data);
    this.settings = settingsOf(options);
    this.#trainer = trainerFor(model, rows, this.settings);
    try {
      this.run = new Run(this.#trainer, this.settings);
    } catch (error) {
      this.#trainer.dispose(); // memory is exhausted
      throw error;
    }
    const claim: Claim = { dropped: false };
    this.#claim = claim;
    for (const parameter of this.#parameters) claims.set(parameter, claim);
    unfinished?.register(this, claim, claim);
  }

  /** @throws Error once the model or the optimizer was disposed */
  checkAlive(): void {
    this.#model.checkAlive();
    this.#trainer.state.optimizer.checkAlive();
  }

  /** To be called after a pause, in which anything may have happened. @throws as checkAlive, and an aborted signal's reason */
  resume(): void {
    this.settings.signal?.throwIfAborted();
    this.checkAlive();
  }

  get #isAlive(): boolean {
    try {
      this.checkAlive();
      return true;
    } catch {
      return false;
    }
  }

  publish(): void {
    this.#trainer.state.publish();
  }

  /** Leaves the model as the run has it, unless it was disposed, and frees everything. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const parameter of this.#parameters) claims.delete(parameter);
    unfinished?.unregister(this.#claim);
    try {
      if (this.#isAlive) this.publish();
    } finally {
      this.#trainer.dispose();
      this.settings.onEpoch?.end?.();
    }
  }
}
