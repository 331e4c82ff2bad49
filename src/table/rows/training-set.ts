import { Moments, type Rows } from "../../index.js";
import type { Divided, DividedRows } from "./divided-rows.js";
import type { EncodedRows } from "./encoder.js";
import { Statistics } from "./statistics.js";

/** Rows that are trained on, or those that the best epoch is chosen by. */
export type Part = "training" | "validation";

/** How rows come to training: they are in memory; they are read again for each epoch; or their moments are all that is needed. */
export type Reading = "memory" | "every epoch" | "moments";

/** What `fit` trains on. */
export interface TrainingSet {
  readonly source: DividedRows;
  /** All of them in memory, as a source for every epoch, or as Moments. */
  readonly data: Rows | (() => AsyncIterable<Rows>) | Moments;
  readonly validation: Rows | Moments | null;
  /** The rows of either part that are in memory; null where they have to be read again. */
  readonly kept: Readonly<Record<Part, EncodedRows | null>>;
  readonly reading: Reading;
  /** Of the training rows. */
  readonly x: Statistics;
  readonly y: Statistics;
  /** As in a Schema. */
  readonly baseline: number;
}

/** There are so many validation rows whatever the memory: fewer would choose the best epoch by chance. */
const MIN_VALIDATION_ROWS = 10_000;
/** Moments of more columns take more time and memory than rows do. */
const MOST_COLUMNS = 1000;
/** WebAssembly has 4 GiB of memory, in which there is more than rows. */
const MOST_WASM_BYTES = 3.5 * 2 ** 30;

/** Ends a reading of rows that nobody waits for any more. */
export class Stopped extends Error {}

/**
 * Reads the rows once, the way that suits them.
 *
 * @param isLinear whether the model is linear, and learns by squared errors
 * @param memory in bytes, that rows may take
 * @param stop whether training is to end before the next chunk of rows
 */
export async function trainingSetOf(
  source: DividedRows,
  isLinear: boolean,
  memory: number,
  stop: () => boolean,
): Promise<TrainingSet> {
  if (isLinear && source.width <= MOST_COLUMNS) return asMoments(source);
  const rowBytes = 4 * (source.width + 1);
  const bytes = source.rows * rowBytes;
  if (2 * bytes <= memory && bytes <= MOST_WASM_BYTES) return inMemory(source); // twice, as fit has a copy
  const fitting = Math.max(MIN_VALIDATION_ROWS, Math.floor(memory / 4 / rowBytes));
  return fromFile(source.validation <= fitting ? source : source.withValidation(fitting), stop);
}

async function inMemory(source: DividedRows): Promise<TrainingSet> {
  const training = new Collected(source.training, source.width);
  const validation = new Collected(source.validation, source.width);
  const gathered = await gather(source, (part) => {
    training.add(part.training);
    validation.add(part.validation);
  });
  const hasValidation = source.validation > 0;
  return {
    ...gathered,
    data: valuesOf(training.all),
    validation: hasValidation ? valuesOf(validation.all) : null,
    kept: { training: training.all, validation: validation.all },
    reading: "memory",
  };
}

/** Validation rows stay in memory; the others are read for each epoch. */
async function fromFile(source: DividedRows, stop: () => boolean): Promise<TrainingSet> {
  const validation = new Collected(source.validation, source.width);
  const gathered = await gather(source, (part) => validation.add(part.validation));
  async function* data(): AsyncGenerator<Rows, void> {
    for await (const { training } of source.read("training")) {
      if (stop()) throw new Stopped();
      if (training.rows > 0) yield valuesOf(training);
    }
  }
  const hasValidation = source.validation > 0;
  return {
    ...gathered,
    data,
    validation: hasValidation ? valuesOf(validation.all) : null,
    kept: { training: null, validation: validation.all },
    reading: "every epoch",
  };
}

/** Sums stay, which are all that a linear model needs. */
async function asMoments(source: DividedRows): Promise<TrainingSet> {
  const [data, validationMoments] = [new Moments(source.width, 1), new Moments(source.width, 1)];
  const gathered = await gather(source, (part) => {
    for (const [moments, rows] of [
      [data, part.training],
      [validationMoments, part.validation],
    ] as const) {
      const { x, y } = valuesOf(rows);
      if (rows.rows > 0) moments.add(x, y);
    }
  });
  const validation = source.validation > 0 ? validationMoments : null;
  return { ...gathered, data, validation, kept: { training: null, validation: null }, reading: "moments" };
}

async function gather(source: DividedRows, take: (part: Divided) => void) {
  const [x, y] = [new Statistics(source.width), new Statistics(1)];
  const frequencies = new Array<number>(source.classes ?? 0).fill(0);
  for await (const part of source.read()) {
    x.add(part.training.x);
    y.add(part.training.y);
    if (source.classes !== null) for (const index of part.training.y) frequencies[index]!++;
    take(part);
  }
  const mean = y.means[0] as number;
  const baseline = source.classes === null ? mean : frequencies.indexOf(Math.max(...frequencies));
  return { source, x, y, baseline };
}

/** So many rows, as they come. */
class Collected {
  readonly #x: Float32Array<ArrayBuffer>;
  readonly #y: Float32Array<ArrayBuffer>;
  #rows = 0;

  constructor(
    rows: number,
    readonly width: number,
  ) {
    this.#x = new Float32Array(rows * width);
    this.#y = new Float32Array(rows);
  }

  add({ rows, x, y }: EncodedRows): void {
    this.#x.set(x, this.#rows * this.width);
    this.#y.set(y, this.#rows);
    this.#rows += rows;
  }

  get all(): EncodedRows {
    return { rows: this.#rows, x: this.#x, y: this.#y };
  }
}

function valuesOf({ rows, x, y }: EncodedRows): Rows {
  const width = x.length / Math.max(1, rows);
  return { x: { shape: [rows, width], data: x }, y: { shape: [rows], data: y } };
}
