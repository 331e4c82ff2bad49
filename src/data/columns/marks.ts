/** Which mark separates fractions in a column of numbers, and which separates thousands. */

import { type DecimalMark, type GroupMark, otherThan } from "../cells/number.js";
import { groupedBy, type NumberFormat } from "../cells/number-format.js";

/** What is known of the numbers that a column was read as. */
export interface PlainNumbers {
  readonly count: number;
  /** Those that are not whole. */
  readonly fractions: number;
  /** Whether some are below 0. */
  readonly hasNegatives: boolean;
  isBelow(limit: number): boolean;
}

/** What is known of the file's decimal. */
export interface FileDecimal {
  /** What separates fractions for certain: as was asked for, or as other columns show; null where nothing says so. */
  readonly asked: DecimalMark | null;
  /** Whether numbers of the file show that it is none of thousands, as 2.5 and 0.125 do. */
  isShown(): boolean;
}

/** The marks; or a number, where one of its marks may separate either. */
export type Marks = Omit<NumberFormat, "unit"> | { readonly either: string };

/** Of so many numbers one may be mistyped: a smaller share of them says nothing about the others. */
const MISTYPED = 0.05;

/** Counts the marks in the numbers of a column that are written otherwise than its file's. */
export class MarkCounts {
  /** Numbers with a fraction for certain, by the mark in front of it. */
  readonly #fractions = { ".": 0, ",": 0 };
  /** Numbers such as 1,885, whose one mark may separate fractions or thousands, by the mark, and the first of them. */
  readonly #either = { ".": 0, ",": 0 };
  readonly #examples = { ".": "", ",": "" };
  /** Numbers such as 1,234,567, and whether a mark is known to separate thousands, as in 1,885.5 too. */
  readonly #thousands = { ".": 0, ",": 0 };
  readonly #isSure = { ".": false, ",": false };
  #spaced: " " | "'" | null = null;
  /** Numbers without marks of thousands, and those of them that are too large to have none. */
  #unmarked = 0;
  #long = 0;

  /** @param decimal what separates fractions in the file */
  constructor(readonly decimal: DecimalMark) {}

  /** @param points the marks with which the digits are a number without thousands */
  add(body: string, points: readonly DecimalMark[]): void {
    const mark = groupedBy(body);
    if (mark === null) {
      for (const point of points) if (body.includes(point)) this.#fractions[point]++;
      this.#unmarked++;
      if (/^0*[1-9]\d{3}/.test(body)) this.#long++;
    } else if (mark === "," || mark === ".") this.#addGrouped(mark, body);
    else {
      this.#spaced ??= mark;
      const point = ([".", ","] as const).find((each) => body.includes(each));
      if (point !== undefined) this.#fractions[point]++;
    }
  }

  #addGrouped(mark: DecimalMark, body: string): void {
    const other = otherThan(mark);
    const hasFraction = body.includes(other);
    if (hasFraction) this.#fractions[other]++;
    if (hasFraction || body.split(mark).length > 2) {
      if (!hasFraction) this.#thousands[mark]++;
      this.#isSure[mark] = true;
      return;
    }
    this.#either[mark]++;
    this.#examples[mark] ||= body;
  }

  /**
   * What the marks separate. The file's decimal separates thousands only where enough numbers say so for certain: numbers that
   * are written with it as the file has it were read as fractions, and are not among those that were counted.
   *
   * @param plain the numbers that were read; known: their format, null for the file's
   */
  marks(plain: PlainNumbers, known: NumberFormat | null, file: FileDecimal): Marks {
    const own = this.decimal;
    const decimal = this.#decimal(plain, known, file);
    if (decimal === null) return { either: this.#examples[own] };
    if (decimal === "unseen") return { decimal: otherThan(own), thousands: "" };
    return this.#withThousands(decimal, plain, file.asked !== null);
  }

  /** The first number whose mark may separate thousands as well, where none tells that it separates fractions; else "". */
  doubt(decimal: DecimalMark, file: FileDecimal): string {
    const own = this.decimal;
    const isTold =
      decimal !== own ||
      file.asked !== null ||
      this.#fractions[own] > 0 ||
      this.#thousands[otherThan(own)] > 0;
    return isTold || file.isShown() ? "" : this.#examples[own];
  }

  /** "unseen" where numbers speak against the file's decimal: then those that were read with it are to be seen, too. */
  #decimal(
    plain: PlainNumbers,
    known: NumberFormat | null,
    file: FileDecimal,
  ): DecimalMark | "unseen" | null {
    const own = this.decimal;
    const other = otherThan(own);
    const isOwn = (known?.decimal ?? own) === own;
    const forOther = this.#fractions[other] + this.#thousands[own] + (isOwn ? 0 : plain.fractions);
    const forOwn = this.#fractions[own] + this.#thousands[other] + (isOwn ? plain.fractions : 0);
    const either = this.#either[own];
    if (file.asked !== null) return file.asked;
    if (forOther === 0) return own;
    if (forOwn + either === 0) return other;
    if (isOwn && plain.fractions > 0) return known === null ? "unseen" : own;
    if (forOwn > 0) return forOwn + either >= forOther ? own : other;
    const isEnough = file.isShown()
      ? forOther >= either
      : this.#isSure[own] || forOther > MISTYPED * (forOther + either);
    return isEnough ? other : null;
  }

  #withThousands(decimal: DecimalMark, plain: PlainNumbers, isAskedFor: boolean): Marks {
    if (this.#spaced !== null) return { decimal, thousands: this.#spaced };
    const mark: GroupMark = otherThan(decimal);
    if (!this.#isSure[mark] && this.#either[mark] === 0) return { decimal, thousands: "" };
    const areSmall = plain.isBelow(1000) && this.#long === 0 && plain.count + this.#unmarked > 0;
    const isSure = this.#isSure[mark] || this.#fractions[decimal] > 0 || areSmall || isAskedFor;
    // Where the decimal is not the file's, it was decided before that there are enough of them.
    return isSure || decimal !== this.decimal
      ? { decimal, thousands: mark }
      : { either: this.#examples[mark] };
  }
}
