import type { Owned } from "../../array.js";
import { newArray } from "../../array.js";
import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import type { Chunk } from "../bytes/chunk-encoder.js";
import { EncodingError } from "../bytes/encoding.js";
import { type DecimalMark, parseNumber, trimmed } from "../cells/number.js";
import { parseFormatted } from "../cells/number-format.js";
import { missingCell } from "../cells/refusals.js";
import { Scanner, type ScanPlan } from "../cells/scanner.js";
import { type CsvSettings, checkHas, noTableRows } from "../csv-options.js";
import type { Head } from "../layout/opening.js";
import type { RecordBlock } from "../records/block.js";
import { CsvReader } from "../records/csv-reader.js";
import { isBlankRecord, lineCount, parseRecords } from "../records/records.js";
import { NumbersDescription } from "./described-column.js";
import type { FileDecimal } from "./marks.js";
import { OtherCells } from "./other-cells.js";

/** One column: numbers where all its cells are, texts otherwise. */
export type Column = Owned<Float64ArrayConstructor> | readonly string[];

export interface ColumnsSettings extends CsvSettings {
  /** Those to be read, or null for all. */
  readonly columns: readonly string[] | null;
  readonly maxRows: number;
  readonly allowsMissing: boolean;
}

/** What a file says about the columns that were to be read. */
export interface ReadColumns {
  readonly rows: number;
  /** By name, in the order of the file. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Of each column of texts, the first cell that is no number, for messages. */
  readonly texts: ReadonlyMap<string, Verbatim>;
  /** Missing cells: NaN among numbers, "" among texts. */
  readonly missing: number;
  /** 1 for each row that has one. */
  readonly incomplete: Uint8Array;
}

/**
 * The columns of a file. All of it is read as numbers; then once more, for the columns that turned out to be texts, whose first
 * cells may have looked like numbers.
 */
export function readColumns(file: Chunk, settings: ColumnsSettings): ReadColumns {
  try {
    return readIn(file, settings);
  } catch (error) {
    if (!(error instanceof EncodingError) || settings.encoding !== null) throw error;
    return readIn(file, { ...settings, encoding: "windows-1252" });
  }
}

function readIn(bytes: Chunk, settings: ColumnsSettings): ReadColumns {
  const { names, rows, columns, texts, head } = readNumbers(bytes, settings);
  const incomplete = new Uint8Array(rows);
  let missing = 0;
  const countMissing = (row: number) => {
    incomplete[row] = 1;
    missing++;
  };
  for (const column of columns.values())
    column.forEach((value, row) => {
      if (Number.isNaN(value)) countMissing(row);
    });
  const others = texts.size === 0 ? null : readTexts(bytes, settings, [...texts.keys()], countMissing);
  const file = { asked: settings.decimal, isShown: head.showsDecimal };
  for (const [name, cells] of others ?? []) {
    const numbers = writtenNumbers(cells, head.decimal, file);
    if (numbers === null) continue;
    columns.set(name, numbers);
    texts.delete(name);
  }
  const inOrder = names.map((name): [string, Column] => [name, (columns.get(name) ?? others?.get(name))!]);
  return { rows, columns: new Map(inOrder), texts, missing, incomplete };
}

/** The numbers of a column that has them in one format, and "" where they are missing; null for any other. */
function writtenNumbers(
  cells: readonly string[],
  decimal: DecimalMark,
  file: FileDecimal,
): Owned<Float64ArrayConstructor> | null {
  const others = new OtherCells(decimal);
  const plain = new NumbersDescription(0);
  for (const text of cells) {
    const value = parseNumber(text, decimal);
    if (value === null && text !== "") others.add(text, 0);
    if (others.written < others.count) return null;
    if (value !== null) plain.add(Float64Array.of(value), 0, 1, 1);
  }
  const finding = others.finding(plain, null, file);
  if (finding === null || !("format" in finding)) return null;
  const numbers = newArray(Float64Array, cells.length);
  for (const [row, text] of cells.entries()) {
    const value = text === "" ? NaN : parseFormatted(text, finding.format);
    if (value === null) return null;
    numbers[row] = value;
  }
  return numbers;
}

