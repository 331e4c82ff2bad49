import type { ScanPlan } from "../cells/scanner.js";
import type { Head } from "../layout/opening.js";
import { type Kind, UNKNOWN } from "./column-kind.js";
import { NumbersDescription, TextsDescription } from "./described-column.js";
import { OtherCells, ofItsOwn } from "./other-cells.js";

/** A column that is read as numbers, and its cells that are none. */
export interface DescribingNumbers {
  readonly known: Extract<Kind, { kind: "number" }>;
  readonly description: NumbersDescription;
  readonly others: OtherCells;
}

/** What gathers what a column holds. */
export type Describing = DescribingNumbers | TextsDescription;

/** @param kinds what is known of the columns from readings before */
export function describedColumns(
  { names, decimal }: Head,
  kinds: readonly Kind[],
  maxValues: number,
): Describing[] {
  return names.map((_, i) => {
    const known = kinds[i] ?? UNKNOWN;
    if (known.kind === "text") return new TextsDescription(maxValues, known.first);
    return { known, description: new NumbersDescription(maxValues), others: new OtherCells(decimal) };
  });
}

/** How a file is read for its columns. @param strict whether a column is text once a cell is no plain number */
export function describingPlan(head: Head, columns: readonly Describing[], strict: boolean): ScanPlan {
  const { names, advice, delimiter, decimal } = head;
  const targets = Int32Array.from(names, (_, i) => i);
  const onText = (index: number, text: string, line: number) => {
    const column = columns[index] as Describing;
    if (column instanceof TextsDescription) {
      column.indices.set(ofItsOwn(text), column.indices.size);
      if (column.isFull) targets[index] = -1;
      return column.indices.size - 1;
    }
    column.others.add(text, line);
    if (strict) targets[index] = -1;
    return NaN;
  };
  return {
    ...{ names, advice, delimiter, decimal, targets, texts: null, width: names.length, limit: Infinity },
    classes: columns.map((column) => (column instanceof TextsDescription ? column.indices : undefined)),
    formats: columns.map((column) =>
      column instanceof TextsDescription ? undefined : (column.known.format ?? undefined),
    ),
    ...{ takesSpecial: !strict, takesOtherFormats: false, allowsMissing: true, onText },
  };
}
