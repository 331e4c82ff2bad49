/**
 * How far predictions are off, for intervals and prediction sets: conformal prediction from out-of-fold rows (Vovk, Gammerman &
 * Shafer 2005; of cross-validation, Barber, Candès, Ramdas & Tibshirani 2021, section 3).
 *
 * Of a number, the nonconformity of a row is |actual − predicted|; of a category, 1 − the probability of the actual one (Sadinle,
 * Lei & Wasserman 2019). A new row is no worse than the level·(n + 1)-th of n such scores with a probability of at least `level`.
 * Deviation: CV+ asks the networks of each fold about a new row; here the final model is asked alone, so that a file holds one
 * model. It was trained on more rows than those of the folds, which makes the intervals a little wider than they need be.
 */

/** Nonconformities of out-of-fold rows. */
export interface Conformal {
  /** How many rows they are of. */
  readonly rows: number;
  /** Ascending, at equal distances in the order of all: entry i of m is that of the share (i + 1) / m. At most 1,000. */
  readonly nonconformities: readonly number[];
}

const MAX_KEPT = 1000;
/** The level whose coverage is among the scores. */
export const SCORED_LEVEL = 0.9;

/**
 * @param nonconformities of all rows, in any order; several for each row where rows were divided several times
 * @param rows how many rows there are
 */
export function conformalOf(nonconformities: readonly number[], rows: number): Conformal | null {
  if (rows === 0) return null;
  const sorted = Float64Array.from(nonconformities).sort();
  const kept = Math.min(MAX_KEPT, sorted.length);
  const entries = Array.from(
    { length: kept },
    (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / kept) - 1] as number,
  );
  return { rows, nonconformities: entries };
}

/**
 * The nonconformity that a new row does not exceed with a probability of `level`.
 *
 * @returns Infinity where there are too few rows for the level: n rows know levels up to n / (n + 1)
 */
export function nonconformityAt({ rows, nonconformities }: Conformal, level: number): number {
  const share = (level * (rows + 1)) / rows;
  // A level such as 0.9 is no binary fraction: what is whole but for that counts as whole.
  const place = Math.ceil(share * nonconformities.length * (1 - 1e-12));
  return nonconformities[Math.max(0, place - 1)] ?? Infinity;
}

/** The share of rows that are within their intervals or sets; null where there are none, or too few rows for the level. */
export function coverageOf(
  conformal: Conformal | undefined,
  nonconformities: readonly number[],
  level: number,
): number | null {
  if (conformal === undefined || nonconformities.length === 0) return null;
  const limit = nonconformityAt(conformal, level);
  if (limit === Infinity) return null;
  return nonconformities.filter((value) => value <= limit).length / nonconformities.length;
}

/**
 * The share of rows within their intervals, those of each fold by the nonconformities of the other folds alone.
 *
 * @param folds of each fold, the nonconformities of its rows
 * @returns null where there is one fold, or no row
 */
export function coverageOfFolds(folds: readonly (readonly number[])[], level: number): number | null {
  if (folds.length < 2) return null;
  let [covered, rows] = [0, 0];
  for (const [fold, own] of folds.entries()) {
    const others = folds.filter((_, i) => i !== fold).flat();
    const conformal = conformalOf(others, others.length);
    const share = conformal === null ? null : coverageOf(conformal, own, level);
    if (share === null) continue; // the others are too few for the level
    covered += own.length * share;
    rows += own.length;
  }
  return rows === 0 ? null : covered / rows;
}
