/** Sentences about the cells of a table that are missing, or that a model does not know. */
import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import type { Columns, Input } from "./schema.js";

/** What is said of cells that are no numbers in a column of numbers, as the reader says it of the training table. */
function strayNote(name: string, strays: number, stray: { text: string; line: number }): string {
  const cells = withThousands(pluralize(strays, "cell"));
  const first = `${JSON.stringify(stray.text)} in line ${stray.line}`;
  return `Column ${JSON.stringify(name)}: ${cells} without a number counted as missing, ${strays > 1 ? "the first " : ""}${first}.`;
}

/** Cells of a column that are no numbers, or none of its categories: how many, and the first. */
export interface Unknown {
  count: number;
  readonly text: string;
  readonly line: number;
}

/**
 * What was done about cells that say nothing.
 *
 * @param missing how many for each input
 * @param isNew whether the table is not the one trained on: its texts may be new
 */
export function cellNotes(
  { inputs }: Columns,
  missing: ArrayLike<number>,
  unknown: ReadonlyMap<string, Unknown>,
  isNew: boolean,
): string[] {
  const line = (isCategory: boolean, words: string) => {
    const some = Array.from(missing).flatMap((count, i) => {
      const { name, kind } = inputs[i] as Input;
      return (kind === "category") === isCategory && count > 0
        ? [`${oneLine(name)} ${withThousands(String(count))}`]
        : [];
    });
    return some.length === 0 ? [] : [`cells ${words}: ${some.join(", ")}`];
  };
  const strays = isNew
    ? inputs.flatMap(({ name, kind }) => {
        const found = kind === "category" ? undefined : unknown.get(name);
        return found === undefined ? [] : [strayNote(name, found.count, found)];
      })
    : [];
  return [
    ...strays,
    ...line(false, "missing, taken as the mean"),
    ...line(true, `${isNew ? "missing or not known" : "missing"}, taken as no category`),
  ];
}
