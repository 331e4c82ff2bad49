import { newArray } from "../../array.js";
import { pluralize, Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import type { RecordBlock } from "../csv/block.js";
import { type CsvSettings, someOf } from "../csv/csv-options.js";
import { type DecimalMark, parseNumber, trimmed } from "../csv/number.js";
import { type Cells, isBlankRecord, lineCount } from "../csv/records.js";
import { missingCell, whereIs } from "./cell.js";
import { type NumberFormat, parseFormatted, readsOtherwise, unmarked } from "./number-format.js";
import { parseOtherwise } from "./other-formats.js";
import { isInfinite, isMissingNumber, truthOf } from "./special-cells.js";

/** What becomes of the columns of a file. */
export interface ScanPlan {
  readonly names: readonly string[];
  /** What may help where a row has more or fewer cells. */
  readonly advice: string;
  readonly delimiter: string;
  readonly decimal: DecimalMark;
  /** targets[c] is the place of column c in a row of numbers, or -1 where it is left aside. */
  readonly targets: Int32Array;
  /** texts[c] is the place of column c in a row of texts, or -1; null where no column is wanted as such. */
  readonly texts: Int32Array | null;
  /** Numbers in a row. */
  readonly width: number;
  /** classes[c] has the numbers that the texts of column c stand for; onText may add to it. */
  readonly classes: readonly (ReadonlyMap<string, number> | undefined)[];
  /** formats[c] is how the numbers of column c are written, or "boolean"; undefined: digits, with the decimal. */
  readonly formats: readonly (NumberFormat | "boolean" | undefined)[];
  /** Whether a number that is written otherwise than its column's are is read where it can be but one. */
  readonly takesOtherFormats: boolean;
  /** Whether cells such as - and inf are missing where numbers are wanted. */
  readonly takesSpecial: boolean;
  /** A cell that says so large a number, or a larger one, is none. */
  readonly limit: number;
  /** Whether a missing cell is NaN, or refused. */
  readonly allowsMissing: boolean;
  /** What a cell stands for that is no number, or none of its column's classes: NaN as one that is missing; null: it is refused. */
  readonly onText: ((column: number, text: string, line: number) => number) | null;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const E_SMALL = 101;
const TO_SMALL = 32;

/** Powers of ten that float64 has exactly. */
const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const MAX_POWER = 22;
/** Below this float64 has every whole number, and one that is rounded is none of them. */
const WHOLE_LIMIT = 2 ** 53;

/**
 * Numbers of blocks, row by row. Cells of bytes that are numbers are read in place; all others as texts, to the same result:
 * a whole number up to 2^53, multiplied or divided by a power of ten up to 10^22, is rounded once, as it has to be (Clinger, How to
 * read floating point numbers accurately, 1990).
 */
export class Scanner {
  /** Of the block scanned last: rows × plan.width, and whatever is behind. */
  numbers = new Float64Array(0);
  /** Cells of the block scanned last as they are written, by row and place. */
  texts: string[][] = [];
  /** Of the rows of the block scanned last: the line in which each begins, from 1, and whatever is behind. */
  lines = new Float64Array(0);
  /** Missing cells of the block scanned last. */
  missing = 0;
  /** Of the file so far, cells such as inf by column. */
  readonly infinite: number[] = [];
  /** Numbers in a row. */
  readonly width: number;
  readonly #plan: ScanPlan;
  readonly #settings: CsvSettings;
  /** Numbers that may be missing cells, as their texts say. */
  readonly #sentinels: readonly number[];
  /** Whether the cells of a column are read as texts, whatever they look like. */
  readonly #isSlow: Uint8Array;

  constructor(plan: ScanPlan, settings: CsvSettings) {
    this.#plan = plan;
    this.width = plan.width;
    this.#settings = settings;
    const markers = Array.from(settings.missingValues, (text) => parseNumber(text, plan.decimal));
    this.#sentinels = markers.filter((value) => value !== null);
    this.#isSlow = Uint8Array.from(plan.names, (_, column) => {
      const format = plan.formats[column];
      const isOther = format === "boolean" || (format !== undefined && readsOtherwise(format, plan.decimal));
      return Number(isOther || plan.classes[column] !== undefined);
    });
  }

  /** The number of rows. @throws FormatError for a row of more or fewer cells than columns, and as the plan says */
  scan(block: RecordBlock): number {
    this.missing = 0;
    this.texts = [];
    const { names, width } = this.#plan;
    // No record has fewer bytes than cells, each ended by a delimiter or LF.
    const most = block.records?.length ?? Math.ceil(block.bytes.length / names.length);
    if (this.numbers.length < most * width) this.numbers = newArray(Float64Array, most * width);
    if (this.lines.length < most) this.lines = newArray(Float64Array, most);
    return block.records === null ? this.#scanBytes(block) : this.#scanRecords(block.records, block.line);
  }

  #scanRecords(records: readonly Cells[], firstLine: number): number {
    const { names, targets, texts, width } = this.#plan;
    let [row, line] = [0, firstLine];
    for (const cells of records) {
      if (!isBlankRecord(cells)) {
        if (cells.length !== names.length) throw this.#ragged(line, cells.length);
        for (let column = 0; column < cells.length; column++) {
          const place = texts === null ? -1 : (texts[column] as number);
          if (place >= 0) this.#keep(cells[column] as string, place, row);
          const target = targets[column] as number;
          if (target < 0) continue;
          this.numbers[row * width + target] = this.#valueOf(cells[column] as string, column, line);
        }
        this.lines[row] = line;
        row++;
      }
      line += lineCount([cells]);
    }
    return row;
  }

  #scanBytes(block: RecordBlock): number {
    const { bytes } = block;
    const { names, targets, texts, width, limit } = this.#plan;
    const { numbers, lines } = this;
    const columns = names.length;
    const sentinels = this.#sentinels;
    const isSlow = this.#isSlow;
    const delimiter = this.#plan.delimiter.charCodeAt(0);
    const point = this.#plan.decimal.charCodeAt(0);
    const tab = delimiter === TAB ? SPACE : TAB;
    const space = delimiter === SPACE ? TAB : SPACE;
    const end = bytes.length;
    let row = 0;
    let line = block.line;
    let column = 0;
    let base = 0;
    for (let at = 0; at < end; ) {
      let byte = bytes[at] as number;
      while (byte === space || byte === tab) byte = bytes[++at] as number;
      const start = at;
      const target = targets[column] as number;
      if (column === 0 && (byte === LF || byte === CR)) {
        let lineEnd = at;
        while (byte === CR || byte === space || byte === tab) byte = bytes[++lineEnd] as number;
        if (byte === LF) {
          at = lineEnd + 1;
          line++;
          continue;
        }
        byte = bytes[at] as number;
      }
      let isNumber = false;
      if (target >= 0 && isSlow[column] === 0) {
        const negative = Number(byte === MINUS); // no branch: signs are hard to foresee (measured: a sixth faster)
        at += negative;
        if (byte === PLUS) at++;
        byte = bytes[at] as number;
        const digitsStart = at;
        let few = 0; // the whole number of the first nine digits, which int32 has
        for (let digit = byte - ZERO; digit >>> 0 < 10; digit = (bytes[++at] as number) - ZERO)
          few = (Math.imul(few, 10) + digit) | 0;
        let digits = at - digitsStart;
        let power = 0;
        if (bytes[at] === point) {
          const fractionStart = ++at;
          for (
            let digit = (bytes[at] as number) - ZERO;
            digit >>> 0 < 10;
            digit = (bytes[++at] as number) - ZERO
          )
            few = (Math.imul(few, 10) + digit) | 0;
          power = fractionStart - at;
          digits -= power;
        }
        const digitsEnd = at;
        isNumber = digits > 0;
        if (((bytes[at] as number) | TO_SMALL) === E_SMALL) {
          const sign = bytes[++at] as number;
          if (sign === MINUS || sign === PLUS) at++;
          let exponent = 0;
          const exponentStart = at;
          for (
            let digit = (bytes[at] as number) - ZERO;
            digit >>> 0 < 10;
            digit = (bytes[++at] as number) - ZERO
          )
            exponent = exponent * 10 + digit;
          isNumber = isNumber && at > exponentStart;
          power += sign === MINUS ? -exponent : exponent;
        }
        const numberEnd = at;
        byte = bytes[at] as number;
        while (byte === space || byte === tab) byte = bytes[++at] as number;
        if (byte === CR && bytes[at + 1] === LF) byte = bytes[++at] as number;
        isNumber = isNumber && (byte === delimiter || byte === LF);
        if (isNumber) {
          let value: number;
          const whole = digits < 10 ? few : wholeOf(bytes, digitsStart, digitsEnd);
          if (whole < WHOLE_LIMIT && power >= -MAX_POWER && power <= MAX_POWER) {
            value = power < 0 ? whole / EXACT_POWERS[-power]! : whole * EXACT_POWERS[power]!;
            value *= 1 - 2 * negative;
          } else {
            value = Number(block.textOf(start, numberEnd).replace(",", "."));
            isNumber = Math.abs(value) < limit;
          }
          if (sentinels.length > 0 && sentinels.includes(value)) isNumber = false;
          numbers[base + target] = value;
        }
      }
      if (!isNumber) {
        // To the end of the cell.
        at = start;
        byte = bytes[at] as number;
        while (byte !== delimiter && byte !== LF) byte = bytes[++at] as number;
        if (target >= 0) numbers[base + target] = this.#valueOf(block.textOf(start, at), column, line);
      }
      const place = texts === null ? -1 : (texts[column] as number);
      if (place >= 0) this.#keep(block.textOf(start, at), place, row);
      at++;
      column++;
      if (byte === LF) {
        if (column !== columns) throw this.#ragged(line, column);
        column = 0;
        lines[row] = line;
        row++;
        base += width;
        line++;
      } else if (column === columns) {
        throw this.#ragged(line, column + cellsIn(bytes, at, delimiter));
      }
    }
    return row;
  }

  #keep(cell: string, place: number, row: number): void {
    this.texts[row] ??= [];
    this.texts[row][place] = unmarked(trimmed(cell));
  }

  /** What a cell stands for: a number or a class, or NaN where it is missing. */
  #valueOf(cell: string, column: number, line: number): number {
    const { names, classes, limit, allowsMissing, onText, takesSpecial } = this.#plan;
    const name = names[column] as string;
    const read = trimmed(cell);
    const indices = classes[column];
    const index = indices?.get(read);
    if (index !== undefined) return index;
    const value = indices === undefined ? this.#numberIn(read, column) : null;
    const text = unmarked(read);
    const isMissing = this.#settings.missingValues.has(text);
    if (value !== null && !isMissing && Math.abs(value) < limit) return value;
    if (isMissing || (takesSpecial && indices === undefined && isMissingNumber(text))) {
      if (!allowsMissing) throw missingCell(line, name, text);
      this.missing++;
      if (!isMissing && isInfinite(text)) this.infinite[column] = (this.infinite[column] ?? 0) + 1;
      return NaN;
    }
    if (onText !== null) {
      const given = onText(column, text, line);
      if (Number.isNaN(given)) this.missing++;
      return given;
    }
    const truth = this.#plan.formats[column] === "boolean" ? "a word of yes or no" : "a number";
    const expected = indices === undefined ? truth : `one of its classes ${someOf([...indices.keys()]).text}`;
    throw malformed(whereIs(line, name), expected, text);
  }

  #numberIn(text: string, column: number): number | null {
    const { formats, decimal, takesOtherFormats } = this.#plan;
    const format = formats[column];
    if (format === "boolean") return truthOf(text);
    const value = format === undefined ? parseNumber(text, decimal) : parseFormatted(text, format);
    if (value !== null || !takesOtherFormats) return value;
    return parseOtherwise(text, format ?? { decimal, thousands: "", unit: "" });
  }

  #ragged(line: number, cells: number): FormatError {
    const { names, advice } = this.#plan;
    return malformed(`line ${line}`, pluralize(names.length, "cell"), new Verbatim(`${cells}${advice}`));
  }
}

/** The whole number that digits say, among which there may be a point: exact below WHOLE_LIMIT. */
function wholeOf(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit >>> 0 < 10) whole = whole * 10 + digit;
  }
  return whole;
}

/** Cells from here to the end of the line. */
function cellsIn(bytes: Uint8Array, at: number, delimiter: number): number {
  let cells = 1;
  for (let i = at; bytes[i] !== LF; i++) if (bytes[i] === delimiter) cells++;
  return cells;
}
