/** What is said when training begins and ends. */
import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import { Ensemble } from "../../index.js";
import type { Begun, Course, TableModel } from "../../table/index.js";
import type { TrainSettings } from "../../table/train-options.js";
import { tooLarge } from "../../table/wording.js";

const READING = {
  memory: "",
  "every epoch": " that are read anew for each epoch",
  moments: ", by their moments",
};

export function beginLines({
  widths,
  networks,
  rows: { training, validation },
  wanted,
  reading,
}: Begun): string[] {
  const others = validation > 0 ? `${validation} for validation` : "none for validation";
  const what = `${networks > 1 ? `${networks} networks of ` : ""}${widths.join(" → ")}`;
  const line = `training ${what} on ${pluralize(training, "row")}${READING[reading]}, ${others}`;
  const fewer = `${pluralize(validation, "validation row")}, not ${wanted}: there is no memory for more`;
  return (validation < wanted ? [fewer, line] : [line]).map(withThousands);
}

export function endLine(
  { module }: TableModel,
  { stopReason, completed, bestEpoch }: Course,
  interrupted: boolean,
  { patience, optionText }: TrainSettings,
): string {
  const epochs = pluralize(completed, "epoch");
  if (module instanceof Ensemble)
    return withThousands(
      `${interrupted ? "interrupted after" : "trained"} ${pluralize(module.modules.length, "network")}, the first of them for ${epochs}`,
    );
  const best = `the best model, after ${bestEpoch}, is kept`;
  const reasons = {
    patience: `ended after ${epochs}, of which the last ${patience} were no better; ${best}`,
    limit: `ended after all ${epochs}; ${best}`,
    diverged: `diverged after ${epochs}: ${tooLarge(optionText)}; ${best}`,
    converged: `converged after ${epochs}; ${best}`,
    stopped: `interrupted after ${epochs}; ${best}`,
    target: "",
  };
  return withThousands(interrupted ? reasons.stopped : reasons[stopReason]);
}
