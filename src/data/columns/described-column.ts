/** What one column of a file holds, found block by block. */

import type { NumberFormat } from "../cells/number-format.js";
import { booleanPair, truthOf } from "../cells/special-cells.js";

/** What a column holds. */
export type DescribedColumn = DescribedNumbers | DescribedBooleans | DescribedTexts;

interface Described {
  /** As the file or `header` names it. */
  readonly name: string;
  /** Missing cells, strays among them; of a column of text whose values are not listed, those before there were too many. */
  readonly missing: number;
  /** Cells of a column of numbers that are none and are taken as missing; 0 for columns of other kinds. */
  readonly strays: number;
  /** The first of them. */
  readonly stray: FirstText | null;
}

/** A column in which each cell that is neither missing nor a stray is a number. */
export interface DescribedNumbers extends Described {
  /** Says that all cells are numbers. */
  readonly kind: "number";
  /** NaN where all cells are missing, as are std, min and max. */
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  /** The smallest number. */
  readonly min: number;
  /** The largest number. */
  readonly max: number;
  /** The distinct values, ascending, with how often each is there; null where there are too many. */
  readonly values: ReadonlyMap<number, number> | null;
  /** How its numbers are written; null: digits, with the file's decimal. */
  readonly format: NumberFormat | null;
  /** Whether they are whole numbers that go up by 1 from row to row, from 0 or 1: the numbers of rows. */
  readonly counts: boolean;
  /** Cells such as inf, which are taken as missing. */
  readonly infinite: number;
}

/** A column of yes and no, true and false, or the like. */
export interface DescribedBooleans extends Described {
  /** Says that all cells are one of two words. */
  readonly kind: "boolean";
  /** How often each is there. */
  readonly values: ReadonlyMap<"false" | "true", number>;
  /** As they are first written. */
  readonly spellings: readonly [no: string, yes: string];
}

/** A column of text. */
export interface DescribedTexts extends Described, FirstText {
  /** Says that some cells are neither numbers nor one of two words. */
  readonly kind: "text";
  /** As those of numbers, in the order of their UTF-16 code units. */
  readonly values: ReadonlyMap<string, number> | null;
  /** Some of the distinct values, the first in the file: at most 100. */
  readonly examples: readonly string[];
  /** Cells that are numbers. */
  readonly numbers: number;
  /** Of numbers whose mark may separate thousands or fractions, which makes the column text, one without its unit. */
  readonly either?: string;
}

/** The first cell of a column that is no number. */
export interface FirstText {
  /** What it says. */
  readonly text: string;
  /** The line of the file, from 1. */
  readonly line: number;
}

const EXAMPLES = 100;

/** What a column's scale grows by: the square of a number of up to this, and of its last digit, is far from float64's ends. */
const STEP = 2 ** 256;

/**
 * Gathers what numbers say. In add, they are every width-th of a block's, rows of them, from first on.
 *
 * Mean and deviation are those of differences from the first number, so that digits are not lost where numbers are large and
 * near each other, and of numbers over a scale, a power of two, so that no square overflows or is lost.
 */
export class NumbersDescription {
  #count = 0;
  #fractions = 0;
  #missing = 0;
  /** No number so far is more than STEP times as large. */
  #scale = 2 ** -1024;
  /** The first number, over the scale. */
  #first = NaN;
  /** Of the differences, over the scale. */
  #mean = 0;
  /** Σ (difference − mean)² by the formula of Welford (1962), over the scale's square. */
  #squares = 0;
  /** What the next number is of those that count up by 1 from 0 or 1; NaN where they do not. */
  #next = NaN;
  #min = Infinity;
  #max = -Infinity;
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
      if (this.#count++ === 0) {
        this.#first = value / this.#scale;
        if (value === 0 || value === 1) this.#next = value;
      }
      this.#next = value === this.#next ? value + 1 : NaN;
      const difference = value / this.#scale - this.#first;
      const distance = difference - this.#mean;
      this.#mean += distance / this.#count;
      this.#squares += distance * (difference - this.#mean);
      if (Math.trunc(value) !== value) this.#fractions++;
      if (value < this.#min) this.#min = value;
      if (value > this.#max) this.#max = value;
      if (this.#values === null) continue;
      this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
      if (this.#values.size > this.maxValues) this.#values = null;
    }
  }

  /** Numbers so far. */
  get count(): number {
    return this.#count;
  }

  /** Those of them that are not whole. */
  get fractions(): number {
    return this.#fractions;
  }

  /** Whether all of them are nearer to 0 than a limit. */
  isBelow(limit: number): boolean {
    return this.#max < limit && this.#min > -limit;
  }

  result(name: string, others: Partial<DescribedNumbers> = {}): DescribedNumbers {
    const count = this.#count;
    const known = (value: number) => (count === 0 ? NaN : value);
    return {
      name,
      kind: "number",
      missing: this.#missing,
      mean: (this.#first + this.#mean) * this.#scale,
      std: Math.sqrt(this.#squares / count) * this.#scale,
      min: known(this.#min),
      max: known(this.#max),
      values: this.#values && new Map([...this.#values].sort(([a], [b]) => a - b)),
      counts: !Number.isNaN(this.#next) && this.#missing === 0 && count > 1,
      ...{ strays: 0, stray: null, format: null, infinite: 0 },
      ...others,
    };
  }
}

/** Counts texts: indices has numbered them where they were read, and a block has these numbers as NumbersDescription has it. */
export class TextsDescription {
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

  /** @param findsBooleans whether words of yes and no are truth values */
  result(
    name: string,
    findsBooleans: boolean,
    isNumber: (text: string) => boolean,
    either = "",
  ): DescribedTexts | DescribedBooleans {
    const counted = [...this.indices].map(([text, index]) => [text, this.#counts[index] ?? 0] as const);
    const common = { name, missing: this.#missing, strays: 0, stray: null };
    const spellings = findsBooleans && !this.isFull ? booleanPair(this.indices.keys()) : null;
    if (spellings !== null) {
      const sums = [0, 0] as [number, number];
      for (const [text, count] of counted) sums[truthOf(text) as 0 | 1] += count;
      const values = new Map([["false", sums[0]] as const, ["true", sums[1]] as const]);
      return { ...common, kind: "boolean", values, spellings };
    }
    const values = this.isFull ? null : new Map(counted.sort(([a], [b]) => (a < b ? -1 : 1)));
    const examples = [...this.indices.keys()].slice(0, EXAMPLES);
    const numbers = counted.reduce((sum, [text, count]) => (isNumber(text) ? sum + count : sum), 0);
    return {
      ...common,
      kind: "text",
      ...this.first,
      values,
      examples,
      numbers,
      ...(either !== "" && { either }),
    };
  }
}
