import { log64 } from "../../random/elementary.js";
import { predictedClass } from "../outputs.js";
import type { CategoryTarget } from "../schema.js";
import { type CalibrationBin, calibrationOf, MIN_PROBABILITY } from "./calibration.js";
import type { Pair, Scorer } from "./scorer.js";

/** How well one class is told from the others. */
export interface PerClassScores {
  /** Rows of the class. */
  readonly rows: number;
  /** Of the rows predicted as this class, the share that is; null where there are none. */
  readonly precision: number | null;
  /** Of the rows of this class, the share predicted as it; null where there are none. */
  readonly recall: number | null;
  /** The harmonic mean of both; null where either is. */
  readonly f1: number | null;
}

/** How good predictions of classes are. Scores that are null are not known: files of earlier versions do not have them. */
export interface ClassScores {
  /** Says that a class is predicted. */
  readonly kind: "category";
  /** How many rows were measured. */
  readonly rows: number;
  /** The share of the rows that is right. */
  readonly accuracy: number;
  /** That of the class that was most frequent among the training rows; among these rows, where the model does not know it. */
  readonly baselineAccuracy: number;
  /** confusion[t][p]: rows of class t that were predicted as class p; of rows predicted several times, in the mean. */
  readonly confusion: readonly (readonly number[])[];
  /** The standard error of accuracy. */
  readonly accuracyError: number | null;
  /** The mean of the recalls of the classes that have rows. */
  readonly balancedAccuracy: number | null;
  /** −log of the probability of the true class, in the mean over the rows. */
  readonly logLoss: number | null;
  /** The standard error of logLoss. */
  readonly logLossError: number | null;
  /** The log loss of always predicting the shares that the classes have in these rows. */
  readonly baselineLogLoss: number | null;
  /** The squared distance of the probabilities from 1 for the true class and 0 for the others, in the mean over the rows. */
  readonly brier: number | null;
  /** The area under the ROC curve of the second of two classes; null where there are others, or no row of either. */
  readonly auc: number | null;
  /** In the order of the target's categories. */
  readonly classes: readonly PerClassScores[];
  /** The expected calibration error: how far probabilities are from the shares that come true, in the mean. */
  readonly ece: number | null;
  /** The exponent that the probabilities want: 1 is calibrated, below 1 they are too sure. */
  readonly calibrationSlope: number | null;
  /** Rows by the probability of their most probable class, and how often it was right. */
  readonly calibration: readonly CalibrationBin[];
  /** The share of the rows whose class is in the model's 90 % prediction set; null where it has none. */
  readonly coverage: number | null;
}

/** Probabilities of so many rows are kept for the calibration, which needs no more. */
const MAX_CALIBRATED = 20_000;

export class ClassScorer implements Scorer<ClassScores> {
  readonly pairs: readonly Pair[] = [];
  readonly nonconformities: number[] = [];
  /** Of the first rows: their probabilities, and their actual classes. */
  readonly #probabilities: number[] = [];
  readonly #actual: number[] = [];
  readonly #target: CategoryTarget;
  readonly #classes: number;
  readonly #confusion: number[][];
  readonly #auc: AreaUnderCurve | null;
  /** Σ of the log losses and of their squares. */
  #logs = 0;
  #squaredLogs = 0;
  #squares = 0;
  #baselineRight = 0;
  #isBaselineKnown = true;

  constructor(target: CategoryTarget) {
    const classes = target.categories.length;
    this.#target = target;
    this.#classes = classes;
    this.#confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    this.#auc = classes === 2 ? new AreaUnderCurve() : null;
  }

  add(actual: Float32Array, outputs: Float32Array, baseline: number | null): void {
    const classes = this.#classes;
    if (baseline === null) this.#isBaselineKnown = false;
    for (let row = 0; row < actual.length; row++) {
      const truth = actual[row] as number;
      const at = row * classes;
      let squares = 0;
      for (let c = 0; c < classes; c++) squares += ((outputs[at + c] as number) - Number(c === truth)) ** 2;
      (this.#confusion[truth] as number[])[predictedClass(this.#target, outputs, at)]!++;
      this.#squares += squares;
      const loss = -log64(Math.min(1, Math.max(MIN_PROBABILITY, outputs[at + truth] as number)));
      this.#logs += loss;
      this.#squaredLogs += loss * loss;
      if (truth === baseline) this.#baselineRight++;
      this.#auc?.add(outputs[at + 1] as number, truth === 1);
      this.nonconformities.push(1 - (outputs[at + truth] as number));
      if (this.#actual.length >= MAX_CALIBRATED) continue;
      this.#actual.push(truth);
      for (let c = 0; c < classes; c++) this.#probabilities.push(outputs[at + c] as number);
    }
  }

  result(): ClassScores {
    const confusion = this.#confusion;
    const counts = confusion.map(sum);
    const rows = sum(counts);
    const right = sum(confusion.map((row, c) => row[c] as number));
    const accuracy = right / rows;
    const logLoss = this.#logs / rows;
    const classes = classesOf(confusion);
    const recalls = classes.flatMap(({ recall }) => (recall === null ? [] : [recall]));
    const calibration = calibrationOf(
      Float32Array.from(this.#probabilities),
      Float32Array.from(this.#actual),
      this.#classes,
    );
    return {
      kind: "category",
      rows,
      accuracy,
      accuracyError: Math.sqrt((accuracy * (1 - accuracy)) / rows),
      baselineAccuracy: (this.#isBaselineKnown ? this.#baselineRight : Math.max(...counts)) / rows,
      balancedAccuracy: sum(recalls) / recalls.length,
      logLoss,
      logLossError: Math.sqrt(Math.max(0, this.#squaredLogs / rows - logLoss ** 2) / rows),
      baselineLogLoss: -sum(counts.map((count) => (count === 0 ? 0 : (count / rows) * log64(count / rows)))),
      brier: this.#squares / rows,
      auc: this.#auc?.result() ?? null,
      classes,
      ece: calibration?.ece ?? null,
      calibrationSlope: calibration?.slope ?? null,
      calibration: calibration?.bins ?? [],
      coverage: null,
      confusion,
    };
  }
}

export function classesOf(confusion: ClassScores["confusion"]): PerClassScores[] {
  return confusion.map((row, c) => {
    const [hits, predicted] = [row[c] as number, sum(confusion.map((each) => each[c] as number))];
    const rows = Math.round(sum(row)); // a whole number, of which means of counts have rounded parts
    return {
      rows,
      precision: predicted > 0 ? hits / predicted : null,
      recall: rows > 0 ? hits / rows : null,
      f1: predicted > 0 && rows > 0 ? (2 * hits) / (predicted + rows) : null,
    };
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}

/** The probability that a row of the class has a larger score than one of the other: the rank sum of Mann & Whitney (1947). */
class AreaUnderCurve {
  readonly #scores: [score: number, isPositive: boolean][] = [];

  add(score: number, isPositive: boolean): void {
    this.#scores.push([score, isPositive]);
  }

  result(): number | null {
    const sorted = this.#scores.sort(([a], [b]) => a - b);
    let [positives, rankSum] = [0, 0];
    for (let from = 0; from < sorted.length; ) {
      let to = from;
      while (to < sorted.length && sorted[to]?.[0] === sorted[from]?.[0]) to++;
      const rank = (from + 1 + to) / 2; // equal scores share the mean of their ranks
      for (let i = from; i < to; i++)
        if (sorted[i]?.[1]) {
          positives++;
          rankSum += rank;
        }
      from = to;
    }
    const negatives = sorted.length - positives;
    if (positives === 0 || negatives === 0) return null;
    return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  }
}
