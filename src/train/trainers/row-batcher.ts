import { BLOCK_ROWS, type Block } from "../../core/contract/core.js";
import { noRows, notFinite, pluralize, wrongType, wrongValue } from "../../errors.js";
import type { Criterion } from "../../nn/losses/criterion.js";
import type { Module } from "../../nn/module.js";
import { snapshot } from "../../values.js";
import { type ForEachRowBlock, type Rows, shapesOf, targetValues } from "./dataset.js";
import type { Session } from "./session.js";

/** Cuts the chunks of a source, of any size, into row blocks of 256 rows. It serves one reading of the source at a time. */
export class RowBatcher {
  readonly #model: Module;
  readonly #criterion: Criterion;
  readonly #session: Session;
  readonly #columns: number;
  readonly #outputs: number;
  readonly #x: Block;
  #y: Block | null = null;
  #targetColumns = 0;
  #visit: ForEachRowBlock = () => 0;
  #before: (() => void) | null = null;
  /** Rows in the present row block. */
  #filled = 0;
  /** Rows of the row blocks before it. */
  #rows = 0;
  #sum = 0;
  #parts = 0;
  /** Rows that the first reading had. */
  #expected: number | null = null;

  constructor(model: Module, columns: number, criterion: Criterion, session: Session) {
    this.#model = model;
    this.#criterion = criterion;
    this.#session = session;
    this.#columns = columns;
    this.#outputs = session.network.outputs;
    this.#x = session.arena.floats(BLOCK_ROWS * columns);
  }

  /** Allocates the block of targets, which have so many columns. */
  expect(targetColumns: number): Block {
    const { arena, network } = this.#session;
    network.prepareLoss(this.#criterion, targetColumns, BLOCK_ROWS, arena);
    this.#targetColumns = targetColumns;
    this.#y = arena.floats(BLOCK_ROWS * targetColumns);
    return this.#y;
  }

  /** @param before is called before the first row block */
  begin(visit: ForEachRowBlock, before: () => void): void {
    this.#visit = visit;
    this.#before = before;
    this.#filled = this.#rows = this.#sum = this.#parts = 0;
  }

  /** @throws TypeError or RangeError for a chunk that is not rows which fit, or not finite */
  add(chunk: Rows): void {
    if (typeof chunk !== "object" || chunk === null || !("x" in chunk) || !("y" in chunk)) {
      throw wrongType("source", "chunks { x, y }", chunk);
    }
    const { rows, columns, targetColumns } = shapesOf(this.#model, chunk, this.#criterion);
    if (rows === 0) return;
    const x = snapshot(chunk.x, rows * columns);
    const y = snapshot(chunk.y, rows * targetColumns);
    const target = this.#y ?? this.expect(targetColumns);
    if (targetColumns !== this.#targetColumns) {
      throw wrongValue("y", "targets of the same kind in every chunk", chunk.y);
    }
    for (let row = 0; row < rows; ) {
      const end = Math.min(rows, row + BLOCK_ROWS - this.#filled);
      this.#x.view.set(x.subarray(row * columns, end * columns), this.#filled * columns);
      target.view.set(y.subarray(row * targetColumns, end * targetColumns), this.#filled * targetColumns);
      this.#filled += end - row;
      row = end;
      if (this.#filled === BLOCK_ROWS) this.#flush(target);
    }
  }

  #flush(target: Block): void {
    const { arena, leading, network } = this.#session;
    const [rows, columns, targetColumns] = [this.#filled, this.#columns, this.#targetColumns];
    const check = (name: string, block: Block, width: number) => {
      const values = block.window(0, rows * width);
      if (arena.core.countNonFinite(values) > 0) throw notFinite(name, values.view, width, this.#rows);
    };
    check("x", this.#x, columns);
    check("y", target, targetColumns);
    const targets = targetValues(target.view, rows, targetColumns);
    this.#parts += this.#criterion.validate("y", null, targets, rows, this.#outputs, this.#rows);
    for (const stage of leading) stage.forward(this.#x, this.#x, rows, columns);
    this.#before?.();
    this.#before = null;
    // As with rows in memory: refused before training, later it makes the loss NaN.
    if (this.#criterion.validatesPrediction && this.#expected === null) {
      const prediction = network.forward(this.#x, rows).view.subarray(0, rows * this.#outputs);
      this.#criterion.validate("y", prediction, targets, rows, this.#outputs, this.#rows);
    }
    this.#sum += this.#visit(this.#x, target, rows);
    this.#rows += rows;
    this.#filled = 0;
  }

  /** The sum over all rows, and the factor that makes it a loss (1/N for a mean). @throws RangeError for no rows, or others than before */
  end(): { sum: number; meanFactor: number } {
    if (this.#filled > 0) this.#flush(this.#y as Block);
    const rows = this.#rows;
    if (rows === 0 && this.#expected === null) throw noRows("source");
    this.#expected ??= rows;
    if (rows !== this.#expected) {
      const expected = `${pluralize(this.#expected, "row")} at every call, as at the first, in a new iterable each time`;
      throw wrongValue("source", expected, rows);
    }
    return { sum: this.#sum, meanFactor: this.#criterion.meanFactor("y", this.#parts) };
  }
}
