/** What an Ensemble takes the mean of, without its class: for files and exports. */
import { pluralize } from "../../errors.js";

/** What an {@link Ensemble} takes the mean of. */
export type EnsembleAverage = "output" | "probabilities";

export const ENSEMBLE_AVERAGES: readonly EnsembleAverage[] = ["output", "probabilities"];

/** What an Ensemble gives, in words. */
export function describeMean(average: EnsembleAverage, members: number): string {
  return `mean of the ${average === "output" ? "outputs" : average} of ${pluralize(members, "model")}`;
}
