import type { Point } from "./number.js";
import { isBlankRecord, tryRecords } from "./records.js";

/** The first ones are more common. */
const DELIMITERS = [",", ";", "\t", "|"];
const RECORDS = 20;

/**
 * Of , ; tab | the one that cuts the first records into equally many cells, two at least, and the most. Where none does, the
 * one that makes the most of the first record, so that others can be told to differ; or a comma, which may be needless.
 */
export function detectDelimiter(text: string, point: Point): string {
  const candidates = DELIMITERS.filter((delimiter) => delimiter !== point).map((delimiter) => {
    const { records, wrong } = tryRecords(text, delimiter, RECORDS);
    const counts = records.filter((cells) => !isBlankRecord(cells)).map((cells) => cells.length);
    const cells = Math.max(1, counts[0] ?? 0);
    return { delimiter, cells, isEven: wrong === null && counts.every((count) => count === cells) };
  });
  const even = candidates.filter(({ cells, isEven }) => isEven && cells > 1);
  const possible = even.length > 0 ? even : candidates;
  return possible.reduce((a, b) => (b.cells > a.cells ? b : a)).delimiter;
}
