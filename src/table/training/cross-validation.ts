/** Scores of rows that nothing about a model was chosen by. */

import { outputsOf } from "../outputs.js";
import type { Measured } from "../progress.js";
import { foldsOf, seedsOf } from "../rows/division.js";
import { allRows, baselineOf, rowsAt, type WholeRows } from "../rows/whole-rows.js";
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

/** Fewer rows than this are not divided. */
const MIN_ROWS = 10;
/** From here on, one fold has rows enough for a score. */
const MANY_ROWS = 10_000;
/** Fewer rows are predicted several times, by which chance has less to say. */
const [FEW_ROWS, REPEATS] = [200, 3];

export function foldPlanOf(folds: number, rows: number): FoldPlan {
  if (folds === 0 || rows < MIN_ROWS) return { folds: 0, scored: 0, repeats: 0 };
  const parts = Math.min(folds, Math.floor(rows / 2));
  return { folds: parts, scored: rows > MANY_ROWS ? 1 : parts, repeats: rows < FEW_ROWS ? REPEATS : 1 };
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
): Promise<Measured | null> {
  const { target, settings } = plan;
  const measured: { scores: Scores; pairs: Measured["pairs"] }[] = [];
  for (const own of seedsOf(seed + 1, repeats)) {
    const scorer = scorerOf(target);
    const divisions = foldsOf(allRows(whole), folds, whole.classes === null ? null : whole.y, own).slice(
      0,
      scored,
    );
    const seeds = seedsOf(own, scored);
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
    }
    measured.push({ scores: scorer.result(), pairs: scorer.pairs });
  }
  const [first] = measured;
  if (first === undefined) return null;
  const scores = meanScores(measured.map((each) => each.scores) as [Scores, ...Scores[]]);
  return { scores, pairs: first.pairs };
}
