import type { DescribedColumn } from "../../data/index.js";
import { oneLine } from "../../escapes.js";
import type { CategoryTarget } from "../schema.js";
import { percentText } from "../text/rounded.js";
import type { TrainSettings } from "../train-options.js";

/** A class of a larger share of the rows makes accuracy high whatever the model knows of the others. */
const MOST = 0.8;

/** What is said of classes of which one has most rows. @param target its categories are in the order of the column's values */
export function imbalanceNotes(
  { name, values }: DescribedColumn,
  { categories }: Pick<CategoryTarget, "categories">,
  { threshold, optionText }: Pick<TrainSettings, "threshold" | "optionText">,
): string[] {
  const counts = [...(values?.values() ?? [])];
  const rows = counts.reduce((a, b) => a + b, 0);
  const share = (count: number) => percentText(count / rows);
  const largest = Math.max(...counts);
  if (!(largest > MOST * rows)) return [];
  const most = counts.indexOf(largest);
  const isPair = counts.length === 2;
  const rest = isPair ? ` and ${shown(categories[1 - most])} in ${share(counts[1 - most] as number)}` : "";
  // The share of the second class as threshold does what weights of the classes do, without harm to the probabilities.
  const second = Number(((counts[1] ?? 0) / rows).toPrecision(2));
  const advice =
    isPair && threshold === undefined && second > 0 && second < 1
      ? `; ${optionText("threshold", second)} finds more rows of ${shown(categories[1 - most])}`
      : "";
  return [
    `${JSON.stringify(name)} is ${shown(categories[most])} in ${share(largest)} of the rows${rest}: accuracy says little here, balanced accuracy and recall say more${advice}`,
  ];
}

function shown(category = ""): string {
  return oneLine(category);
}
