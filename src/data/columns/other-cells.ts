import { decodeText, encodeText } from "../../utf8.js";
import { type DecimalMark, type GroupMark, otherThan, parseNumber } from "../csv/number.js";
import type { FirstText } from "./column-description.js";
import { groupedBy, type NumberFormat, partsOf } from "./number-format.js";

/** Distinct texts that are counted. */
const TEXTS = 1000;
/** Of so many cells none was nearly a number: the column's others are not looked at. */
const HOPELESS = 1000;

/** A copy: V8 keeps all of a text alive of which a part is in use. */
export function ofItsOwn(text: string): string {
  return decodeText(encodeText(text));
}

/** What is known of the numbers beside them. */
export interface PlainNumbers {
  readonly count: number;
  isBelow(limit: number): boolean;
}

/** How texts are written that are nearly numbers: a format, or a text whose mark separates fractions or thousands. */
export type Finding = { readonly format: NumberFormat } | { readonly either: string } | null;

/** Cells of a column that are no numbers as it is read, and what they say of how its numbers are written. */
export class OtherCells {
  count = 0;
  /** Those that are numbers in some format. */
  written = 0;
  /** Those that are plain numbers, but not in the column's format. */
  plain = 0;
  first: FirstText | null = null;
  readonly #texts = new Map<string, number>();
  readonly #units = new Map<string, number>();
  readonly #grouped = new Map<GroupMark, number>();
  /** Numbers with a fraction behind a point or a comma that separates no thousands. */
  readonly #fractions = { ".": 0, ",": 0 };
  /** Whether a mark is known to separate thousands: two of them, or a fraction behind. */
  #isSure = false;
  /** Numbers without a mark, and those of them that are too large to have none. */
  #unmarked = 0;
  #long = 0;
  #either = "";

  /** @param decimal what separates fractions in the file */
  constructor(readonly decimal: DecimalMark) {}

  add(text: string, line: number): void {
    this.first ??= { text: ofItsOwn(text), line };
    this.count++;
    if (this.count > HOPELESS && this.written === 0) return;
    const seen = this.#texts.get(text);
    if (seen !== undefined) this.#texts.set(text, seen + 1);
    else if (this.#texts.size < TEXTS) this.#texts.set(ofItsOwn(text), 1);
    if (parseNumber(text, this.decimal) !== null) this.plain++;
    const parts = /\d/.test(text) ? partsOf(text) : null;
    if (parts === null) return;
    const { body, unit } = parts;
    const mark = groupedBy(body);
    const points = ([".", ","] as const).filter((point) => parseNumber(body, point) !== null);
    if (mark === null && points.length === 0) return;
    this.written++;
    this.#units.set(unit, (this.#units.get(unit) ?? 0) + 1);
    if (mark !== null) this.#addGrouped(mark, body);
    else {
      for (const point of points) if (body.includes(point)) this.#fractions[point]++;
      this.#unmarked++;
      if (/^0*[1-9]\d{3}/.test(body)) this.#long++;
    }
  }

  #addGrouped(mark: GroupMark, body: string): void {
    this.#grouped.set(mark, (this.#grouped.get(mark) ?? 0) + 1);
    if (mark === "," || mark === ".") {
      const other = otherThan(mark);
      if (body.includes(other)) this.#fractions[other]++;
      if (body.split(mark).length > 2) this.#isSure = true;
      if (this.#either === "" && !body.includes(other)) this.#either = body;
    } else if (body.includes(".")) this.#fractions["."]++;
    else if (body.includes(",")) this.#fractions[","]++;
  }

  /**
   * How the numbers are written. Marks of thousands are certain where a number has two of them or a fraction behind, where all
   * others are too small to have one, and where the decimal was asked for.
   *
   * @param plain those that were read as numbers; point: what separates their fractions
   */
  finding(plain: PlainNumbers, { decimal: point, unit: known }: NumberFormat, isAskedFor: boolean): Finding {
    if (this.written === 0) return null;
    const unit = [...this.#units].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
    if (plain.count > 0 && unit !== known) return null;
    const found = this.#marks(plain, point, isAskedFor);
    if (found === null) return { either: this.#either };
    return isAskedFor && found.decimal !== point ? null : { format: { ...found, unit } };
  }

  /** null where a mark may separate fractions or thousands. */
  #marks(plain: PlainNumbers, point: DecimalMark, isAskedFor: boolean): Omit<NumberFormat, "unit"> | null {
    const [mark = null] = [...this.#grouped.keys()];
    const { ".": points, ",": commas } = this.#fractions;
    const decimal = commas === points ? point : commas > points ? "," : ".";
    if (mark === null) return { decimal, thousands: "" };
    if (mark === " " || mark === "'") return { decimal, thousands: mark };
    if (this.#fractions[mark] > 0) return { decimal: mark, thousands: "" };
    const other = otherThan(mark);
    const areSmall = plain.isBelow(1000) && this.#long === 0 && plain.count + this.#unmarked > 0;
    const isSure = this.#isSure || this.#fractions[other] > 0 || areSmall || (isAskedFor && point === other);
    return isSure ? { decimal: other, thousands: mark } : null;
  }

  /**
   * Whether they may count as missing beside so many numbers: a few cells, none of them a number in another format, and no text
   * so often that it is a category.
   */
  areStrays(numbers: number): boolean {
    const all = numbers + this.count;
    const areFew = this.count <= all * STRAYS || (this.count === 1 && numbers >= 5);
    if (numbers === 0 || !areFew || this.plain > 0) return false;
    return [...this.#texts.values()].every((count) => count <= 3 || count <= all * CATEGORY);
  }
}

/** No larger share of cells are strays. */
const STRAYS = 0.05;
/** A text in a larger share of cells, and in more than three, is a category. */
const CATEGORY = 0.02;

/** The format of numbers that have none. */
export function plainFormat(decimal: DecimalMark): NumberFormat {
  return { decimal, thousands: "", unit: "" };
}
