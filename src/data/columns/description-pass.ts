import type { RecordBlock } from "../csv/block.js";
import type { Chunks } from "../csv/chunk-encoder.js";
import { piecesOf } from "../csv/chunk-encoder.js";
import { type CsvSettings, noTableRows } from "../csv/csv-options.js";
import { CsvReader } from "../csv/csv-reader.js";
import type { Head } from "../csv/head.js";
import { parseNumber } from "../csv/number.js";
import { type DescribedColumn, NumbersDescription, TextsDescription } from "./column-description.js";
import { type Kind, kindOf, UNKNOWN } from "./column-kind.js";
import { doubtNote, notesOn } from "./column-notes.js";
import { OtherCells, ofItsOwn } from "./other-cells.js";
import { Scanner } from "./scanner.js";

export interface PassOptions {
  readonly settings: CsvSettings;
  readonly maxValues: number;
  readonly strict: boolean;
}

/** What one reading of a file found. */
export interface Found {
  readonly rows: number;
  readonly columns: readonly DescribedColumn[];
  readonly head: Head;
  readonly notes: readonly string[];
}

interface Numbers {
  readonly known: Extract<Kind, { kind: "number" }>;
  readonly description: NumbersDescription;
  readonly others: OtherCells;
}

/** Whether the numbers of a column are written as the file's are. */
function haveFileNumbers(columns: readonly DescribedColumn[]): boolean {
  return columns.some((column) => column.kind === "number" && column.format === null);
}

/** One reading of a file. What it finds out about the kinds of columns is known to the next one. */
export class DescriptionPass {
  readonly #options: PassOptions;
  readonly #kinds: Kind[];
  readonly #reader: CsvReader;
  #columns: (Numbers | TextsDescription)[] = [];
  #scanner: Scanner | null = null;
  #rows = 0;

  constructor(options: PassOptions, kinds: Kind[]) {
    this.#options = options;
    this.#kinds = kinds;
    this.#reader = new CsvReader(options.settings);
  }

  /** null where a column is not what it was taken for; what it is instead is among the kinds then. */
  async read(chunks: Chunks): Promise<Found | null> {
    for await (const piece of piecesOf(chunks)) if (!this.#add(this.#reader.feed(piece))) return null;
    if (!this.#add(this.#reader.end()) || !this.#isRight(true)) return null;
    const { head } = this.#reader;
    if (this.#rows === 0) throw noTableRows(head.names);
    const columns = this.#columns.map((column, i) => this.#result(column, i));
    const notes = columns.flatMap((column, i) => notesOn(column, this.#kinds[i] ?? UNKNOWN));
    // Between commas, a comma can be no decimal: there is nothing to choose.
    const isOpen =
      this.#options.settings.decimal === null && head.delimiter !== "," && haveFileNumbers(columns);
    const doubtful = isOpen ? head.doubtfulNumber() : null;
    if (doubtful !== null) notes.push(doubtNote(doubtful, head.decimal));
    return { rows: this.#rows, columns, head, notes };
  }

  #result(column: Numbers | TextsDescription, i: number): DescribedColumn {
    const { names, decimal } = this.#reader.head;
    const name = names[i] as string;
    const isNumber = (text: string) => parseNumber(text, decimal) !== null;
    if (column instanceof TextsDescription) return column.result(name, !this.#options.strict, isNumber);
    const { known, description, others } = column;
    const infinite = this.#scanner?.infinite[i] ?? 0;
    return description.result(name, {
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
      this.#columns.forEach((column, i) => {
        const description = column instanceof TextsDescription ? column : column.description;
        description.add(numbers, i, width, rows);
      });
      if (isFirst && !this.#isRight(false)) return false; // little was read; later, all of it is to be seen first
    }
    return true;
  }

  #isRight(isWhole: boolean): boolean {
    const { settings, strict } = this.#options;
    const { showsDecimal: isShown } = this.#reader.head;
    const options = { isShown, isAskedFor: settings.decimal !== null, strict };
    let isRight = true;
    this.#columns.forEach((column, i) => {
      if (column instanceof TextsDescription) return;
      const kind = kindOf(column.known, column.description, column.others, isWhole, options);
      if (kind !== column.known) isRight = false;
      this.#kinds[i] = kind;
    });
    return isRight;
  }

  #open(): Scanner {
    const { names, delimiter, decimal } = this.#reader.head;
    const { maxValues, strict, settings } = this.#options;
    this.#columns = names.map((_, i) => {
      const known = this.#kinds[i] ?? UNKNOWN;
      if (known.kind === "text") return new TextsDescription(maxValues, known.first);
      return { known, description: new NumbersDescription(maxValues), others: new OtherCells(decimal) };
    });
    const targets = Int32Array.from(names, (_, i) => i);
    const onText = (index: number, text: string, line: number) => {
      const column = this.#columns[index] as Numbers | TextsDescription;
      if (column instanceof TextsDescription) {
        column.indices.set(ofItsOwn(text), column.indices.size);
        if (column.isFull) targets[index] = -1;
        return column.indices.size - 1;
      }
      column.others.add(text, line);
      if (strict) targets[index] = -1;
      return NaN;
    };
    const classes = this.#columns.map((column) =>
      column instanceof TextsDescription ? column.indices : undefined,
    );
    const formats = this.#columns.map((column) =>
      column instanceof TextsDescription ? undefined : (column.known.format ?? undefined),
    );
    const common = { names, delimiter, decimal, targets, texts: null, width: names.length, classes, formats };
    const plan = { ...common, takesSpecial: !strict, limit: Infinity, allowsMissing: true, onText };
    return new Scanner(plan, settings);
  }
}
