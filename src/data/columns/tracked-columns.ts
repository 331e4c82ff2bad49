import { type ScanPlan, scanPlan } from "../cells/scan-plan.js";
import type { Head } from "../layout/opening.js";
import { type Kind, type NumberKind, PLAIN_NUMBERS } from "./column-kind.js";
import { NumberSummary } from "./number-summary.js";
import { OtherCells, ofItsOwn } from "./other-cells.js";
import { TextSummary } from "./text-summary.js";

/** A column that is read as numbers, and its cells that are none. */
interface TrackedNumbers {
  readonly known: NumberKind;
  readonly summary: NumberSummary;
  readonly others: OtherCells;
}

/** A column while its file is surveyed. */
export type TrackedColumn = TrackedNumbers | TextSummary;

/** @param kinds what is known of the columns from readings before */
export function trackedColumns(
  { names, decimal }: Head,
  kinds: readonly Kind[],
  maxValues: number,
): TrackedColumn[] {
  return names.map((_, i) => {
    const known = kinds[i] ?? PLAIN_NUMBERS;
    if (known.kind === "text") return new TextSummary(maxValues, known.first);
    return { known, summary: new NumberSummary(maxValues), others: new OtherCells(decimal) };
  });
}

/** How a file is scanned for its columns. @param strict whether a column is text once a cell is no plain number */
export function trackingPlan(head: Head, columns: readonly TrackedColumn[], strict: boolean): ScanPlan {
  const onText = (index: number, text: string, line: number) => {
    const column = columns[index] as TrackedColumn;
    if (column instanceof TextSummary) {
      column.indices.set(ofItsOwn(text), column.indices.size);
      if (column.isFull) plan.targets[index] = -1;
      return column.indices.size - 1;
    }
    column.others.add(text, line);
    if (strict) plan.targets[index] = -1;
    return NaN;
  };
  const plan = scanPlan(head, {
    numbers: head.names,
    classes: columns.map((column) => (column instanceof TextSummary ? column.indices : undefined)),
    formats: columns.map((column) =>
      column instanceof TextSummary ? undefined : (column.known.format ?? undefined),
    ),
    ...{ takesSpecial: !strict, allowsMissing: true, onText },
  });
  return plan;
}
