import { decodeText, encodeText } from "../../utf8.js";
import { type DecimalMark, parseNumber } from "../cells/number.js";
import { groupedBy, type NumberFormat, partsOf } from "../cells/number-format.js";
import type { FirstText } from "./described-column.js";
import { type FileDecimal, MarkCounts, type PlainNumbers } from "./marks.js";

/** Distinct texts that are counted. */
const MAX_TEXTS = 1000;
/** Of so many cells none was nearly a number: the column's others are not looked at. */
const HOPELESS = 1000;

/** A copy: V8 keeps all of a text alive of which a part is in use. */
export function ofItsOwn(text: string): string {
  return decodeText(encodeText(text));
}

/** How texts are written that are nearly numbers: a format, or a text whose mark separates fractions or thousands. */
export type Finding =
  /** doubt: one of the numbers where none tells whether they have thousands; "" where some do */
  { readonly format: NumberFormat; readonly doubt: string } | { readonly either: string } | null;

/** Cells of a column that are no numbers as it is read, and what they say of how its numbers are written. */
export class OtherCells {
  count = 0;
  /** Those that are numbers in some format. */
  written = 0;
  /** Those of them whose minus stands behind their digits. */
  behind = 0;
  /** Whether the minus of others stands in front. */
  #hasNegatives = false;
  /** Those that are plain numbers, but not in the column's format. */
  plain = 0;
  first: FirstText | null = null;
  readonly #texts = new Map<string, number>();
  readonly #units = new Map<string, number>();
  readonly #marks: MarkCounts;

  /** @param decimal what separates fractions in the file */
  constructor(readonly decimal: DecimalMark) {
    this.#marks = new MarkCounts(decimal);
  }

  add(text: string, line: number): void {
    this.first ??= { text: ofItsOwn(text), line };
    this.count++;
    if (this.count > HOPELESS && this.written === 0) return;
    const seen = this.#texts.get(text);
    if (seen !== undefined) this.#texts.set(text, seen + 1);
    else if (this.#texts.size < MAX_TEXTS) this.#texts.set(ofItsOwn(text), 1);
    if (parseNumber(text, this.decimal) !== null) this.plain++;
    const parts = /\d/.test(text) ? partsOf(text) : null;
    if (parts === null) return;
    const { body, unit, sign, minusBehind } = parts;
    const points = ([".", ","] as const).filter((point) => parseNumber(body, point) !== null);
    if (groupedBy(body) === null && points.length === 0) return;
    this.written++;
    if (minusBehind) this.behind++;
    else if (sign < 0) this.#hasNegatives = true;
    this.#units.set(unit, (this.#units.get(unit) ?? 0) + 1);
    this.#marks.add(body, points);
  }

  /**
   * How the numbers are written: with the unit that most have, and the marks that these show.
   *
   * @param plain the numbers that were read; known: their format, null for the file's
   */
  finding(plain: PlainNumbers, known: NumberFormat | null, file: FileDecimal): Finding {
    if (this.readable(plain, known) === 0) return null;
    const unit = [...this.#units].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    if (unit !== (known?.unit ?? "") && !this.#mayLackUnit(plain)) return null;
    const marks = this.#marks.marks(plain, known, file);
    if ("either" in marks) return marks;
    const minus = this.#haveMinusBehind(plain, known) ? ({ minusBehind: true } as const) : {};
    return { format: { ...marks, unit, ...minus }, doubt: this.#marks.doubt(marks.decimal, file) };
  }

  /** How many of them are numbers in one format: none with a minus behind its digits where the minus of others stands in front. */
  readable(plain: PlainNumbers, known: NumberFormat | null): number {
    return this.#haveMinusBehind(plain, known) ? this.written : this.written - this.behind;
  }

  #haveMinusBehind(plain: PlainNumbers, known: NumberFormat | null): boolean {
    if (known?.minusBehind === true) return true;
    return this.behind > 0 && !this.#hasNegatives && !plain.hasNegatives;
  }

  /** Whether the numbers without a unit say nothing against it: all are 0, or few. */
  #mayLackUnit(plain: PlainNumbers): boolean {
    return plain.isBelow(Number.MIN_VALUE) || areFew(plain.count, this.written);
  }

  /**
   * Whether they may count as missing beside so many numbers: a few cells, no text so often that it is a category, and no number
   * of the file, unless it lacks the unit that the others have.
   */
  areStrays(numbers: number, hasUnit: boolean): boolean {
    const all = numbers + this.count;
    if (!areFew(this.count, numbers) || (this.plain > 0 && !hasUnit)) return false;
    return [...this.#texts.values()].every((count) => count <= 3 || count <= all * CATEGORY);
  }
}

/** No larger share of cells are strays. */
const MAX_STRAYS = 0.05;

/** Whether so many cells are few beside others: a small share of all, or one beside five. */
function areFew(count: number, others: number): boolean {
  return others > 0 && (count <= (count + others) * MAX_STRAYS || (count === 1 && others >= 5));
}

/** A text in a larger share of cells, and in more than three, is a category. */
const CATEGORY = 0.02;
