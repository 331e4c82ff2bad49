/** What an Ensemble takes the mean of, without its class: for files and exports. */
export type EnsembleAverage = "output" | "probabilities";

export const ENSEMBLE_AVERAGES: readonly EnsembleAverage[] = ["output", "probabilities"];