/** The same columns with these rows only. */
export function selectRows(columns: ReadColumns["columns"], rows: readonly number[]): Map<string, Column> {
  const select = (column: Column) =>
    column instanceof Float64Array
      ? Float64Array.from(rows, (row) => column[row] as number)
      : rows.map((row) => column[row] as string);
  return new Map(Array.from(columns, ([name, column]) => [name, select(column)]));
}

function readNumbers(bytes: Chunk, settings: ColumnsSettings) {
  const blocks = new CsvReader(settings);
  const texts = new Map<string, Verbatim>();
  const pieces: Float64Array[][] = [];
  let [rows, names] = [0, [] as readonly string[]];
  let scanner: Scanner | null = null;
  let plan: ScanPlan | null = null;
  for (const block of blocksOf(blocks, bytes)) {
    if (plan === null || scanner === null) {
      names = chosen(blocks.head, settings.columns);
      plan = planOf(blocks, names, settings, texts);
      scanner = new Scanner(plan, settings);
    }
    const count = scanner.scan(block);
    rows += count;
    if (rows > settings.maxRows)
      throw malformed("file", `at most ${pluralize(settings.maxRows, "row")}`, new Verbatim("more"));
    const { numbers } = scanner;
    names.forEach((name, place) => {
      pieces[place] ??= [];
      if (texts.has(name)) return;
      const piece = newArray(Float64Array, count);
      for (let row = 0; row < count; row++) piece[row] = numbers[row * names.length + place] as number;
      pieces[place].push(piece);
    });
  }
  if (rows === 0) throw noTableRows(blocks.head.names);
  const columns = new Map<string, Owned<Float64ArrayConstructor>>();
  names.forEach((name, place) => {
    if (!texts.has(name)) columns.set(name, joined(pieces[place] as Float64Array[], rows));
    pieces[place] = [];
  });
  return { names, rows, columns, texts, head: blocks.head };
}

/** Every chosen column as numbers, until a cell shows that it is one of texts. */
function planOf(
  { head: { names, advice, delimiter, decimal } }: CsvReader,
  chosenNames: readonly string[],
  { allowsMissing }: ColumnsSettings,
  texts: Map<string, Verbatim>,
): ScanPlan {
  const places = new Map(chosenNames.map((name, place) => [name, place]));
  const targets = Int32Array.from(names, (name) => places.get(name) ?? -1);
  const onText = (column: number, text: string, line: number) => {
    targets[column] = -1;
    texts.set(names[column] as string, new Verbatim(`${JSON.stringify(text.slice(0, 40))} in line ${line}`));
    return NaN;
  };
  const classes = names.map(() => undefined);
  const width = chosenNames.length;
  const limit = Infinity;
  const read = { classes, formats: [], takesSpecial: false, takesOtherFormats: false };
  return {
    names,
    advice,
    delimiter,
    decimal,
    targets,
    texts: null,
    width,
    ...read,
    limit,
    allowsMissing,
    onText,
  };
}

/** The names that were asked for, in the order of the file. */
function chosen({ names, advice }: Head, wanted: readonly string[] | null): readonly string[] {
  if (wanted === null) return names;
  checkHas(names, wanted, advice);
  const chosen = new Set(wanted);
  return names.filter((name) => chosen.has(name));
}

function placesOf(wanted: readonly string[], names: readonly string[]): number[] {
  const places = new Map(names.map((name, place) => [name, place]));
  return wanted.map((name) => places.get(name) as number);
}

function readTexts(
  bytes: Chunk,
  settings: ColumnsSettings,
  wanted: readonly string[],
  countMissing: (row: number) => void,
): Map<string, string[]> {
  const columns = new Map(wanted.map((name): [string, string[]] => [name, []]));
  const blocks = new CsvReader(settings);
  let row = 0;
  let places: readonly number[] | null = null;
  for (const block of blocksOf(blocks, bytes)) {
    const { names, delimiter } = blocks.head;
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

function* blocksOf(blocks: CsvReader, bytes: Chunk): Generator<RecordBlock> {
  yield* blocks.feed(bytes);
  yield* blocks.end();
}

function joined(pieces: readonly Float64Array[], length: number): Owned<Float64ArrayConstructor> {
  const whole = newArray(Float64Array, length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
