import { isLog } from "../rows/log-target.js";
import type { Target } from "../schema.js";
import { ClassScorer, type ClassScores, classesOf } from "./class-scores.js";
import { NumberScorer, type NumberScores } from "./number-scores.js";
import type { Scorer } from "./scorer.js";

/** How good predictions are, beside those that ask no model. */
export type Scores = NumberScores | ClassScores;

export function scorerOf(target: Target): Scorer<Scores> {
  return target.kind === "number" ? new NumberScorer(isLog(target)) : new ClassScorer(target);
}

/** The mean of the scores of the same rows, predicted several times: of the confusion too, so that it agrees with the shares. */
export function meanScores(all: readonly [Scores, ...Scores[]]): Scores {
  const [first] = all;
  const entries = Object.entries(first).map(([name, value]) => {
    const values = all.map((each) => (each as unknown as Record<string, unknown>)[name]);
    if (name === "rows" || !values.every((each) => typeof each === "number")) return [name, value];
    return [name, (values as number[]).reduce((a, b) => a + b, 0) / all.length];
  });
  const means = Object.fromEntries(entries) as Scores;
  if (means.kind === "number") return means;
  const confusion = meanConfusion(all as readonly ClassScores[]);
  return { ...means, confusion, classes: classesOf(confusion) };
}

function meanConfusion(all: readonly ClassScores[]): number[][] {
  const [{ confusion }] = all as [ClassScores];
  return confusion.map((row, t) =>
    row.map((_, p) => all.reduce((sum, each) => sum + (each.confusion[t]?.[p] as number), 0) / all.length),
  );
}
