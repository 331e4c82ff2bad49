/** Columns with other cells than plain numbers: texts, or numbers in one format. */
import type { Owned } from "../../array.js";
import { newArray } from "../../array.js";
import type { Chunk } from "../bytes/chunk-encoder.js";
import { type DecimalMark, parseNumber, trimmed } from "../cells/number.js";
import { parseFormatted } from "../cells/number-format.js";
import { missingCell } from "../cells/refusals.js";
import { CsvReader } from "../records/csv-reader.js";
import { isBlankRecord, lineCount, parseRecords } from "../records/records.js";
import { kindOf, PLAIN_NUMBERS } from "./column-kind.js";
import type { FileDecimal } from "./marks.js";
import type { ColumnsSettings } from "./number-columns.js";
import { NumberSummary } from "./number-summary.js";
import { OtherCells } from "./other-cells.js";

/** The cells of some columns, "" where they are missing. */
export function readTexts(
  bytes: Chunk,
  settings: ColumnsSettings,
  wanted: readonly string[],
  countMissing: (row: number) => void,
): Map<string, string[]> {
  const columns = new Map(wanted.map((name): [string, string[]] => [name, []]));
  const reader = new CsvReader(settings);
  let row = 0;
  let places: readonly number[] | null = null;
  for (const block of reader.readAll(bytes)) {
    const { names, delimiter } = reader.head;
    places ??= placesOf(wanted, names);
    const indices = places;
    let { line } = block;
    for (const cells of block.records ?? parseRecords(block.text, delimiter).records) {
      if (!isBlankRecord(cells)) {
        wanted.forEach((name, i) => {
          const text = trimmed(cells[indices[i] as number] as string);
          const isMissing = settings.missingValues.has(text);
          if (isMissing && !settings.allowsMissing) throw missingCell(line, name, text);
          if (isMissing) countMissing(row);
          (columns.get(name) as string[]).push(isMissing ? "" : text);
        });
        row++;
      }
      line += lineCount([cells]);
    }
  }
  return columns;
}

function placesOf(wanted: readonly string[], names: readonly string[]): number[] {
  const places = new Map(names.map((name, place) => [name, place]));
  return wanted.map((name) => places.get(name) as number);
}

/** The numbers of a column that has them in one format, and "" where they are missing; null for any other. */
export function writtenNumbers(
  cells: readonly string[],
  decimal: DecimalMark,
  file: FileDecimal,
): Owned<Float64ArrayConstructor> | null {
  const others = new OtherCells(decimal);
  const plain = new NumberSummary(0);
  for (const text of cells) {
    const value = parseNumber(text, decimal);
    if (value === null && text !== "") others.add(text, 0);
    if (others.written < others.count) return null;
    if (value !== null) plain.add(Float64Array.of(value), 0, 1, 1);
  }
  const kind = kindOf(PLAIN_NUMBERS, plain, others, true, { ...file, tolerates: "format" });
  const format = kind.kind === "number" ? kind.format : null;
  if (format === null) return null;
  const numbers = newArray(Float64Array, cells.length);
  for (const [row, text] of cells.entries()) {
    const value = text === "" ? NaN : parseFormatted(text, format);
    if (value === null) return null;
    numbers[row] = value;
  }
  return numbers;
}
