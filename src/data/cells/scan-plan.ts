import type { Head } from "../layout/opening.js";
import type { DecimalMark } from "./number.js";
import type { NumberFormat } from "./number-format.js";

/** What becomes of the columns of a file. */
export interface ScanPlan {
  readonly names: readonly string[];
  /** What may help where a row has more or fewer cells. */
  readonly advice: string;
  readonly delimiter: string;
  readonly decimal: DecimalMark;
  /** targets[c] is the place of column c in a row of numbers, or -1 where it is left aside. */
  readonly targets: Int32Array;
  /** texts[c] is the place of column c in a row of texts, or -1; null where no column is wanted as such. */
  readonly texts: Int32Array | null;
  /** Numbers in a row. */
  readonly width: number;
  /** classes[c] has the numbers that the texts of column c stand for; onText may add to it. */
  readonly classes: readonly (ReadonlyMap<string, number> | undefined)[];
  /** formats[c] is how the numbers of column c are written, or "boolean"; undefined: digits, with the decimal. */
  readonly formats: readonly (NumberFormat | "boolean" | undefined)[];
  /** Whether a number that is written otherwise than its column's are is read where it can be but one. */
  readonly takesOtherFormats: boolean;
  /** Whether cells such as -, inf and 1e400 are missing where numbers are wanted. */
  readonly takesSpecial: boolean;
  /** A cell that says so large a number, or a larger one, is none. */
  readonly limit: number;
  /** Whether a missing cell is NaN, or refused. */
  readonly allowsMissing: boolean;
  /** What a cell stands for that is no number, or none of its column's classes: NaN as one that is missing; null: it is refused. */
  readonly onText: ((column: number, text: string, line: number) => number) | null;
}

/** What is wanted of a file's columns; what is not said is as in a file of plain numbers. */
export interface Wanted
  extends Pick<ScanPlan, "allowsMissing" | "onText">,
    Partial<Pick<ScanPlan, "classes" | "formats" | "takesOtherFormats" | "takesSpecial" | "limit">> {
  /** The columns of a row of numbers. */
  readonly numbers: readonly string[];
  /** Those of a row of texts. Default: none. */
  readonly texts?: readonly string[];
}

/** The plan by which all columns are scanned, whoever reads them. */
export function scanPlan(
  { names, advice, delimiter, decimal }: Head,
  { numbers, texts = [], ...wanted }: Wanted,
): ScanPlan {
  const placesIn = (columns: readonly string[]) => {
    const places = new Map(columns.map((name, place) => [name, place]));
    return Int32Array.from(names, (name) => places.get(name) ?? -1);
  };
  return {
    ...{ names, advice, delimiter, decimal, width: numbers.length },
    targets: placesIn(numbers),
    texts: texts.length > 0 ? placesIn(texts) : null,
    ...{ classes: [], formats: [], takesOtherFormats: false, takesSpecial: false, limit: Infinity },
    ...wanted,
  };
}
