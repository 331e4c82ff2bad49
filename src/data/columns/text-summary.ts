import { booleanPair, truthOf } from "../cells/special-cells.js";
import type { DescribedBooleans, DescribedTexts, FirstText } from "./described-column.js";

/** Distinct values that a description gives where they are not all listed. */
const MAX_EXAMPLES = 100;

/** Counts texts: indices has numbered them where they were read, and a block has these numbers as NumberSummary has it. */
export class TextSummary {
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
    const examples = [...this.indices.keys()].slice(0, MAX_EXAMPLES);
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
