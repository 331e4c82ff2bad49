/**
 * A course of finite numbers, of any length, as a curve of a limited number of points. Points come in pairs, which stand for
 * as many neighbouring numbers each: the minimum and the maximum of them, in the order in which they came. Where there are too
 * many pairs, every two become one.
 */
export class Thinned {
  readonly #pairs: number;
  /** Numbers to a pair: all but the last have so many. */
  #width = 2;
  /** In the last pair. */
  #filled = 2;
  #points: number[] = [];
  #length = 0;
  #first = Number.NaN;
  #last = Number.NaN;

  /** @param pairs the maximum number of them: even */
  constructor(pairs = 500) {
    this.#pairs = pairs;
  }

  /** How many numbers there were. */
  get length(): number {
    return this.#length;
  }

  get first(): number {
    return this.#first;
  }

  /** The latest number. */
  get last(): number {
    return this.#last;
  }

  push(value: number): void {
    if (this.#filled === this.#width) {
      if (this.#points.length === 2 * this.#pairs) this.#halve();
      this.#filled = 0;
    }
    if (this.#length++ === 0) this.#first = value;
    this.#last = value;
    if (++this.#filled <= 2) this.#points.push(value);
    else this.#points.push(...extremes(this.#points.splice(-2) as Pair, value));
  }

  /** The points of the curve, at ascending places among the numbers; the latest number is the last of them. */
  curve(): { at: number[]; values: number[] } {
    const at = this.#points.map((_, i) => (i * this.#width) / 2);
    const start = this.#length - this.#filled;
    if (this.#filled > 1 && at.length > 0) at[at.length - 1] = start + (this.#filled >> 1);
    if (this.#filled <= 2) return { at, values: [...this.#points] };
    return { at: [...at, this.#length - 1], values: [...this.#points, this.#last] };
  }

  #halve(): void {
    const points = this.#points;
    this.#width *= 2;
    this.#points = [];
    for (let i = 0; i < points.length; i += 4) {
      const [a, b, c, d] = points.slice(i, i + 4) as [number, number, number, number];
      this.#points.push(...extremes(extremes([a, b], c), d));
    }
  }
}

type Pair = [number, number];

/** The minimum and the maximum of a pair and what comes after it, in order. */
function extremes(pair: Pair, value: number): Pair {
  if (value < Math.min(...pair)) return [Math.max(...pair), value];
  if (value > Math.max(...pair)) return [Math.min(...pair), value];
  return pair;
}
