import { argmax, type Module, predict } from "../../index.js";
import type { EncodedRows } from "../rows/encoder.js";
import type { Schema } from "../schema.js";

/** How good predictions are, beside a baseline that asks no model. */
export type Scores = NumberScores | ClassScores;

/** How good predictions of numbers are. */
export interface NumberScores {
  /** Says that the target is a number. */
  readonly kind: "number";
  /** How many rows were measured. */
  readonly rows: number;
  /** The root of the mean squared error, in the target's own units, as the next two. */
  readonly rmse: number;
  /** The mean absolute error. */
  readonly mae: number;
  /** The root of the mean squared error of the mean over the training rows. */
  readonly baselineRmse: number;
  /** 1 − Σ (prediction − target)² / Σ (target − its mean)²; null where the target is the same everywhere. */
  readonly r2: number | null;
}

/** How good predictions of categories are. */
export interface ClassScores {
  /** Says that the target is a category. */
  readonly kind: "category";
  /** How many rows were measured. */
  readonly rows: number;
  /** The share of the rows that is right. */
  readonly accuracy: number;
  /** That of the class that was most frequent among the training rows; among these rows, where the model does not know it. */
  readonly baselineAccuracy: number;
  /** confusion[t][p]: rows of class t that were taken for class p. */
  readonly confusion: readonly (readonly number[])[];
}

/** True numbers beside those predicted, for a picture. */
export type Pair = readonly [truth: number, prediction: number];

export interface Scorer {
  add(rows: EncodedRows): void;
  result(): Scores;
  /** Some of the rows, of numbers. */
  readonly pairs: readonly Pair[];
}

/** The model is asked about so many rows at a time, which bounds what it copies. */
const ROWS = 8192;

/** Asks a model about rows, of which the targets are known. */
export function scorerOf(model: Module, { target, baseline }: Schema): Scorer {
  return target.kind === "number"
    ? new NumberScorer(model, baseline ?? NaN)
    : new ClassScorer(model, target.categories.length, baseline);
}

function* slices({ rows, x, y }: EncodedRows): Generator<EncodedRows> {
  const width = x.length / rows;
  for (let row = 0; row < rows; row += ROWS) {
    const end = Math.min(rows, row + ROWS);
    yield { rows: end - row, x: x.subarray(row * width, end * width), y: y.subarray(row, end) };
  }
}

class NumberScorer implements Scorer {
  readonly #sample = new Sample();
  #rows = 0;
  #squares = 0;
  #absolutes = 0;
  #baselineSquares = 0;
  /** Of the targets: mean and Σ (y − mean)² by the formula of Welford (1962). */
  #mean = 0;
  #spread = 0;

  constructor(
    readonly model: Module,
    readonly baseline: number,
  ) {}

  add(rows: EncodedRows): void {
    for (const slice of slices(rows)) this.#add(slice);
  }

  #add({ rows, x, y }: EncodedRows): void {
    const predictions = predict(this.model, x).data;
    for (let row = 0; row < rows; row++) {
      const [truth, prediction] = [y[row] as number, predictions[row] as number];
      this.#squares += (prediction - truth) ** 2;
      this.#absolutes += Math.abs(prediction - truth);
      this.#baselineSquares += (this.baseline - truth) ** 2;
      const difference = truth - this.#mean;
      this.#mean += difference / ++this.#rows;
      this.#spread += difference * (truth - this.#mean);
      this.#sample.add([truth, prediction]);
    }
  }

  get pairs(): readonly Pair[] {
    return this.#sample.pairs;
  }

  result(): NumberScores {
    const rows = this.#rows;
    return {
      kind: "number",
      rows,
      rmse: Math.sqrt(this.#squares / rows),
      mae: this.#absolutes / rows,
      baselineRmse: Math.sqrt(this.#baselineSquares / rows),
      r2: this.#spread > 0 ? 1 - this.#squares / this.#spread : null,
    };
  }
}

class ClassScorer implements Scorer {
  readonly pairs: readonly Pair[] = [];
  readonly #confusion: number[][];

  constructor(
    readonly model: Module,
    classes: number,
    readonly baseline: number | null,
  ) {
    this.#confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  }

  add(rows: EncodedRows): void {
    for (const { x, y } of slices(rows))
      argmax(predict(this.model, x)).forEach((answer, row) => {
        (this.#confusion[y[row] as number] as number[])[answer]!++;
      });
  }

  result(): ClassScores {
    const confusion = this.#confusion;
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    const counts = confusion.map(sum);
    const rows = sum(counts);
    return {
      kind: "category",
      rows,
      accuracy: sum(confusion.map((counts, c) => counts[c] as number)) / rows,
      baselineAccuracy:
        (this.baseline === null ? Math.max(...counts) : (counts[this.baseline] as number)) / rows,
      confusion,
    };
  }
}

/** The most pairs that a picture shows. */
const PAIRS = 2000;

/** One of every #stride pairs that come, which doubles when there are too many. */
class Sample {
  pairs: Pair[] = [];
  #stride = 1;
  #seen = 0;

  add(pair: Pair): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.pairs.push(pair);
    if (this.pairs.length < PAIRS) return;
    this.pairs = this.pairs.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }
}
