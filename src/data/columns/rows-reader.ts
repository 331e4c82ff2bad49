import type { Owned } from "../../array.js";
import { newArray } from "../../array.js";
import { Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import type { Chunk } from "../bytes/chunk-encoder.js";
import type { NumberFormat } from "../cells/number-format.js";
import { missingCell } from "../cells/refusals.js";
import { scanPlan } from "../cells/scan-plan.js";
import { Scanner } from "../cells/scanner.js";
import { checkHas, noTableRows } from "../column-names.js";
import type { CsvSettings } from "../csv-options.js";
import type { Head } from "../layout/opening.js";
import type { RecordBlock } from "../records/block.js";
import { CsvReader } from "../records/csv-reader.js";

/** Rows of a file, in order: a chunk of what `fit` reads from a source. The arrays are the caller's. */
export interface CsvRows {
  /** How many rows the chunk has. */
  readonly rows: number;
  /** Shape [rows, columns]. */
  readonly x: Floats;
  /** Shape [rows, columns], or [rows] for one column. */
  readonly y: Floats;
  /** strings[row] has the cells of the columns of texts, without blanks around; no rows where none are wanted. */
  readonly strings: readonly (readonly string[])[];
  /** lines[row] is the line of the file in which the row begins, from 1. */
  readonly lines: ArrayLike<number>;
  /** Rows that were dropped since the chunk before. */
  readonly dropped: number;
}

interface Floats {
  readonly shape: readonly number[];
  readonly data: Owned<Float32ArrayConstructor>;
}

export interface RowsSettings extends CsvSettings {
  /** null: those that are not in y. */
  readonly x: readonly string[] | null;
  readonly y: readonly string[];
  readonly strings: readonly string[];
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly missing: "error" | "drop" | "keep";
  readonly unknown: "error" | "missing";
  readonly onUnknown: ((name: string, text: string, line: number) => void) | null | undefined;
  readonly formats: ReadonlyMap<string, NumberFormat | "boolean">;
  readonly otherFormats: boolean;
}

/** Half way from the largest float32 to what would be the next: from here on, numbers round to infinity. */
const FLOAT32_OVERFLOW = 2 ** 128 - 2 ** 103;

/** Makes chunks of rows of a file's chunks. */
export class RowsReader {
  readonly #settings: RowsSettings;
  readonly #reader: CsvReader;
  #scanner: Scanner | null = null;
  /** Columns of x. */
  #inputs = 0;
  #rows = 0;
  /** Since the last chunk. */
  #dropped = 0;

  constructor(settings: RowsSettings) {
    this.#settings = settings;
    this.#reader = new CsvReader(settings);
  }

  /** @throws TypeError for what is neither bytes nor text; FormatError for what is no table */
  *read(chunk: Chunk): Generator<CsvRows, void> {
    for (const block of this.#reader.feed(chunk)) yield* this.#rowsOf(block);
  }

  /** @throws FormatError for what is no table, and where there are no rows */
  *end(): Generator<CsvRows, void> {
    for (const block of this.#reader.end()) yield* this.#rowsOf(block);
    if (this.#rows > 0) return;
    if (this.#dropped === 0) throw noTableRows(this.#reader.head.names);
    throw malformed("file", "a row without missing cells", new Verbatim("none"));
  }

  *#rowsOf(block: RecordBlock): Generator<CsvRows, void> {
    this.#scanner ??= this.#open(this.#reader.head);
    const scanned = this.#scanner.scan(block);
    const { numbers, texts, lines, width, missing } = this.#scanner;
    const drops = missing > 0 && this.#settings.missing === "drop";
    const rows = drops ? packComplete(numbers, texts, lines, scanned, width) : scanned;
    this.#rows += rows;
    this.#dropped += scanned - rows;
    if (rows === 0) return;
    const [inputs, outputs] = [this.#inputs, width - this.#inputs];
    const [x, y] = parted(numbers, rows, inputs, outputs);
    const dropped = this.#dropped;
    this.#dropped = 0;
    yield {
      rows,
      x: { shape: [rows, inputs], data: x },
      y: { shape: outputs === 1 ? [rows] : [rows, outputs], data: y },
      strings: texts.slice(0, rows),
      lines: lines.slice(0, rows),
      dropped,
    };
  }

  /** @throws FormatError for columns that the file does not have, and where none are left for x */
  #open(head: Head): Scanner {
    const { names, advice } = head;
    const { x, y, strings, classes, missing, unknown, onUnknown, formats, otherFormats } = this.#settings;
    checkHas(names, [...(x ?? []), ...y, ...strings, ...classes.keys(), ...formats.keys()], advice);
    const inputs = x ?? names.filter((name) => !y.includes(name) && !strings.includes(name));
    if (inputs.length === 0) throw malformed("file", "a column besides those of y", new Verbatim("none"));
    this.#inputs = inputs.length;
    const asMissing = (column: number, text: string, line: number) => {
      const name = names[column] as string;
      if (missing === "error") throw missingCell(line, name, text);
      onUnknown?.(name, text, line);
      return NaN;
    };
    const plan = scanPlan(head, {
      numbers: [...inputs, ...y],
      texts: strings,
      classes: names.map((name) => classes.get(name)),
      formats: names.map((name) => formats.get(name)),
      ...{ takesSpecial: true, takesOtherFormats: otherFormats, limit: FLOAT32_OVERFLOW },
      allowsMissing: missing !== "error",
      onText: unknown === "missing" ? asMissing : null,
    });
    return new Scanner(plan, this.#settings.missingValues);
  }
}

/** The left and the right columns of rows, in float32. A function of its own: V8 makes faster code of it than of a generator. */
function parted(numbers: Float64Array, rows: number, inputs: number, outputs: number) {
  const [x, y] = [newArray(Float32Array, rows * inputs), newArray(Float32Array, rows * outputs)];
  for (let row = 0, at = 0, toX = 0, toY = 0; row < rows; row++) {
    for (let i = 0; i < inputs; i++) x[toX++] = numbers[at++] as number;
    for (let i = 0; i < outputs; i++) y[toY++] = numbers[at++] as number;
  }
  return [x, y] as const;
}

/** Moves rows without NaN together. Their number. */
function packComplete(
  numbers: Float64Array,
  texts: string[][],
  lines: Float64Array,
  rows: number,
  width: number,
): number {
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const [start, end] = [row * width, (row + 1) * width];
    if (numbers.subarray(start, end).some(Number.isNaN)) continue;
    numbers.copyWithin(kept * width, start, end);
    lines[kept] = lines[row] as number;
    if (texts.length > 0) texts[kept] = texts[row] as string[];
    kept++;
  }
  return kept;
}
