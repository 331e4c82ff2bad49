import { checkPositiveInteger, wrongType } from "../errors.js";
import { decodeText, encodeText } from "../utf8.js";
import {
  type DescribedColumn,
  type FirstText,
  NumbersDescription,
  TextsDescription,
} from "./columns/column-description.js";
import { Scanner } from "./columns/scanner.js";
import type { Block } from "./csv/block.js";
import { Blocks } from "./csv/blocks.js";
import { ChunkEncoder, type Chunks, piecesOf } from "./csv/chunk-encoder.js";
import { type CsvOptions, type CsvSettings, csvSettings, noRows } from "./csv/csv-options.js";
import type { CsvDialect } from "./csv/dialect.js";

export interface DescribeCsvOptions extends CsvOptions {
  /** Of a column with more distinct values than this, they are not listed. Default 1,000. */
  maxValues?: number;
  /** Whether one cell that is no plain number makes its column one of text, as readCsv has it. Default false. */
  strict?: boolean;
}

/** What a file holds. */
export interface CsvDescription {
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly DescribedColumn[];
  /** How it is written: what csvRows takes to read it again. */
  readonly dialect: CsvDialect;
  /** What was found that is unusual, in sentences. */
  readonly notes: readonly string[];
}

/**
 * What the columns of a file of any size hold, with no more of it in memory than some blocks: which are numbers and which text, as
 * {@link readCsv} has it, mean and std of the numbers, and the distinct values where there are few.
 *
 * @param source gives the file's bytes or text anew at every call, as csvRows takes them, or a promise of them: once, and up
 * to twice more where columns that began with numbers turn out to be texts
 * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no table
 * @example
 * import { describeCsv } from "rprop/data";
 * const { columns } = await describeCsv(() => "size,colour\n1,red\n3,blue\n?,red\n");
 * console.log(columns.map(({ name, kind, values }) => `${name}: ${values?.size} ${kind}`).join(", ")); // size: 2 number, colour: 2 text
 */
export async function describeCsv(
  source: () => Chunks | Promise<Chunks>,
  options: DescribeCsvOptions = {},
): Promise<CsvDescription> {
  const settings = csvSettings(options, ["maxValues", "strict"]);
  const { maxValues = 1000 } = options;
  checkPositiveInteger("maxValues", maxValues);
  if (typeof source !== "function")
    throw wrongType("source", "a function that returns the file's chunks", source);
  const texts: Texts = new Map();
  for (;;) {
    const description = await new Pass(settings, maxValues, texts).read(await source());
    if (description !== null) return description;
  }
}

/** A copy: V8 keeps all of a text alive of which a part is in use. */
function ofItsOwn(text: string): string {
  return decodeText(encodeText(text));
}

/** The columns that are known to be of texts, by their indices. */
type Texts = Map<number, FirstText>;

/** One reading of a file. */
class Pass {
  readonly #settings: CsvSettings;
  readonly #maxValues: number;
  readonly #texts: Texts;
  readonly #blocks: Blocks;
  #columns: (NumbersDescription | TextsDescription)[] = [];
  #scanner: Scanner | null = null;
  #rows = 0;
  #foundTexts = false;

  constructor(settings: CsvSettings, maxValues: number, texts: Texts) {
    this.#settings = settings;
    this.#maxValues = maxValues;
    this.#texts = texts;
    this.#blocks = new Blocks(settings);
  }

  /** null where a column that was thought to be of numbers is one of texts, which is known now. */
  async read(chunks: Chunks): Promise<CsvDescription | null> {
    const encoder = new ChunkEncoder();
    for await (const piece of piecesOf(chunks))
      if (!this.#add(this.#blocks.feed(encoder.encode(piece)))) return null;
    if (!this.#add(this.#blocks.feed(encoder.end())) || !this.#add(this.#blocks.end())) return null;
    if (this.#foundTexts) return null;
    const { names } = this.#blocks.head;
    if (this.#rows === 0) throw noRows(names);
    const columns = this.#columns.map((column, i) => column.result(names[i] as string));
    const { dialect, notes } = this.#blocks.head;
    return { rows: this.#rows, columns, dialect, notes };
  }

  /** Whether the columns are still what they were thought to be. */
  #add(blocks: Iterable<Block>): boolean {
    for (const block of blocks) {
      this.#scanner ??= this.#open();
      const rows = this.#scanner.scan(block);
      if (this.#foundTexts && this.#rows === 0) return false; // little was read; later, all of them are to be found first
      this.#rows += rows;
      const { numbers, width } = this.#scanner;
      this.#columns.forEach((column, i) => {
        column.add(numbers, i, width, rows);
      });
    }
    return true;
  }

  #open(): Scanner {
    const { names, delimiter } = this.#blocks.head;
    this.#columns = names.map((_, i) => {
      const first = this.#texts.get(i);
      return first === undefined
        ? new NumbersDescription(this.#maxValues)
        : new TextsDescription(this.#maxValues, first);
    });
    const targets = Int32Array.from(names, (_, i) => i);
    const onText = (index: number, text: string, line: number) => {
      const column = this.#columns[index];
      if (column instanceof TextsDescription) {
        column.indices.set(ofItsOwn(text), column.indices.size);
        if (column.isFull) targets[index] = -1;
        return column.indices.size - 1;
      }
      this.#texts.set(index, { text: ofItsOwn(text), line });
      targets[index] = -1;
      this.#foundTexts = true;
      return NaN;
    };
    const classes = this.#columns.map((column) =>
      column instanceof TextsDescription ? column.indices : undefined,
    );
    const width = names.length;
    const [limit, allowsMissing] = [Infinity, true];
    const plan = { names, delimiter, targets, texts: null, width, classes, limit, allowsMissing, onText };
    return new Scanner(plan, this.#settings);
  }
}
