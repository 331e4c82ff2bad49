import { pluralize } from "../../errors.js";
import { type DecimalMark, otherThan } from "../cells/number.js";
import type { DescribedColumn } from "./described-column.js";

const MARKS = { ",": "commas", ".": "points", " ": "spaces", "'": "apostrophes" } as const;

/** What is said where no number of a file tells whether its decimal separates thousands instead. */
export function doubtNote(text: string, decimal: DecimalMark): string {
  const [read, other] = [text.replace(decimal, "."), text.replaceAll(decimal, "")];
  const mark = JSON.stringify(otherThan(decimal));
  return `Numbers such as ${JSON.stringify(text)} are read as ${read}, and not as ${other}; { decimal: ${mark} } reads thousands.`;
}

/** What is unusual about a column, in sentences. */
export function notesOn(column: DescribedColumn): string[] {
  const name = `Column ${JSON.stringify(column.name)}`;
  if (column.kind === "text" && column.either !== undefined) {
    const { either } = column;
    const mark = either.includes(",") ? "," : ".";
    const other = otherThan(mark);
    const [whole, fraction] = [either.replaceAll(mark, ""), either.replace(mark, ".")];
    return [
      `${name} is text: ${JSON.stringify(either)} is ${whole} where the decimal is ${JSON.stringify(other)}, and ${fraction} where it is ${JSON.stringify(mark)}; { decimal: ${JSON.stringify(other)} } or { decimal: ${JSON.stringify(mark)} } says which.`,
    ];
  }
  if (column.kind !== "number") return [];
  const { format, strays, stray, infinite } = column;
  const notes: string[] = [];
  if (format !== null && format.thousands !== "")
    notes.push(`${name}: ${MARKS[format.thousands]} separate thousands.`);
  if (format !== null && format.unit !== "") notes.push(`${name}: numbers with ${format.unit}.`);
  if (format?.minusBehind) notes.push(`${name}: the minus of negative numbers stands behind them.`);
  if (infinite > 0) notes.push(`${name}: ${pluralize(infinite, "infinite number")} counted as missing.`);
  if (stray !== null) {
    const where = `${JSON.stringify(stray.text.slice(0, 40))} in line ${stray.line}`;
    const lacking = format === null || format.unit === "" ? "a number" : `a number with ${format.unit}`;
    notes.push(
      `${name}: ${pluralize(strays, "cell")} without ${lacking} counted as missing, ${strays > 1 ? "such as " : ""}${where}.`,
    );
  }
  return notes;
}
