import { BLOCK_ROWS, type Block, type Window } from "../../core/contract/core.js";
import { noRows, notFinite } from "../../errors.js";
import type { LayerKernels } from "../../nn/layer-kernels.js";
import type { Criterion } from "../../nn/losses/criterion.js";
import type { Module } from "../../nn/module.js";
import { copyValues, countRowsAndColumns, snapshot, type Values } from "../../values.js";
import { type Arena, OWN_MEMORY_BYTES } from "./arena.js";

/** Rows of features, and their targets. */
export interface Rows {
  /** Rows × features. */
  readonly x: Values;
  /** As many targets, as the loss takes them. */
  readonly y: Values;
}

/** The shapes of rows that fit a model and a loss. */
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
  const outputs = model.outputColumns(columns);
  return { rows, columns, outputs, targetColumns: criterion.targetColumns(`${prefix}y`, y, rows, outputs) };
}

/** Bytes of the rows. */
export function rowBytes({ rows, columns, targetColumns }: Shapes): number {
  return 4 * rows * (columns + targetColumns);
}

/**
 * The rows for a run over so many bytes. They are copied where the run's blocks are in the library's own memory, whose
 * growth detaches arrays that are views of it.
 */
export function copyIfInCoreMemory(
  { x, y }: Rows,
  { rows, columns, targetColumns }: Shapes,
  bytes: number,
): Rows {
  if (bytes > OWN_MEMORY_BYTES) return { x, y };
  return { x: snapshot(x, rows * columns), y: snapshot(y, rows * targetColumns) };
}

/** Called for each row block; the numbers it returns are summed. */
export type ForEachRowBlock = (x: Block, y: Block, rows: number) => number;

/** Rows in a run's memory, read one row block at a time. */
export class Dataset {
  readonly rows: number;
  /** Multiplies a sum of losses into the loss: 1/N for a mean. */
  readonly meanFactor: number;
  readonly #whole: Block;
  readonly #columns: number;
  readonly #targetColumns: number;
  readonly #x: Window;
  readonly #y: Window;

  /**
   * @throws RangeError for no rows, for NaN and infinities, which it names by row and column, and for targets that the
   * loss does not take
   */
  constructor({ x, y }: Rows, shapes: Shapes, criterion: Criterion, arena: Arena, prefix = "") {
    const { rows, columns, outputs, targetColumns } = shapes;
    if (rows === 0) throw noRows(`${prefix}x`);
    // x last: in a memory of its own, the largest block then makes it exactly as large as it has to be.
    const targets = finiteBlock(arena, `${prefix}y`, y, rows, targetColumns);
    this.#whole = finiteBlock(arena, `${prefix}x`, x, rows, columns);
    const name = `${prefix}y`;
    const parts = criterion.validate(
      name,
      null,
      targetValues(targets.view, rows, targetColumns),
      rows,
      outputs,
    );
    this.meanFactor = criterion.meanFactor(name, parts);
    this.rows = rows;
    this.#columns = columns;
    this.#targetColumns = targetColumns;
    const blockRows = Math.min(rows, BLOCK_ROWS);
    this.#x = this.#whole.window(0, blockRows * columns);
    this.#y = targets.window(0, blockRows * targetColumns);
  }

  /** Replaces x by what a layer without parameters makes of it, once for the whole run. */
  transform(stage: LayerKernels): void {
    stage.forward(this.#whole, this.#whole, this.rows, this.#columns);
  }

  /** The loss of all rows, where visit returns the sum of a row block's losses. */
  loss(visit: ForEachRowBlock): number {
    return Math.fround(this.sum(visit) * this.meanFactor);
  }

  /** Sums what visit returns for each row block, in order. */
  sum(visit: ForEachRowBlock): number {
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
function finiteBlock(arena: Arena, name: string, values: Values, rows: number, columns: number): Block {
  const block = arena.floats(rows * columns);
  copyValues(values, block.view);
  if (arena.core.countNonFinite(block) > 0) throw notFinite(name, block.view, columns);
  return block;
}

/** The first rows of targets as values. Their shape is [rows] for one column, since class indices are one-dimensional. */
export function targetValues(data: Float32Array, rows: number, columns: number): Values {
  return { shape: columns === 1 ? [rows] : [rows, columns], data: data.subarray(0, rows * columns) };
}
