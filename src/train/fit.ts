import type { Module } from "../nn/module.js";
import type { FitParameters } from "./data.js";
import { EventLoopYielder } from "./event-loop.js";
import { Job } from "./job.js";
import { isPromiseLike, unlessAborted } from "./trainers/waiting.js";
import type { EpochRecord, FitResult } from "./types.js";

/** What the engine waits for: an epoch to be looked at (false ends the run), a promise, or the event loop. */
type Pause = EpochRecord | Promise<unknown> | typeof EVENT_LOOP;
const EVENT_LOOP = Symbol("event loop");

/** The engine of every run. What it yields is answered by next. */
function* engine(
  job: Job,
  watched: boolean,
  yielder: EventLoopYielder | null,
): Generator<Pause, FitResult, unknown> {
  const { run, settings } = job;
  try {
    do {
      for (;;) {
        settings.signal?.throwIfAborted();
        let stepped: unknown = run.advance();
        if (typeof stepped !== "boolean") {
          stepped = yield stepped as Promise<boolean>;
          job.resume();
        }
        if (!stepped) break;
        if (watched && run.isDue) {
          job.checkAlive(); // the source's code may have done anything
          job.publish();
          if ((yield run.record) === false) {
            job.checkAlive();
            const stopping = run.stop();
            if (stopping !== undefined) yield stopping;
            break;
          }
          job.resume();
        }
        if (yielder?.isDue()) {
          yield EVENT_LOOP;
          job.resume();
        }
      }
    } while (run.restart());
    job.checkAlive();
    return run.result();
  } finally {
    job.end();
  }
}

/** What epochs gives: it yields epochs and returns the result. (TypeScript's IterableIterator states both only from 5.6 on.) */
export interface EpochIterator {
  /**
   * Goes on to the next epoch that is due.
   *
   * @returns its record, or the result once the run is over
   * @throws Error where something has to be waited for; what the source, onEpoch or an aborted signal have to
   * say
   */
  next(): IteratorResult<EpochRecord, FitResult>;
  /**
   * Ends the run where it is: the model is at the last finished epoch.
   *
   * @param value what is given back as the result
   * @returns that the run is over
   * @throws Error when the run's own source calls it
   */
  return(value?: FitResult): IteratorResult<EpochRecord, FitResult>;
  /** Makes it usable in a for loop. @returns itself */
  [Symbol.iterator](): this;
}

/** Drains the engine in step with its caller. */
class Epochs implements EpochIterator {
  readonly #job: Job;
  readonly #engine: Generator<Pause, FitResult, unknown>;
  #answer: unknown;
  /** Whether the engine is at work, and with it the source. */
  #isBusy = false;

  constructor(job: Job, watched: boolean) {
    this.#job = job;
    this.#engine = engine(job, watched, null);
  }

  next(): IteratorResult<EpochRecord, FitResult> {
    this.#checkIdle();
    this.#isBusy = true;
    let result: IteratorResult<Pause, FitResult>;
    try {
      result = this.#engine.next(this.#answer);
    } finally {
      this.#isBusy = false;
    }
    if (result.done) return result;
    const pause = result.value;
    if (isPromiseLike(pause)) {
      pause.then(null, () => {}); // what it waits for is not wanted any more
      this.#refuse("this source has to be waited for: use fit");
    }
    const record = pause as EpochRecord;
    let answer: unknown;
    try {
      answer = this.#job.settings.onEpoch?.(record);
    } catch (error) {
      this.return();
      throw error;
    }
    if (isPromiseLike(answer)) {
      Promise.resolve(answer).catch(() => {}); // as above
      this.#refuse("this onEpoch has to be waited for: use fit");
    }
    this.#answer = answer;
    return { done: false, value: record };
  }

  /** @throws Error for a source that asks its own run, of which engines would say that a generator is running */
  #checkIdle(): void {
    if (this.#isBusy) throw new Error("a source cannot call next() or return() of its own run");
  }

