import { malformed } from "../../format-error.js";
import { someOf } from "../column-names.js";
import { parseNumber, trimmed } from "./number.js";
import { parseFormatted, unmarked } from "./number-format.js";
import { parseOtherwise } from "./other-formats.js";
import { missingCell, whereIs } from "./refusals.js";
import type { ScanPlan } from "./scan-plan.js";
import { isInfinite, isMissingNumber, truthOf } from "./special-cells.js";

/** What cells that are texts stand for. */
export class CellReader {
  /** Cells of the block scanned last as they are written, by row and place. */
  texts: string[][] = [];
  /** Missing cells of the block scanned last. */
  missing = 0;
  /** Of the file so far, cells such as inf and 1e400 by column. */
  readonly infinite: number[] = [];
  readonly #plan: ScanPlan;
  readonly #missingValues: ReadonlySet<string>;

  constructor(plan: ScanPlan, missingValues: ReadonlySet<string>) {
    this.#plan = plan;
    this.#missingValues = missingValues;
  }

  /** Keeps a cell as it is written. */
  keep(cell: string, place: number, row: number): void {
    this.texts[row] ??= [];
    this.texts[row][place] = unmarked(trimmed(cell));
  }

  /** What a cell stands for: a number or a class, or NaN where it is missing. @throws FormatError as the plan says */
  read(cell: string, column: number, line: number): number {
    const { names, classes, limit, allowsMissing, onText, takesSpecial } = this.#plan;
    const name = names[column] as string;
    const written = trimmed(cell);
    const indices = classes[column];
    const index = indices?.get(written);
    if (index !== undefined) return index;
    const value = indices === undefined ? this.#numberIn(written, column) : null;
    const text = unmarked(written);
    const isMissing = this.#missingValues.has(text);
    if (value !== null && !isMissing && Math.abs(value) < limit) return value;
    if (isMissing || (takesSpecial && indices === undefined && isMissingNumber(text))) {
      if (!allowsMissing) throw missingCell(line, name, text);
      this.missing++;
      if (!isMissing && isInfinite(text)) this.infinite[column] = (this.infinite[column] ?? 0) + 1;
      return NaN;
    }
    if (onText !== null) {
      const given = onText(column, text, line);
      if (Number.isNaN(given)) this.missing++;
      return given;
    }
    const truth = this.#plan.formats[column] === "boolean" ? "a word of yes or no" : "a number";
    const expected = indices === undefined ? truth : `one of its classes ${someOf([...indices.keys()]).text}`;
    throw malformed(whereIs(line, name), expected, text);
  }

  #numberIn(text: string, column: number): number | null {
    const { formats, decimal, takesOtherFormats } = this.#plan;
    const format = formats[column];
    if (format === "boolean") return truthOf(text);
    const value = format === undefined ? parseNumber(text, decimal) : parseFormatted(text, format);
    if (value !== null || !takesOtherFormats) return value;
    return parseOtherwise(text, format ?? { decimal, thousands: "", unit: "" });
  }
}
