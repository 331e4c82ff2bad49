import type { DescribedNumbers } from "./described-column.js";

/** What a column's scale grows by: the square of a number of up to this, and of its last digit, is far from float64's ends. */
const STEP = 2 ** 256;

/**
 * Sums up numbers block by block. In add, they are every width-th of a block's, rows of them, from first on.
 *
 * Mean and deviation are those of differences from the first number, so that digits are not lost where numbers are large and
 * near each other, and of numbers over a scale, a power of two, so that no square overflows or is lost.
 */
export class NumberSummary {
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

  get hasNegatives(): boolean {
    return this.#min < 0;
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
