/** Scores of rows that nothing about a model was chosen by. */

import { outputsOf } from "../outputs.js";
import type { Measured } from "../progress.js";
import { foldsOf, type Strata, seedsOf } from "../rows/division.js";
import { allRows, baselineOf, rowsAt, type WholeRows } from "../rows/whole-rows.js";
import { type Conformal, conformalOf, coverageOfFolds, SCORED_LEVEL } from "../scores/conformal.js";
import { meanScores, type Scores, scorerOf } from "../scores/scores.js";
import { type MemberPlan, together, trainMembers } from "./members.js";

/** How rows are divided for scores. */
export interface FoldPlan {
  /** Parts of the rows, each of which is predicted by networks that were trained on the others; 0: none. */
  readonly folds: number;
  /** How many of the folds are scored: one is enough where it has many rows. */
  readonly scored: number;
  /** How often all rows are divided anew and predicted again. */
  readonly repeats: number;
}

export const NO_FOLDS: FoldPlan = { folds: 0, scored: 0, repeats: 0 };

/** Fewer rows than this are not divided. */
const MIN_ROWS = 10;
/** From here on, one fold has rows enough for a score. */
const MANY_ROWS = 10_000;
/** Fewer rows are predicted several times, by which chance has less to say. */
const [FEW_ROWS, REPEATS] = [200, 3];

/** @param rows in memory, which can be divided again */
export function foldPlanOf(folds: number, rows: number, { groups, isOrdered }: Strata): FoldPlan {
  if (folds === 0 || rows < MIN_ROWS) return NO_FOLDS;
  const most = groups === null ? Math.floor(rows / 2) : new Set(groups).size;
  const parts = Math.min(folds, most);
  // Ordered rows are divided in one way only.
  const repeats = rows < FEW_ROWS && !isOrdered ? REPEATS : 1;
  return { folds: parts, scored: rows > MANY_ROWS ? 1 : parts, repeats };
}

/** Scores of rows that their networks knew nothing of, and how far off the predictions of these rows were. */
export interface CrossValidated extends Measured {
  readonly conformal: Conformal | null;
}

/**
 * k-fold cross-validation (Stone 1974): each fold is predicted by networks that know nothing of it. What stops their training is
 * held out of the other folds: a network that is stopped by the rows that it is scored on looks better than it is.
 *
 * @param onTrained called after each network
 * @returns null where training was stopped, or no network of a fold has had a finite loss
 */
export async function crossValidate(
  plan: MemberPlan,
  whole: WholeRows,
  { folds, scored, repeats }: FoldPlan,
  networks: number,
  seed: number,
  onTrained: () => unknown,
): Promise<CrossValidated | null> {
  const { target, settings } = plan;
  const measured: Measured[] = [];
  const nonconformities: number[] = [];
  for (const own of seedsOf(seed + 1, repeats)) {
    const scorer = scorerOf(target);
    const all = foldsOf(allRows(whole), folds, whole.strata, own);
    // Of ordered rows the last fold is trained on the most.
    const divisions = whole.strata.isOrdered ? all.slice(-scored) : all.slice(0, scored);
    const seeds = seedsOf(own, scored);
    const ends = [0];
    for (const [i, { training, validation }] of divisions.entries()) {
      const members = await trainMembers(
        plan,
        whole,
        training,
        seedsOf(seeds[i] as number, networks),
        onTrained,
      );
      if (settings.stop() || members.length === 0) return null;
      const held = rowsAt(whole, validation);
      const baseline = baselineOf(rowsAt(whole, training).y, whole);
      scorer.add(held.y, outputsOf(together(members, target), target, held.x, held.rows), baseline);
      ends.push(scorer.nonconformities.length);
    }
    const ofFolds = ends.slice(1).map((end, i) => scorer.nonconformities.slice(ends[i], end));
    const scores = { ...scorer.result(), coverage: coverageOfFolds(ofFolds, SCORED_LEVEL) };
    measured.push({ scores, pairs: scorer.pairs });
    for (const value of scorer.nonconformities) nonconformities.push(value);
  }
  const [first] = measured;
  if (first === undefined) return null;
  const scores = meanScores(measured.map((each) => each.scores) as [Scores, ...Scores[]]);
  const conformal = conformalOf(nonconformities, nonconformities.length / repeats);
  return { scores, pairs: first.pairs, conformal };
}
