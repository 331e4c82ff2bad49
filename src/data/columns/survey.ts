import type { Chunks } from "../bytes/chunk-encoder.js";
import { piecesOf } from "../bytes/chunk-encoder.js";
import { type DecimalMark, parseNumber } from "../cells/number.js";
import { Scanner } from "../cells/scanner.js";
import { noTableRows } from "../column-names.js";
import type { CsvSettings } from "../csv-options.js";
import type { Head } from "../layout/opening.js";
import type { RecordBlock } from "../records/block.js";
import { CsvReader } from "../records/csv-reader.js";
import { type Kind, kindOf, PLAIN_NUMBERS, settledDecimal, settledKind } from "./column-kind.js";
import { doubtNote, notesOn } from "./column-notes.js";
import type { DescribedColumn } from "./described-column.js";
import { type LastRow, lastRecordOf } from "./last-row.js";
import { TextSummary } from "./text-summary.js";
import { type TrackedColumn, trackedColumns, trackingPlan } from "./tracked-columns.js";

export interface SurveyOptions {
  readonly settings: CsvSettings;
  readonly maxValues: number;
  readonly strict: boolean;
}

/** What one reading of a file found. */
export interface SurveyResult {
  readonly rows: number;
  readonly columns: readonly DescribedColumn[];
  readonly head: Head;
  readonly notes: readonly string[];
  readonly last: LastRow;
}

/** Whether the numbers of a column are written as the file's are. */
function haveFileNumbers(columns: readonly DescribedColumn[]): boolean {
  return columns.some((column) => column.kind === "number" && column.format === null);
}

/** One reading of a file. What it finds out about the kinds of columns is known to the next one. */
export class Survey {
  readonly #options: SurveyOptions;
  readonly #kinds: Kind[];
  readonly #reader: CsvReader;
  #columns: readonly TrackedColumn[] = [];
  #scanner: Scanner | null = null;
  #rows = 0;
  /** What separates fractions as some columns show for certain. */
  #settled: DecimalMark | null = null;
  #last: LastRow | null = null;

  constructor(options: SurveyOptions, kinds: Kind[]) {
    this.#options = options;
    this.#kinds = kinds;
    this.#reader = new CsvReader(options.settings);
  }

  /** null where a column is not what it was taken for; what it is instead is among the kinds then. */
  async read(chunks: Chunks): Promise<SurveyResult | null> {
    for await (const piece of piecesOf(chunks)) if (!this.#add(this.#reader.feed(piece))) return null;
    if (!this.#add(this.#reader.end()) || !this.#isRight(true)) return null;
    const { head } = this.#reader;
    if (this.#rows === 0) throw noTableRows(head.names);
    const columns = this.#columns.map((column, i) => this.#result(column, i));
    const notes = columns.flatMap(notesOn);
    const doubtful = this.#doubtfulNumber(columns);
    if (doubtful !== null) notes.push(doubtNote(doubtful, head.decimal));
    return { rows: this.#rows, columns, head, notes, last: this.#last as LastRow };
  }

  /** A number that may have thousands or a fraction, where nothing says which it has. */
  #doubtfulNumber(columns: readonly DescribedColumn[]): string | null {
    const { head } = this.#reader;
    const { decimal } = this.#options.settings;
    // Between commas, a comma can be no decimal: there is nothing to choose.
    if (decimal !== null || head.delimiter === "," || this.#settled === head.decimal) return null;
    const found = haveFileNumbers(columns) ? head.doubtfulNumber() : null;
    const doubts = this.#kinds.flatMap((kind) => (kind.kind === "number" && kind.doubt) || []);
    return found ?? doubts[0] ?? null;
  }

  /** The columns whose numbers have a format, as far as it is known. */
  get formatted(): ReadonlySet<string> {
    const hasFormat = (kind: Kind = PLAIN_NUMBERS) => kind.kind === "number" && kind.format !== null;
    return new Set(this.#reader.head.names.filter((_, i) => hasFormat(this.#kinds[i])));
  }

  #result(column: TrackedColumn, i: number): DescribedColumn {
    const { names, decimal } = this.#reader.head;
    const name = names[i] as string;
    const isNumber = (text: string) => parseNumber(text, decimal) !== null;
    if (column instanceof TextSummary) {
      const kind = this.#kinds[i] as Kind;
      const either = kind.kind === "text" ? kind.either : "";
      return column.result(name, !this.#options.strict, isNumber, either);
    }
    const { known, summary, others } = column;
    const infinite = this.#scanner?.infinite[i] ?? 0;
    return summary.result(name, {
      strays: others.count,
      stray: others.first,
      format: known.format,
      infinite,
    });
  }

  /** Whether the columns are still what they were taken for. */
  #add(blocks: Iterable<RecordBlock>): boolean {
    for (const block of blocks) {
      this.#scanner ??= this.#open();
      const rows = this.#scanner.scan(block);
      const isFirst = this.#rows === 0;
      this.#rows += rows;
      const { numbers, width } = this.#scanner;
      const last = rows === 0 ? null : lastRecordOf(block, this.#reader.head.delimiter);
      if (last !== null) this.#last = { ...last, numbers: this.#numbersOf(rows - 1) };
      this.#columns.forEach((column, i) => {
        const summary = column instanceof TextSummary ? column : column.summary;
        summary.add(numbers, i, width, rows);
      });
      if (isFirst && !this.#isRight(false)) return false; // little was read; later, all of it is to be seen first
    }
    return true;
  }

  /** Of a row of the block scanned last. */
  #numbersOf(row: number): number[] {
    const { numbers, width } = this.#scanner as Scanner;
    const isText = (i: number) => this.#columns[i] instanceof TextSummary;
    return Array.from({ length: width }, (_, i) => (isText(i) ? NaN : (numbers[row * width + i] as number)));
  }

  #isRight(isWhole: boolean): boolean {
    const { settings, strict } = this.#options;
    const { showsDecimal: isShown } = this.#reader.head;
    const tolerates = strict ? "nothing" : "strays";
    const kinds = (asked: DecimalMark | null) => (column: TrackedColumn, i: number) =>
      column instanceof TextSummary
        ? (this.#kinds[i] as Kind)
        : kindOf(column.known, column.summary, column.others, isWhole, { isShown, asked, tolerates });
    const found = this.#columns.map(kinds(settings.decimal));
    const settled = isWhole ? settledDecimal(found) : null;
    this.#settled = settled;
    const again = kinds(settled);
    this.#columns.forEach((column, i) => {
      const kind = found[i] as Kind;
      const isOpen = settled !== null && kind.kind === "text" && kind.either !== "";
      const decided = isOpen ? again(column, i) : kind;
      this.#kinds[i] = settled === null ? decided : settledKind(decided, settled);
    });
    return this.#columns.every((column, i) => !("known" in column) || this.#kinds[i] === column.known);
  }

  #open(): Scanner {
    const { head } = this.#reader;
    const { maxValues, strict, settings } = this.#options;
    this.#columns = trackedColumns(head, this.#kinds, maxValues);
    return new Scanner(trackingPlan(head, this.#columns, strict), settings.missingValues);
  }
}