  #refuse(message: string): never {
    this.return();
    throw new Error(message);
  }

  return(value?: FitResult): IteratorResult<EpochRecord, FitResult> {
    this.#checkIdle();
    this.#engine.return(value as FitResult);
    this.#job.end(); // an engine that was never started does not do it
    return { done: true, value: value as FitResult };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * Begins a whole training run, full batches, an epoch at a time: the engine of {@link fit} and
 * {@link fitSync}, for programs that have a loop of their own, such as a game's. It yields after every `every`th
 * epoch, the model being up to date, and returns what fit resolves to. Between two calls of next() the model
 * may be looked at and predicted with; changes to its parameters are overwritten. return(), and `break` in a
 * for loop, end the run where it is.
 *
 * Everything is checked, copied and allocated by this call; an epoch allocates nothing but the record it
 * yields. Parameters are those of the loop written by hand, to the bit.
 *
 * @param model any with parameters; it is trained in place
 * @param data x: rows × features, y: targets as the loss takes them; or a function that returns an iterable of chunks
 * { x, y }, which is called for every epoch and once more at the end; or Moments; then FitOptions
 * @returns an iterator, which trains as it is asked for the next epoch
 * @throws TypeError or RangeError for what does not fit, for options that are unknown or out of range, and for NaN or infinities in
 * x or y, named by row and column; Error for a model that another run is training. Nothing is changed then. next()
 * throws what the source, onEpoch or an aborted signal have to say, and Error where something has to be waited for.
 * @example
 * import { epochs, Linear } from "rprop";
 * const run = epochs(new Linear(1, 1), [1, 2, 3], [2, 4, 6], { epochs: 30, every: 10 });
 * console.log([...run].map(({ epoch }) => epoch)); // [ 9, 19, 29 ]
 */
export function epochs(model: Module, ...data: FitParameters): EpochIterator {
  return new Epochs(new Job(model, data), true);
}

/**
 * Trains as {@link fit}, without waiting: it returns when the run is over.
 *
 * @param model any with parameters; it is trained in place
 * @param data as {@link epochs} takes it
 * @returns the course of the run
 * @throws what {@link epochs} throws
 * @example
 * import { fitSync, Linear } from "rprop";
 * const { loss, stopReason } = fitSync(new Linear(1, 1), [1, 2, 3], [2, 4, 6], { epochs: 1000, targetLoss: 1e-6 });
 * console.log(loss <= 1e-6, stopReason); // true target
 */
export function fitSync(model: Module, ...data: FitParameters): FitResult {
  const job = new Job(model, data);
  const run = new Epochs(job, job.settings.onEpoch !== null);
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

/**
 * Trains a model by Rprop, full batches, and lets the event loop run every now and then (`yieldEvery`), so that a page
 * stays alive.
 *
 * @param model any with parameters; it is trained in place
 * @param data x: rows × features, y: targets as the loss takes them; or a function that returns an iterable or asynchronous
 * iterable of chunks { x, y } for data that memory does not hold: it is called for every epoch and once more at the end,
 * and the result does not depend, to the bit, on how the rows are cut into chunks; or, for a Linear (with Normalization around
 * it) under MSELoss, Moments, from which an epoch costs in² · out, however many rows there were, in float64; then FitOptions
 * @returns the course of the run
 * @throws (rejects with) what {@link epochs} throws
 * @example
 * import { fit, Linear, Normalization, predict, Sequential, Tanh } from "rprop";
 * const x = [[1, 200], [2, 100], [3, 300], [4, 250]];
 * const y = [10, 20, 30, 40];
 * const model = new Sequential(
 *   new Normalization(x), new Linear(2, 8), new Tanh(), new Linear(8, 1), new Normalization(y, { invert: true }),
 * );
 * const { loss } = await fit(model, x, y, { epochs: 500 });
 * console.log(loss < 0.1, predict(model, [[2, 100]]).shape); // true [ 1, 1 ]
 */
export async function fit(model: Module, ...data: FitParameters): Promise<FitResult> {
  const job = new Job(model, data);
  const { onEpoch, signal, yieldEvery } = job.settings;
  const yielder = new EventLoopYielder(yieldEvery);
  const run = engine(job, onEpoch !== null, yielder);
  try {
    let answer: unknown;
    for (;;) {
      const { done, value } = run.next(answer);
      if (done) return value;
      if (value === EVENT_LOOP) await yielder.yieldToEventLoop();
      else answer = await unlessAborted(isPromiseLike(value) ? value : onEpoch?.(value), signal);
    }
  } finally {
    run.return(undefined as unknown as FitResult);
  }
}
