/** What one column of a file holds, found block by block. */

/** What a column holds. */
export type SurveyedColumn = SurveyedNumbers | SurveyedTexts;

interface Surveyed {
  readonly name: string;
  /** Missing cells; of a column of texts whose values are not listed, those before there were too many. */
  readonly missing: number;
}

/** A column in which each cell that is not missing is a number. */
export interface SurveyedNumbers extends Surveyed {
  readonly kind: "numbers";
  /** NaN where all cells are missing, as are the deviation, least and largest. */
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  readonly least: number;
  readonly largest: number;
  /** The different values, ascending, with how often each is there; null where there are too many. */
  readonly values: ReadonlyMap<number, number> | null;
}

export interface SurveyedTexts extends Surveyed, FirstText {
  readonly kind: "texts";
  /** As those of numbers, in the order of their UTF-16 code units. */
  readonly values: ReadonlyMap<string, number> | null;
  /** Some of the different values, the first in the file: at most 100. */
  readonly examples: readonly string[];
}

/** The first cell of a column that is no number. */
export interface FirstText {
  readonly text: string;
  readonly line: number;
}

const EXAMPLES = 100;

/** What a survey's scale grows by: the square of a number of up to this, and of its last digit, is far from float64's ends. */
const STEP = 2 ** 256;

/**
 * Gathers what numbers say. In add, they are every width-th of a block's, rows of them, from first on.
 *
 * Mean and deviation are those of differences from the first number, so that digits are not lost where numbers are large and
 * near each other, and of numbers over a scale, a power of two, so that no square overflows or is lost.
 */
export class NumbersSurvey {
  #count = 0;
  #missing = 0;
  /** No number so far is more than STEP times as large. */
  #scale = 2 ** -1024;
  /** The first number, over the scale. */
  #first = NaN;
  /** Of the differences, over the scale. */
  #mean = 0;
  /** Σ (difference − mean)² by the formula of Welford (1962), over the scale's square. */
  #squares = 0;
  #least = Infinity;
  #largest = -Infinity;
  #values: Map<number, number> | null = new Map();

  constructor(readonly maxValues: number) {}

  add(numbers: Float64Array, first: number, width: number, rows: number): void {
    for (let row = 0, at = first; row < rows; row++, at += width) {
      const value = numbers[at] as number;
      if (Number.isNaN(value)) {
        this.#missing++;
        continue;
      }
      while (Math.abs(value) > this.#scale * STEP) {
        this.#scale *= STEP;
        this.#first /= STEP;
        this.#mean /= STEP;
        this.#squares /= STEP ** 2;
      }
      if (this.#count++ === 0) this.#first = value / this.#scale;
      const difference = value / this.#scale - this.#first;
      const distance = difference - this.#mean;
      this.#mean += distance / this.#count;
      this.#squares += distance * (difference - this.#mean);
      if (value < this.#least) this.#least = value;
      if (value > this.#largest) this.#largest = value;
      if (this.#values === null) continue;
      this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
      if (this.#values.size > this.maxValues) this.#values = null;
    }
  }

  result(name: string): SurveyedNumbers {
    const count = this.#count;
    const known = (value: number) => (count === 0 ? NaN : value);
    return {
      name,
      kind: "numbers",
      missing: this.#missing,
      mean: (this.#first + this.#mean) * this.#scale,
      deviation: Math.sqrt(this.#squares / count) * this.#scale,
      least: known(this.#least),
      largest: known(this.#largest),
      values: this.#values && new Map([...this.#values].sort(([a], [b]) => a - b)),
    };
  }
}

/** Counts texts: indices has numbered them where they were read, and a block has these numbers as NumbersSurvey has it. */
export class TextsSurvey {
  readonly indices = new Map<string, number>();
  #counts: number[] = [];
  #missing = 0;

  constructor(
    readonly maxValues: number,
    readonly first: FirstText,
  ) {}

  get isFull(): boolean {
    return this.indices.size > this.maxValues;
  }

  add(numbers: Float64Array, first: number, width: number, rows: number): void {
    // Behind the value that is one too many the column is no longer read, and numbers hold what was there before.
    for (let row = 0, at = first; row < rows && this.#counts.length <= this.maxValues; row++, at += width) {
      const index = numbers[at] as number;
      if (Number.isNaN(index)) this.#missing++;
      else this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    }
  }

  result(name: string): SurveyedTexts {
    const counted = [...this.indices].map(([text, index]) => [text, this.#counts[index] ?? 0] as const);
    const values = this.isFull ? null : new Map(counted.sort(([a], [b]) => (a < b ? -1 : 1)));
    const examples = [...this.indices.keys()].slice(0, EXAMPLES);
    return { name, kind: "texts", missing: this.#missing, ...this.first, values, examples };
  }
}
