import type { DescribedColumn } from "../../data/index.js";
import { oneLine } from "../../escapes.js";
import { percentText } from "../text/rounded.js";

/** A class of a larger share of the rows makes accuracy high whatever the model knows of the others. */
const MOST = 0.8;

/** What is said of classes of which one has most rows. @param categories in the order of the column's values */
export function imbalanceNotes({ name, values }: DescribedColumn, categories: readonly string[]): string[] {
  const counts = [...(values?.values() ?? [])];
  const rows = counts.reduce((a, b) => a + b, 0);
  const share = (count: number) => percentText(count / rows);
  const largest = Math.max(...counts);
  if (!(largest > MOST * rows)) return [];
  const most = counts.indexOf(largest);
  const other =
    counts.length === 2 ? ` and ${shown(categories[1 - most])} in ${share(counts[1 - most] as number)}` : "";
  return [
    `${JSON.stringify(name)} is ${shown(categories[most])} in ${share(largest)} of the rows${other}: accuracy says little here, balanced accuracy and recall say more`,
  ];
}

function shown(category = ""): string {
  return oneLine(category);
}
