import { newArray } from "../../array.js";
import type { RecordBlock } from "../records/block.js";
import { type Cells, isBlankRecord, lineCount } from "../records/records.js";
import { ByteScanner } from "./byte-scanner.js";
import { CellReader } from "./cell-reader.js";
import { raggedRow } from "./refusals.js";
import type { ScanPlan } from "./scan-plan.js";

/** Numbers of blocks, row by row. */
export class Scanner {
  /** Of the block scanned last: rows × plan.width, and whatever is behind. */
  numbers = new Float64Array(0);
  /** Of the rows of the block scanned last: the line in which each begins, from 1, and whatever is behind. */
  lines = new Float64Array(0);
  /** Numbers in a row. */
  readonly width: number;
  readonly #plan: ScanPlan;
  readonly #cells: CellReader;
  readonly #bytes: ByteScanner;

  constructor(plan: ScanPlan, missingValues: ReadonlySet<string>) {
    this.#plan = plan;
    this.width = plan.width;
    this.#cells = new CellReader(plan, missingValues);
    this.#bytes = new ByteScanner(plan, this.#cells, missingValues);
  }

  /** Cells of the block scanned last as they are written, by row and place. */
  get texts(): string[][] {
    return this.#cells.texts;
  }

  /** Missing cells of the block scanned last. */
  get missing(): number {
    return this.#cells.missing;
  }

  /** Of the file so far, cells such as inf and 1e400 by column. */
  get infinite(): readonly number[] {
    return this.#cells.infinite;
  }

  /** The number of rows. @throws FormatError for a row of more or fewer cells than columns, and as the plan says */
  scan(block: RecordBlock): number {
    this.#cells.missing = 0;
    this.#cells.texts = [];
    const { names, width } = this.#plan;
    // No record has fewer bytes than cells, each ended by a delimiter or LF.
    const rows = block.records?.length ?? Math.ceil(block.bytes.length / names.length);
    if (this.numbers.length < rows * width) this.numbers = newArray(Float64Array, rows * width);
    if (this.lines.length < rows) this.lines = newArray(Float64Array, rows);
    return block.records === null
      ? this.#bytes.scan(block, this.numbers, this.lines)
      : this.#scanRecords(block.records, block.line);
  }

  #scanRecords(records: readonly Cells[], firstLine: number): number {
    const { names, targets, texts, width } = this.#plan;
    let [row, line] = [0, firstLine];
    for (const cells of records) {
      if (!isBlankRecord(cells)) {
        if (cells.length !== names.length) throw raggedRow(this.#plan, line, cells.length);
        for (let column = 0; column < cells.length; column++) {
          const place = texts === null ? -1 : (texts[column] as number);
          if (place >= 0) this.#cells.keep(cells[column] as string, place, row);
          const target = targets[column] as number;
          if (target < 0) continue;
          this.numbers[row * width + target] = this.#cells.read(cells[column] as string, column, line);
        }
        this.lines[row] = line;
        row++;
      }
      line += lineCount([cells]);
    }
    return row;
  }
}
