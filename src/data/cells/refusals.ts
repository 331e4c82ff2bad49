/** Messages about cells and rows that are refused. */
import { pluralize, Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";
import type { ScanPlan } from "./scan-plan.js";

export function missingCell(line: number, name: string, text: string): FormatError {
  return malformed(
    whereIs(line, name),
    'a value (or the option "missing")',
    new Verbatim(`a missing one, ${JSON.stringify(text)}`),
  );
}

export function whereIs(line: number, name: string): string {
  return `line ${line}, column ${JSON.stringify(name)}`;
}

/** For a row of more or fewer cells than there are columns. */
export function raggedRow(
  { names, advice }: Pick<ScanPlan, "names" | "advice">,
  line: number,
  cells: number,
): FormatError {
  return malformed(`line ${line}`, pluralize(names.length, "cell"), new Verbatim(`${cells}${advice}`));
}
