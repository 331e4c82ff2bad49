/** Rows dealt out: some for validation, or all of them into folds. */
import { Generator } from "../../index.js";
import { ValidationSampler, validationCount } from "../../random/validation-rows.js";

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

/** What division respects; each by the number of the row. */
export interface Strata {
  /** Its class; null for numbers. */
  readonly classes: Float32Array | null;
  /** Its group, of which all rows stay together; null without groups. */
  readonly groups: Uint32Array | null;
  /** Whether the rows stand in the order of time: then later ones are never trained on to predict earlier ones. */
  readonly isOrdered: boolean;
}

/** The share of rows for validation, where the option says that they are the last ones. */
const LAST_SHARE = 0.2;

/** How many of the rows are for validation by the option. */
export function validationRows(validation: number | "last", rows: number): number {
  if (validation === 0) return 0;
  return validationCount(validation === "last" ? LAST_SHARE : validation, rows);
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

/** Groups of rows in random order. */
function shuffledGroups(rows: RowNumbers, groups: Uint32Array, seed: number): RowNumbers[] {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const own = members.get(groups[row] as number);
    if (own === undefined) members.set(groups[row] as number, [row]);
    else own.push(row);
  }
  const all = [...members.values()];
  const order = shuffled(
    Uint32Array.from(all, (_, i) => i),
    null,
    seed,
  );
  return Array.from(order, (i) => Uint32Array.from(all[i] as number[]));
}

/** Whether each of so many rows, one after another, is for validation: the draw row by row. */
export function validationDraw(rows: number, wanted: number, seed: number, isOrdered = false): () => boolean {
  let row = 0;
  if (isOrdered) return () => row++ >= rows - wanted;
  const sampler = new ValidationSampler(rows, wanted, seed);
  return () => sampler.next();
}

/** Takes so many of the rows for validation; of groups, about so many. Both parts are in the order of the table. */
export function validationOf(
  draw: ValidationDraw,
  rows: RowNumbers,
  wanted: number,
  { classes, groups, isOrdered }: Strata,
  seed: number,
): Division {
  const taken = new Uint8Array((rows.at(-1) ?? -1) + 1);
  if (groups !== null && !isOrdered) {
    let open = wanted;
    const all = shuffledGroups(rows, groups, seed);
    // A group is taken where more than half of it is wanted. Where all are larger, the smallest is: but for one that is trained on.
    const smallest = Math.min(...all.map((own) => own.length));
    for (const own of all) {
      const isTaken = own.length < 2 * open || (open === wanted && own.length === smallest);
      if (open <= 0 || own.length >= rows.length - (wanted - open) || !isTaken) continue;
      for (const row of own) taken[row] = 1;
      open -= own.length;
    }
  } else if (draw === "row by row" || isOrdered) {
    const isNext = validationDraw(rows.length, wanted, seed, isOrdered);
    for (const row of rows) taken[row] = Number(isNext());
  } else
    shuffled(rows, classes, seed).forEach((row, i, { length }) => {
      if (Math.floor(((i + 1) * wanted) / length) > Math.floor((i * wanted) / length)) taken[row] = 1;
    });
  return dividedBy(rows, (row) => taken[row] === 1);
}

/**
 * Every row is for validation in one of so many folds, and trained on in the others. Of ordered rows a fold is trained on all rows
 * before its own, so that the first part of the rows is in no fold (rolling origin; Tashman 2000).
 */
export function foldsOf(
  rows: RowNumbers,
  folds: number,
  { classes, groups, isOrdered }: Strata,
  seed: number,
): Division[] {
  if (isOrdered) return rollingFolds(rows, folds);
  const foldOf = new Uint32Array((rows.at(-1) ?? -1) + 1);
  if (groups === null)
    shuffled(rows, classes, seed).forEach((row, i) => {
      foldOf[row] = i % folds;
    });
  else {
    // The largest groups first, each to the fold that has the fewest rows: the folds come out about equal.
    const sizes = new Array<number>(folds).fill(0);
    const order = shuffledGroups(rows, groups, seed).sort((a, b) => b.length - a.length);
    for (const own of order) {
      const fold = sizes.indexOf(Math.min(...sizes));
      for (const row of own) foldOf[row] = fold;
      sizes[fold]! += own.length;
    }
  }
  return Array.from({ length: folds }, (_, fold) => dividedBy(rows, (row) => foldOf[row] === fold));
}

function rollingFolds(rows: RowNumbers, folds: number): Division[] {
  const end = (part: number) => Math.floor((part * rows.length) / (folds + 1));
  return Array.from({ length: folds }, (_, fold) => ({
    training: rows.subarray(0, end(fold + 1)),
    validation: rows.subarray(end(fold + 1), end(fold + 2)),
  }));
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
