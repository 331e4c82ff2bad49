import { isGrouped, otherThan, type Point, parseNumber, trimmed } from "./number.js";
import { type Cells, tryRecords } from "./records.js";

/** Of these, more cells say whether there are commas or points in their numbers. */
const RECORDS = 1000;

/**
 * What separates fractions in the first records: a comma, where more numbers say so than say it of a point. A mark that may
 * separate thousands, as in 1,885, says nothing.
 */
export function detectDecimal(text: string, delimiter: string): Point {
  const { records } = tryRecords(text, delimiter, RECORDS);
  return votesFor(",", records) > votesFor(".", records) ? "," : ".";
}

function votesFor(point: Point, records: readonly Cells[]): number {
  const mark = otherThan(point);
  const isVote = (cell: string) => {
    const text = trimmed(cell);
    if (!text.includes(point)) return false;
    if (text.includes(mark)) return isGrouped(mark, text);
    return parseNumber(text, point) !== null && !isGrouped(point, text);
  };
  return records.reduce((votes, cells) => votes + cells.filter(isVote).length, 0);
}
