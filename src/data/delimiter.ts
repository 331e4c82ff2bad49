import type { Point } from "./number.js";
import { type Cells, isBlankRecord, parseRecords } from "./records.js";

/** The first ones are more common. */
const DELIMITERS = [",", ";", "\t", "|"];
const RECORDS = 20;

/**
 * Of , ; tab | the one that cuts the first records into equally many cells, and the most; where none makes two cells or more of
 * each, the one that makes the most of the first record, so that others can be told to differ.
 */
export function detectDelimiter(text: string, point: Point): string {
  const candidates = DELIMITERS.filter((delimiter) => delimiter !== point).map((delimiter) => {
    const counts = firstRecords(text, delimiter).map((cells) => cells.length);
    const [cells = 0] = counts;
    return { delimiter, cells, isEven: counts.every((count) => count === cells) };
  });
  const even = candidates.filter(({ cells, isEven }) => isEven && cells > 1);
  const possible = even.length > 0 ? even : candidates;
  const best = possible.reduce((a, b) => (b.cells > a.cells ? b : a));
  return best.delimiter;
}

function firstRecords(text: string, delimiter: string): readonly Cells[] {
  try {
    return parseRecords(text, delimiter, 1, RECORDS).records.filter((cells) => !isBlankRecord(cells));
  } catch {
    return []; // quotes end elsewhere than this delimiter's cells
  }
}
