import type { CsvDescription } from "../../data/index.js";

/** How rows of totals begin, in some languages. */
const TOTAL =
  /^(?:grand |sub-?)?(?:total|totals|sum|sums|average|avg|mean|count|median|overall|all|summe|gesamt|insgesamt|durchschnitt|mittelwert|somme|moyenne|suma|promedio|totale|media|totaal|gemiddelde)\b.{0,30}$/i;

/** Fewer rows have no sums below them. */
const MIN_ROWS = 4;

/** A row that sums up those above it. */
export interface TotalsRow {
  readonly line: number;
  readonly text: string;
  readonly column: string;
}

/** The last row where it is one of totals: its line has the only cell of a column of numbers that is none, and that says so. */
export function totalsRowOf({ columns, rows, dialect }: CsvDescription): TotalsRow | null {
  if (dialect.encoding.startsWith("utf-16")) return null; // its lines do not end with one byte
  const last = (dialect.headerLine ?? 0) + rows;
  if (rows < MIN_ROWS) return null;
  for (const { name, stray, strays } of columns)
    if (strays === 1 && stray !== null && stray.line >= last && TOTAL.test(stray.text))
      return { line: stray.line, text: stray.text, column: name };
  return null;
}
