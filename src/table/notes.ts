/** Sentences about the cells of a table that are missing, or that a model does not know. */

import { parseNumber } from "../data/cells/number.js";
import { possibleNumbers } from "../data/cells/other-formats.js";
import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { nearest } from "../options.js";
import { FORM_WORDS } from "./dates/forms.js";
import type { DateInput } from "./dates/survey.js";
import type { Columns, Input } from "./schema.js";

/** What is said of cells that are no numbers in a column of numbers, as the reader says it of the training table. */
function strayNote(name: string, strays: number, stray: { text: string; line: number }): string {
  const cells = withThousands(pluralize(strays, "cell"));
  const first = `${JSON.stringify(stray.text)} in line ${stray.line}`;
  const why = whyNoNumber(stray.text);
  return `Column ${JSON.stringify(name)}: ${cells} without a number counted as missing, ${strays > 1 ? "the first " : ""}${first}${why}.`;
}

/** What is said of cells that are no dates in a column of dates, in the table that was trained on, too. */
function noDateNote({ name, form }: DateInput, { count, text, line }: Unknown): string {
  const cells = withThousands(pluralize(count, "cell"));
  const first = `${JSON.stringify(text)} in line ${line}`;
  return `Column ${JSON.stringify(name)}: ${cells} without a date (${FORM_WORDS[form]}) counted as missing, ${count > 1 ? "the first " : ""}${first}.`;
}

/** What is said behind a cell that looks like a number. */
function whyNoNumber(text: string): string {
  const value = parseNumber(text);
  if (value !== null && Math.fround(value) === Infinity * Math.sign(value))
    return ", which is too large for float32";
  const numbers = possibleNumbers(text);
  if (numbers.length > 1)
    return `, which may be ${numbers.join(" or ")}: write it as in the table that was trained on, or as ${numbers.at(-1)}`;
  return numbers.length === 1 ? ", which is not written as in the table that was trained on" : "";
}

/** What is said of inputs that no row has. @param others names that are no inputs, of which one may be meant */
export function absentNotes(absent: readonly string[], others: readonly string[]): string[] {
  return absent.map((name) => {
    const near = nearest(name, others);
    const hint = near === null ? "" : ` (is ${JSON.stringify(near)} meant?)`;
    return `no row has ${JSON.stringify(name)}${hint}`;
  });
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
    return some.length === 0 ? [] : [`${words}: ${some.join(", ")}`];
  };
  const strays = inputs.flatMap((input) => {
    const found = input.kind === "category" ? undefined : unknown.get(input.name);
    if (found === undefined) return [];
    if (input.kind === "date") return [noDateNote(input, found)];
    return isNew ? [strayNote(input.name, found.count, found)] : [];
  });
  return [
    ...strays,
    ...line(false, "missing values, filled with the mean"),
    ...line(true, `${isNew ? "missing or unknown values" : "missing values"}, of no category`),
  ];
}
