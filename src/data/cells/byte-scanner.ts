import { CR, LF, MINUS, PLUS, SPACE, TAB, ZERO } from "../bytes/ascii.js";
import type { RecordBlock } from "../records/block.js";
import type { CellReader } from "./cell-reader.js";
import { EXACT_POWERS, MAX_POWER, WHOLE_LIMIT, wholeOf } from "./exact-digits.js";
import { parseNumber } from "./number.js";
import { readsOtherwise } from "./number-format.js";
import { raggedRow } from "./refusals.js";
import type { ScanPlan } from "./scan-plan.js";

const E_SMALL = 101;
const TO_SMALL = 32;

/**
 * Numbers of blocks without quotes. Cells that are numbers are read in place; all others as texts, to the same result: a whole number
 * up to 2^53, multiplied or divided by a power of ten up to 10^22, is rounded once, as it has to be (Clinger, How to read floating
 * point numbers accurately, 1990).
 */
export class ByteScanner {
  readonly #plan: ScanPlan;
  readonly #cells: CellReader;
  /** Numbers that may be missing cells, as their texts say. */
  readonly #sentinels: readonly number[];
  /** Whether the cells of a column are read as texts, whatever they look like. */
  readonly #isSlow: Uint8Array;

  constructor(plan: ScanPlan, cells: CellReader, missingValues: ReadonlySet<string>) {
    this.#plan = plan;
    this.#cells = cells;
    const markers = Array.from(missingValues, (text) => parseNumber(text, plan.decimal));
    this.#sentinels = markers.filter((value) => value !== null);
    this.#isSlow = Uint8Array.from(plan.names, (_, column) => {
      const format = plan.formats[column];
      const isOther = format === "boolean" || (format !== undefined && readsOtherwise(format, plan.decimal));
      return Number(isOther || plan.classes[column] !== undefined);
    });
  }

  /** Puts the numbers of a block row by row, and the line of each. The number of rows. @throws FormatError as Scanner */
  scan(block: RecordBlock, numbers: Float64Array, lines: Float64Array): number {
    const { bytes } = block;
    const { names, targets, texts, width, limit } = this.#plan;
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
        if (target >= 0) numbers[base + target] = this.#cells.read(block.textOf(start, at), column, line);
      }
      const place = texts === null ? -1 : (texts[column] as number);
      if (place >= 0) this.#cells.keep(block.textOf(start, at), place, row);
      at++;
      column++;
      if (byte === LF) {
        if (column !== columns) throw raggedRow(this.#plan, line, column);
        column = 0;
        lines[row] = line;
        row++;
        base += width;
        line++;
      } else if (column === columns) {
        throw raggedRow(this.#plan, line, column + cellsIn(bytes, at, delimiter));
      }
    }
    return row;
  }
}

/** Cells from here to the end of the line. */
function cellsIn(bytes: Uint8Array, at: number, delimiter: number): number {
  let cells = 1;
  for (let i = at; bytes[i] !== LF; i++) if (bytes[i] === delimiter) cells++;
  return cells;
}
