/** Scores in words, for the command, its report and the page. */
import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import { exp64 } from "../../random/elementary.js";
import type { Scored } from "../file/description.js";
import { isLog } from "../rows/log-target.js";
import { type CategoryTarget, type Schema, shortened } from "../schema.js";
import type { ClassScores, PerClassScores } from "../scores/class-scores.js";
import { nonconformityAt, SCORED_LEVEL } from "../scores/conformal.js";
import type { NumberScores } from "../scores/number-scores.js";
import type { Scores } from "../scores/scores.js";
import { percentText, percentWithError, withError } from "./rounded.js";

/** A score: its name, its value, and what it means. */
export type ScoreLine = readonly [name: string, value: string, meaning: string];

/** Fewer rows than this give scores that chance decides. */
const TOO_FEW_ROWS = 30;

/**
 * Scores in words, the most important one first, the baseline last, with the digits that their errors allow.
 *
 * @param scores of `trainTable` or `TableModel.evaluate`
 * @param schema the model's
 * @returns a line for each score
 * @throws TypeError for what are no scores
 * @example
 * import { scoreLines, trainTable } from "rprop/table";
 * const columns = { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] };
 * const { scores, schema } = await trainTable({ columns }, { target: "y", hidden: [], keepRowNumbers: true });
 * console.log(scoreLines(scores, schema).map(([name]) => name).join(", ")); // RMSE, MAE, R², baseline
 */
export function scoreLines(scores: Scores, schema: Schema): readonly [ScoreLine, ...ScoreLine[]] {
  return scores.kind === "number" ? numberLines(scores, schema) : classLines(scores, schema);
}

function numberLines(
  { rmse, rmseError, mae, baselineRmse, r2, coverage }: NumberScores,
  { target, baseline, conformal }: Schema,
): [ScoreLine, ...ScoreLine[]] {
  const name = JSON.stringify(target.name);
  const like = (value: number) => withError(value, rmseError, false);
  // 1 − R² grows with the square of the RMSE.
  const r2Error = r2 === null || rmseError === null ? null : (2 * (1 - r2) * rmseError) / rmse;
  const better = 1 - rmse / baselineRmse;
  const beside = better > 0 ? `${percentText(better)} better` : "no better";
  return [
    ["RMSE", withError(rmse, rmseError), `root mean squared error, in the units of ${name}`],
    ["MAE", like(mae), "mean absolute error"],
    ...(r2 === null
      ? []
      : [["R²", withError(r2, r2Error, false), "1 is perfect, 0 no better than the mean"] as const]),
    ...(coverage === null || conformal === undefined
      ? []
      : [
          [
            "interval",
            isLog(target)
              ? `× ÷ ${ratioText(exp64(nonconformityAt(conformal, SCORED_LEVEL)))}`
              : `± ${like(nonconformityAt(conformal, SCORED_LEVEL))}`,
            `of ${percentText(SCORED_LEVEL, 0)}, around a prediction; it holds ${percentText(coverage)} of these rows`,
          ] as const,
        ]),
    ["baseline", like(baselineRmse), `predicts the mean, ${like(baseline ?? NaN)}; the model is ${beside}`],
  ];
}

/** A ratio near 1, with two digits of what it is more. */
function ratioText(ratio: number): string {
  return withError(ratio, ratio - 1, false);
}

function classLines(scores: ClassScores, schema: Schema): [ScoreLine, ...ScoreLine[]] {
  const { rows, accuracy, accuracyError, baselineAccuracy, confusion } = scores;
  const { balancedAccuracy, logLoss, logLossError, brier, auc, ece, calibrationSlope, coverage } = scores;
  const count = accuracy * rows;
  // The mean of several predictions of the same rows is no number of rows.
  const isWhole = Math.abs(count - Math.round(count)) < 1e-6 * rows;
  const right = isWhole
    ? withThousands(`${Math.round(count)} of ${pluralize(rows, "row")}`)
    : "the share of the rows that is right";
  const { categories } = schema.target as CategoryTarget;
  const most = `"${shortened(categories[schema.baseline ?? mostFrequent(confusion)] as string, 40)}"`;
  const where = schema.baseline === null ? "of these rows" : "in training";
  const known = (name: string, value: string | null, meaning: string): ScoreLine[] =>
    value === null ? [] : [[name, value, meaning]];
  return [
    ["accuracy", percentWithError(accuracy, accuracyError), right],
    ...known(
      "balanced accuracy",
      balancedAccuracy === null ? null : percentWithError(balancedAccuracy, accuracyError, false),
      "mean recall of the classes",
    ),
    ...known("log loss", logLoss === null ? null : withError(logLoss, logLossError), "0 is perfect"),
    ...known("Brier score", brier === null ? null : withError(brier, logLossError, false), "0 is perfect"),
    ...known(
      "AUC",
      auc === null ? null : withError(auc, accuracyError, false),
      "1 is perfect, 0.5 is chance",
    ),
    ...known(
      "calibration",
      ece === null ? null : percentText(ece),
      `mean error of probabilities${calibrationSlope === null ? "" : `; slope ${calibrationSlope.toFixed(2)}, 1 is right`}`,
    ),
    ...known(
      `${percentText(SCORED_LEVEL, 0)} sets`,
      coverage === null ? null : percentText(coverage),
      "of these rows have their class in their prediction set",
    ),
    ["baseline", percentText(baselineAccuracy), `predicts ${most}, the most frequent class ${where}`],
  ];
}

