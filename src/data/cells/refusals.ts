/** Messages about a cell that is refused. */
import { Verbatim } from "../../errors.js";
import { type FormatError, malformed } from "../../format-error.js";

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
