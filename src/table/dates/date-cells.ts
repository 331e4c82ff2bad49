import { parseDate } from "./forms.js";
import { partNumbers } from "./parts.js";
import type { DateInput } from "./survey.js";

/** Reads the cells of a column of dates as numbers for a model, a chunk of rows after the other. */
export class DateCells {
  readonly #input: DateInput;
  readonly #means: Float64Array;
  /** What the texts of the chunk become that are not missing; null for those that are no dates. */
  readonly #known = new Map<string, readonly number[] | null>();

  constructor(input: DateInput) {
    this.#input = input;
    this.#means = Float64Array.from(input.means);
  }

  get width(): number {
    return this.#means.length;
  }

  /** Takes the text of a cell that is not missing. @returns whether it is a date */
  see(text: string): boolean {
    const known = this.#known.get(text);
    if (known !== undefined) return known !== null;
    const { form, parts } = this.#input;
    const moment = parseDate(text, form);
    this.#known.set(text, moment === null ? null : partNumbers(parts, moment));
    return moment !== null;
  }

  /**
   * Writes the numbers of a cell, or what stands for a missing one: a text that was not seen counts as missing, even if it looks
   * like a date, as 1900-01-01 does.
   *
   * @returns whether it is a date
   */
  write(text: string, x: Float32Array, at: number): boolean {
    const numbers = this.#known.get(text) ?? null;
    x.set(numbers ?? this.#means, at);
    return numbers !== null;
  }

  /** Forgets the texts of a chunk. */
  endChunk(): void {
    this.#known.clear();
  }
}
