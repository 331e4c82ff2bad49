import type { Owned } from "../array.js";
import { newArray } from "../array.js";
import { checkNumber, checkSeed } from "../errors.js";
import { validationCount, validationMask } from "../random/validation-rows.js";
import { Table } from "./table.js";

/** Rows to train on, and validation rows. */
type Split<T> = [training: T, validation: T];

/**
 * Divides rows into two sets, each in their order: those to train on, and a share for validation. The seed
 * draws the same rows as `fit` with `validation: share`. Of a table, tables; of a number of rows, their
 * indices.
 *
 * @param rows a table, or how many rows there are: at least two
 * @param share between 0 and 1; the number of rows is rounded, but neither set is empty
 * @param seed a whole number. Default 0
 * @returns the rows to train on, and the validation rows
 * @throws TypeError or RangeError for arguments out of range
 * @example
 * import { readCsv, split } from "rprop/data";
 * const [training, validation] = split(readCsv("x,y\n1,2\n2,4\n3,6\n4,8\n5,10"), 0.4);
 * console.log(training.rows, validation.rows); // 3 2
 */
export function split(rows: Table, share: number, seed?: number): Split<Table>;
export function split(rows: number, share: number, seed?: number): Split<Owned<Uint32ArrayConstructor>>;
export function split(rows: Table | number, share: number, seed = 0): Split<Table | Uint32Array> {
  const isTable = rows instanceof Table;
  const count = isTable ? rows.rows : rows;
  checkNumber(
    "rows",
    "a table or a number of rows, at least two",
    count,
    (n) => Number.isSafeInteger(n) && n > 1,
  );
  checkNumber("share", "a number between 0 and 1", share, (s) => s > 0 && s < 1);
  checkSeed(seed);
  const wanted = validationCount(share, count);
  const mask = validationMask(count, wanted, seed);
  const sets: Split<Uint32Array> = [newArray(Uint32Array, count - wanted), newArray(Uint32Array, wanted)];
  const at: Split<number> = [0, 0];
  mask.forEach((isValidation, row) => {
    const set = isValidation as 0 | 1;
    sets[set][at[set]++] = row;
  });
  if (!isTable) return sets;
  return [rows.take(sets[0]), rows.take(sets[1])];
}