/** Where the model's file does not say which class was the most frequent one. */
function mostFrequent(confusion: ClassScores["confusion"]): number {
  const counts = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  return counts.indexOf(Math.max(...counts));
}

/** Rows, precision, recall and F1 of every class, under a head. */
export function classTable({ classes }: ClassScores, names: readonly string[]): string[][] {
  const share = (value: number | null) => (value === null ? "–" : percentText(value));
  const line = ({ rows, precision, recall, f1 }: PerClassScores, c: number) => [
    names[c] as string,
    withThousands(String(rows)),
    ...[precision, recall, f1].map(share),
  ];
  return [["class", "rows", "precision", "recall", "F1"], ...classes.map(line)];
}

/**
 * Which rows the scores are of, such as "by 5-fold cross-validation on 342 rows".
 *
 * @param scores the scores
 * @param scored how the rows were chosen: `scored` of the model's history; null for rows of another table
 * @returns a part of a sentence
 * @throws TypeError for what are no scores
 * @example
 * import { scoredText, trainTable } from "rprop/table";
 * const columns = { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] };
 * const { scores, history } = await trainTable({ columns }, { target: "y", hidden: [], keepRowNumbers: true });
 * console.log(scoredText(scores, history.scored)); // by 5-fold cross-validation on 10 rows, repeated 3 times
 */
export function scoredText(scores: Scores, scored: Scored | null): string {
  const rows = withThousands(pluralize(scores.rows, "row"));
  if (scored === null) return `on ${rows}`;
  const { by, folds, repeats } = scored;
  if (by === "validation") return `on ${rows} for validation`;
  if (by === "training") return `on the ${rows} of training, as there are none for validation`;
  const times = repeats > 1 ? `, repeated ${repeats} times` : "";
  return `by ${folds}-fold cross-validation on ${rows}${times}`;
}

/**
 * Whether a model is better than the baseline by more than the standard error of its score: by RMSE, or by log loss.
 *
 * @param scores of `trainTable` or `TableModel.evaluate`
 * @returns whether it is
 * @throws TypeError for what are no scores
 * @example
 * import { isBetter, trainTable } from "rprop/table";
 * const columns = { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] };
 * const { scores } = await trainTable({ columns }, { target: "y", hidden: [], keepRowNumbers: true });
 * console.log(isBetter(scores)); // true
 */
export function isBetter(scores: Scores): boolean {
  if (scores.kind === "number") return scores.rmse + (scores.rmseError ?? 0) < scores.baselineRmse;
  const { logLoss, logLossError, baselineLogLoss, accuracy, baselineAccuracy } = scores;
  if (logLoss === null || baselineLogLoss === null) return accuracy > baselineAccuracy;
  return logLoss + (logLossError ?? 0) < baselineLogLoss;
}

/**
 * What has to be known before scores are believed: too few rows, a model that is no better than the baseline, rows of training.
 *
 * @param scores the scores
 * @param schema the model's
 * @param scored how the rows were chosen; null for rows of another table. Default null
 * @returns sentences, none where there is nothing to say
 * @throws TypeError for what are no scores
 * @example
 * import { scoreWarnings, trainTable } from "rprop/table";
 * const columns = { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] };
 * const { scores, schema } = await trainTable({ columns }, { target: "y", hidden: [], keepRowNumbers: true });
 * console.log(scoreWarnings(scores, schema)); // [ '10 rows are too few: no score of them can be trusted.' ]
 */
export function scoreWarnings(
  scores: Scores,
  { inputs, target }: Schema,
  scored: Scored | null = null,
): string[] {
  const warnings: string[] = [];
  if (scores.rows < TOO_FEW_ROWS)
    warnings.push(
      `${pluralize(scores.rows, "row")} ${scores.rows === 1 ? "is" : "are"} too few: no score of them can be trusted.`,
    );
  if (!isBetter(scores)) {
    const few = scores.rows < 20 * inputs.length ? "there are too few rows for so many columns, or " : "";
    warnings.push(
      `The model is no better than the baseline: ${few}${JSON.stringify(target.name)} does not depend on the other columns in a way that it can learn.`,
    );
  }
  if (scored?.by === "training")
    warnings.push("These are the rows of training: scores of other rows will be worse.");
  return warnings;
}
