import { BLOCK_ROWS, type Block, type Window } from "../../core/contract/core.js";
import { noRows, notFinite } from "../../errors.js";
import type { Criterion } from "../../nn/criterion.js";
import type { Module } from "../../nn/module.js";
import type { Stage } from "../../nn/stage.js";
import { copyValues, countRowsAndColumns, snapshot, type Values } from "../../values.js";
import { columnsAfter } from "./network.js";
import { OWN_MEMORY_BYTES, type Room } from "./room.js";

/** Rows of features, and their targets. */
export interface Rows {
  readonly x: Values;
  readonly y: Values;
}

/** What rows are for a model and a loss, once they are known to fit. */
export interface Shapes {
  readonly rows: number;
  /** Of x. */
  readonly columns: number;
  readonly outputs: number;
  readonly targetColumns: number;
}

/**
 * @param prefix of names in messages, such as "validation."
 * @throws TypeError or RangeError for what is not rows that fit the model and the loss
 */
export function shapesOf(model: Module, { x, y }: Rows, criterion: Criterion, prefix = ""): Shapes {
  const [rows, columns] = countRowsAndColumns(`${prefix}x`, x, model.width);
  const outputs = columnsAfter(model.layers(), columns);
  return { rows, columns, outputs, targetColumns: criterion.targetColumns(`${prefix}y`, y, rows, outputs) };
}

/** Bytes of the rows. */
export function bytesOf({ rows, columns, targetColumns }: Shapes): number {
  return 4 * rows * (columns + targetColumns);
}

/**
 * The rows for a run over so many bytes: copies, where blocks of the run are in the library's own memory, whose growth
 * detaches arrays that are views of it.
 */
export function heldApart({ x, y }: Rows, { rows, columns, targetColumns }: Shapes, bytes: number): Rows {
  if (bytes > OWN_MEMORY_BYTES) return { x, y };
  return { x: snapshot(x, rows * columns), y: snapshot(y, rows * targetColumns) };
}

/** What is done with each band of rows; what it gives is summed. */
export type Visit = (x: Block, y: Block, rows: number) => number;

/** Rows in a run's memory, read band by band. */
export class Dataset {
  readonly rows: number;
  /** What a sum of losses is multiplied by. */
  readonly average: number;
  readonly #whole: Block;
  readonly #columns: number;
  readonly #targetColumns: number;
  readonly #x: Window;
  readonly #y: Window;

  /**
   * @throws RangeError for no rows, for NaN and infinities, which it names by row and column, and for targets that the
   * loss does not take
   */
  constructor({ x, y }: Rows, shapes: Shapes, criterion: Criterion, room: Room, prefix = "") {
    const { rows, columns, outputs, targetColumns } = shapes;
    if (rows === 0) throw noRows(`${prefix}x`);
    // x last: in a memory of its own, the largest block then makes it exactly as large as it has to be.
    const targets = filled(room, `${prefix}y`, y, rows, targetColumns);
    this.#whole = filled(room, `${prefix}x`, x, rows, columns);
    const name = `${prefix}y`;
    const parts = criterion.inspect(name, null, ofTargets(targets.view, rows, targetColumns), rows, outputs);
    this.average = criterion.average(name, parts);
    this.rows = rows;
    this.#columns = columns;
    this.#targetColumns = targetColumns;
    const band = Math.min(rows, BLOCK_ROWS);
    this.#x = this.#whole.window(0, band * columns);
    this.#y = targets.window(0, band * targetColumns);
  }

  /** Replaces x by what a layer without parameters makes of it, once for the whole run. */
  transform(stage: Stage): void {
    stage.forward(this.#whole, this.#whole, this.rows, this.#columns);
  }

  /** The loss of all rows, where visit gives the sum of a band's losses. */
  loss(visit: Visit): number {
    return Math.fround(this.sum(visit) * this.average);
  }

  /** Sums what visit makes of each band, in order. */
  sum(visit: Visit): number {
    const { rows } = this;
    if (rows <= BLOCK_ROWS) return visit(this.#x, this.#y, rows);
    let sum = 0;
    for (let row = 0; row < rows; row += BLOCK_ROWS) {
      this.#x.moveTo(row * this.#columns);
      this.#y.moveTo(row * this.#targetColumns);
      sum += visit(this.#x, this.#y, Math.min(rows - row, BLOCK_ROWS));
    }
    return sum;
  }
}

/** A block of values, all of them finite. */
function filled(room: Room, name: string, values: Values, rows: number, columns: number): Block {
  const block = room.floats(rows * columns);
  copyValues(values, block.view);
  if (room.core.countNonFinite(block) > 0) throw notFinite(name, block.view, columns);
  return block;
}

/** The first rows of targets as values: one column is a list, which is what class indices are. */
export function ofTargets(data: Float32Array, rows: number, columns: number): Values {
  return { shape: columns === 1 ? [rows] : [rows, columns], data: data.subarray(0, rows * columns) };
}
