import type { Owned } from "../array.js";
import { newArray } from "../array.js";
import { wrongType, wrongValue } from "../errors.js";
import { someOf } from "./column-names.js";
import { type Column, type ReadColumns, selectRows } from "./columns/columns.js";
import type { Label } from "./labels.js";

/** Rows × columns of numbers, row-major: what a model, a Normalization and `fit` take. */
export interface Matrix {
  /** How many rows and columns. */
  readonly shape: readonly [rows: number, columns: number];
  /** Row-major, the caller's. */
  readonly data: Owned<Float64ArrayConstructor>;
}

/**
 * Columns of a file, as readCsv gives them.
 *
 * @example
 * import { readCsv } from "rprop/data";
 * const table = readCsv("length,width,species\n5.1,3.5,setosa\n6.2,2.9,versicolor\n");
 * console.log(table.rows, table.names.join(" "), table.numeric("width").join(" ")); // 2 length width species 3.5 2.9
 */
export class Table {
  /** How many rows it has. */
  readonly rows: number;
  /** In the order of the file. */
  readonly names: readonly string[];
  /** By name: a Float64Array of numbers, or an array of texts. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Cells that were missing in the file. */
  readonly missing: number;
  /** Rows of the file that were dropped for that. */
  readonly dropped: number;
  readonly #texts: ReadColumns["texts"];

  /** @internal */
  constructor({ rows, columns, texts, missing }: Omit<ReadColumns, "incomplete">, dropped: number) {
    this.rows = rows;
    this.names = [...columns.keys()];
    this.columns = columns;
    this.missing = missing;
    this.dropped = dropped;
    this.#texts = texts;
  }

  /**
   * Gives a column of numbers, the table's own.
   *
   * @param name one of `names`
   * @returns a number for each row
   * @throws RangeError for a column that is not there, or has a cell that is no number: the message names it
   */
  numeric(name: string): Owned<Float64ArrayConstructor> {
    const column = this.#column(name);
    if (column instanceof Float64Array) return column;
    throw wrongValue(name, "a column of numbers", this.#texts.get(name));
  }

  /**
   * Gives a column of either kind, the table's own: what classIndices and oneHot take.
   *
   * @param name one of `names`
   * @returns a number or a text for each row
   * @throws RangeError for a column that is not there
   */
  labels(name: string): ArrayLike<Label> {
    return this.#column(name);
  }

  /**
   * Copies columns of numbers, side by side.
   *
   * @param names at least one. Default: every column of numbers
   * @returns rows × names
   * @throws TypeError for what is no array; RangeError as numeric, and for no names
   */
  matrix(names: readonly string[] = this.#numericNames()): Matrix {
    if (!Array.isArray(names)) throw wrongType("names", "an array of names", names);
    if (names.length === 0) throw wrongValue("names", "at least one name", names);
    const columns = names.map((name) => this.numeric(name));
    const width = columns.length;
    const data = newArray(Float64Array, this.rows * width);
    columns.forEach((column, place) => {
      for (let row = 0; row < column.length; row++) data[row * width + place] = column[row] as number;
    });
    return { shape: [this.rows, width], data };
  }

  /**
   * Makes a table of these rows, in this order.
   *
   * @param rows indices from 0, in any order, some of them twice if you like
   * @returns a new table
   * @throws TypeError for what is no array; RangeError for rows that are not there
   */
  take(rows: ArrayLike<number>): Table {
    if (!Array.isArray(rows) && !ArrayBuffer.isView(rows))
      throw wrongType("rows", "an array of indices", rows);
    const indices = Array.from(rows);
    const absent = indices.findIndex((row) => !(Number.isInteger(row) && row >= 0 && row < this.rows));
    if (absent >= 0) throw wrongValue("rows", `indices from 0, below ${this.rows}`, indices[absent]);
    const columns = selectRows(this.columns, indices);
    const { missing, dropped } = this;
    return tableOf({ rows: indices.length, columns, texts: this.#texts, missing }, dropped);
  }

  /** Where there are none, all of them: numeric() says why the first is none. */
  #numericNames(): readonly string[] {
    const names = this.names.filter((name) => this.columns.get(name) instanceof Float64Array);
    return names.length > 0 ? names : this.names;
  }

  #column(name: string): Column {
    const column = this.columns.get(name);
    if (column === undefined) throw wrongValue("name", `one of ${someOf(this.names).text}`, name);
    return column;
  }
}

/** Not in the class: naming it there would rename it in bundles. */
function tableOf(...made: ConstructorParameters<typeof Table>): Table {
  return new Table(...made);
}
