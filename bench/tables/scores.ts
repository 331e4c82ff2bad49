/** Scores of predictions, by one scorer for everybody. */

/** What a method predicts for the test rows of one split. */
export type Predicted =
  | { readonly kind: "number"; readonly values: readonly number[] }
  | {
      readonly kind: "category";
      readonly classes: readonly string[];
      readonly probabilities: readonly (readonly number[])[];
    };

/** A probability of 0 would make one row decide everything. */
const MIN_PROBABILITY = 1e-6;

/** RMSE, or log loss in nats; rows of classes that no training row has are not scored. */
export function scoreOf(predicted: Predicted, actual: readonly string[], known: ReadonlySet<string>): number {
  if (predicted.kind === "number")
    return Math.sqrt(mean(predicted.values.map((value, i) => (value - Number(actual[i])) ** 2)));
  const { classes, probabilities } = predicted;
  return mean(
    actual.flatMap((label, i) => {
      if (!known.has(label)) return [];
      const p = probabilities[i]?.[classes.indexOf(label)] ?? 0;
      return [-Math.log(Math.min(1, Math.max(MIN_PROBABILITY, p)))];
    }),
  );
}

/** The share of rows whose most probable class is right. */
export function accuracyOf(predicted: Predicted & { kind: "category" }, actual: readonly string[]): number {
  return mean(
    predicted.probabilities.map((row, i) =>
      predicted.classes[row.indexOf(Math.max(...row))] === actual[i] ? 1 : 0,
    ),
  );
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function std(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Rank 1 is the lowest score; equal ones share the mean of their ranks. */
export function ranksOf(scores: readonly number[]): number[] {
  return scores.map(
    (score) =>
      1 +
      scores.filter((other) => other < score).length +
      (scores.filter((other) => other === score).length - 1) / 2,
  );
}

/**
 * t of paired differences over the parts of a cross-validation, whose training rows overlap: the variance is corrected for that
 * (Nadeau & Bengio 2003, section 3).
 */
export function pairedT(differences: readonly number[]): number {
  const parts = differences.length;
  const variance = std(differences) ** 2;
  return mean(differences) / Math.sqrt(variance * (1 / parts + 1 / (parts - 1)));
}
