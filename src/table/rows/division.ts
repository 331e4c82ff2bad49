/** Rows dealt out at random: some for validation, or all of them into folds. */
import { Generator } from "../../index.js";
import { ValidationSampler } from "../../random/validation-rows.js";

/** Numbers of rows, ascending. */
export type RowNumbers = Uint32Array;

/**
 * How validation rows are drawn. A model of one network has them drawn row by row, since its rows may not fit into memory: each
 * is decided on as it is read, without its class or what comes behind it, and the choice is the same whether rows are kept or read
 * again. Where there are several networks or folds, rows are in memory: then as many of every class are drawn as the whole has
 * (stratified), so that chance leaves no class of a small table out.
 */
export type ValidationDraw = "row by row" | "stratified";

export interface Division {
  readonly training: RowNumbers;
  readonly validation: RowNumbers;
}

/**
 * Rows in random order; those of one class stand together, so that whatever is taken at even distances has as much of every
 * class as the whole (stratified).
 *
 * @param classes of each row of the table; null for numbers
 */
function shuffled(rows: RowNumbers, classes: Float32Array | null, seed: number): RowNumbers {
  const keys = new Generator(seed).rand(rows.length).data;
  const order = Uint32Array.from(rows, (_, i) => i);
  const classOf = (i: number) => classes?.[rows[i] as number] ?? 0;
  order.sort((a, b) => classOf(a) - classOf(b) || (keys[a] as number) - (keys[b] as number) || a - b);
  return order.map((i) => rows[i] as number);
}

/** Whether each of so many rows, one after another, is for validation: the draw row by row. */
export function validationDraw(rows: number, wanted: number, seed: number): () => boolean {
  const sampler = new ValidationSampler(rows, wanted, seed);
  return () => sampler.next();
}

/** Takes so many of the rows for validation. Both parts are in the order of the table. @param classes as of a stratified draw */
export function validationOf(
  draw: ValidationDraw,
  rows: RowNumbers,
  wanted: number,
  classes: Float32Array | null,
  seed: number,
): Division {
  const taken = new Uint8Array((rows.at(-1) ?? -1) + 1);
  if (draw === "row by row") {
    const isNext = validationDraw(rows.length, wanted, seed);
    for (const row of rows) taken[row] = Number(isNext());
  } else
    shuffled(rows, classes, seed).forEach((row, i, { length }) => {
      if (Math.floor(((i + 1) * wanted) / length) > Math.floor((i * wanted) / length)) taken[row] = 1;
    });
  return dividedBy(rows, (row) => taken[row] === 1);
}

/** Every row is for validation in one of so many folds, and trained on in the others. */
export function foldsOf(
  rows: RowNumbers,
  folds: number,
  classes: Float32Array | null,
  seed: number,
): Division[] {
  const foldOf = new Uint32Array((rows.at(-1) ?? -1) + 1);
  shuffled(rows, classes, seed).forEach((row, i) => {
    foldOf[row] = i % folds;
  });
  return Array.from({ length: folds }, (_, fold) => dividedBy(rows, (row) => foldOf[row] === fold));
}

/** @param rows ascending */
function dividedBy(rows: RowNumbers, isValidation: (row: number) => boolean): Division {
  return {
    training: rows.filter((row) => !isValidation(row)),
    validation: rows.filter(isValidation),
  };
}

/** Seeds that have nothing to do with each other, of whole numbers below 2⁴⁸. */
export function seedsOf(seed: number, count: number): number[] {
  const { data } = new Generator(seed).rand(count, 2);
  return Array.from(
    { length: count },
    (_, i) => (data[2 * i] as number) * 2 ** 48 + (data[2 * i + 1] as number) * 2 ** 24,
  );
}
