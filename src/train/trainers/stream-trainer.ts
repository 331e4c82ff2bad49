import { describe, Verbatim, wrongType, wrongValue } from "../../errors.js";
import type { Criterion } from "../../nn/losses/criterion.js";
import type { Module } from "../../nn/module.js";
import type { Rprop } from "../../optim/rprop.js";
import { readStream, type StreamOf } from "../../read-stream.js";
import {
  copyIfInCoreMemory,
  Dataset,
  type ForEachRowBlock,
  type Rows,
  rowBytes,
  shapesOf,
} from "./dataset.js";
import { RowBatcher } from "./row-batcher.js";
import { openSession, type Session } from "./session.js";
import type { TrainedState, Trainer } from "./trainer.js";
import { isPromiseLike } from "./waiting.js";

type Chunks = Iterable<Rows> | AsyncIterable<Rows>;

/** Gives the rows anew at every call, in order, in chunks of any size. */
export type Source = () => Chunks | PromiseLike<Chunks>;

/** What a source has to be, in messages. */
export const SOURCE = "a function that returns an iterable of { x, y }, for it is called for every epoch";

/**
 * Trains on rows from a source, which is read once for each loss that is measured. They are cut into the row blocks that the
 * same rows would have in memory, so that the result has the same bits, however they come.
 */
export class StreamTrainer implements Trainer {
  readonly state: TrainedState;
  readonly validate: (() => number) | null = null;
  readonly #source: Source;
  readonly #criterion: Criterion;
  readonly #session: Session;
  readonly #batcher: RowBatcher;
  readonly #train: ForEachRowBlock;
  readonly #loss: ForEachRowBlock;
  /** The iterator that is being read, if any. */
  #reading: AsyncIterator<Rows> | null = null;
  #ended = false;

  /** @throws TypeError or RangeError for a model, an optimizer or a validation set that do not fit */
  constructor(
    model: Module,
    source: Source,
    validation: Rows | null,
    criterion: Criterion,
    optimizer: Rprop | null,
  ) {
    const { width } = model;
    if (width === null) throw wrongValue("model", "a model with parameters", model);
    this.#source = source;
    this.#criterion = criterion;
    const validationShapes =
      validation === null ? null : shapesOf(model, validation, criterion, "validation.");
    const bytes = validationShapes === null ? 0 : rowBytes(validationShapes);
    const validationRows =
      validationShapes === null ? null : copyIfInCoreMemory(validation as Rows, validationShapes, bytes);
    this.#session = openSession(model, optimizer, width, Number.POSITIVE_INFINITY, bytes);
    const { arena, network, leading, weights } = this.#session;
    this.state = weights;
    this.#train = (x, y, count) => network.train(x, y, count);
    this.#loss = (x, y, count) => network.loss(x, y, count);
    try {
      this.#batcher = new RowBatcher(model, width, criterion, this.#session);
      if (validationShapes !== null) {
        this.#batcher.expect(validationShapes.targetColumns);
        const data = new Dataset(validationRows as Rows, validationShapes, criterion, arena, "validation.");
        for (const stage of leading) data.transform(stage);
        this.validate = () => data.loss(this.#loss);
      }
    } catch (error) {
      arena.dispose();
      throw error;
    }
  }

  measure(): number | Promise<number> {
    const { network, weights } = this.#session;
    return this.#read(
      this.#train,
      () => network.packForTraining(),
      (meanFactor) => weights.scaleGradients(this.#criterion.derivativeFactor * meanFactor),
    );
  }

  evaluate(): number | Promise<number> {
    return this.#read(
      this.#loss,
      () => this.#session.network.pack(),
      () => {},
    );
  }

  /** One reading of the source: before its first row block, for every row block, and after the last one. */
  #read(
    visit: ForEachRowBlock,
    before: () => void,
    after: (meanFactor: number) => void,
  ): number | Promise<number> {
    const batcher = this.#batcher;
    const finish = () => {
      const { sum, meanFactor } = batcher.end();
      after(meanFactor);
      return Math.fround(sum * meanFactor);
    };
    const readNow = (chunks: Iterable<Rows>) => {
      for (const chunk of chunks) batcher.add(chunk);
      return finish();
    };
    const read = (chunks: unknown) => {
      if (has(chunks, Symbol.asyncIterator)) return this.#readAsync(chunks as AsyncIterable<Rows>, finish);
      if (has(chunks, "getReader")) return this.#readAsync(readStream(chunks as StreamOf<Rows>), finish);
      if (this.#ended) return Number.NaN; // the run ended while the source was awaited
      if (has(chunks, Symbol.iterator)) return readNow(chunks as Iterable<Rows>);
      throw wrongType("source", SOURCE, new Verbatim(`one that returns ${describe(chunks)}`));
    };
    batcher.begin(visit, before);
    const chunks: unknown = this.#source();
    return isPromiseLike(chunks) ? Promise.resolve(chunks).then(read) : read(chunks);
  }

  /** Reads as `for await` does, except that dispose() closes the iterator also while a chunk is awaited. */
  async #readAsync(chunks: AsyncIterable<Rows>, finish: () => number): Promise<number> {
    const iterator = chunks[Symbol.asyncIterator]();
    this.#reading = iterator;
    for (;;) {
      const { done, value } = await iterator.next();
      if (this.#ended) {
        this.#close(); // for a source that came after dispose()
        return Number.NaN;
      }
      if (done) break;
      try {
        this.#batcher.add(value);
      } catch (error) {
        await this.#close();
        throw error;
      }
    }
    this.#reading = null;
    return finish();
  }

  /** Closes the iterator that is being read, once. A generator that awaits a promise itself ends only when that settles. */
  async #close(): Promise<void> {
    const reading = this.#reading;
    this.#reading = null;
    try {
      await reading?.return?.();
    } catch {
      // The run has an error of its own, or has ended without one: neither is replaced by this one.
    }
  }

  dispose(): void {
    this.#session.arena.dispose();
    this.#ended = true;
    // Without an iterator nothing is called: a promise would keep this object in memory until the turn of the event loop ends.
    if (this.#reading !== null) this.#close();
  }
}

/** Iterators and streams, which are used up by one epoch. */
export function isReadOnce(value: unknown): boolean {
  return ["next", "getReader", Symbol.asyncIterator].some((key) => has(value, key));
}

function has<K extends PropertyKey>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === "object" && value !== null && key in value;
}
