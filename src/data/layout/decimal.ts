/** What separates fractions in the numbers of a file's first records. */
import { type DecimalMark, isGrouped, otherThan, parseNumber, trimmed } from "../cells/number.js";
import { type Cells, tryRecords } from "../records/records.js";

/** More records than tell the delimiter: in the first few all numbers may be whole. */
const DECIMAL_RECORDS = 1000;

/**
 * What separates fractions in the first records: of comma and point the one of which more numbers say so, or else the usual one.
 * A mark that may separate thousands, as in 1,885, says nothing.
 */
export function detectDecimal(text: string, delimiter: string, usual: DecimalMark): DecimalMark {
  const { records } = tryRecords(text, delimiter, DECIMAL_RECORDS);
  const lead = votesFor(otherThan(usual), records) - votesFor(usual, records);
  return lead > 0 ? otherThan(usual) : usual;
}

/** Whether a number of the first records has a fraction behind a mark for certain. */
export function showsDecimal(text: string, delimiter: string, decimal: DecimalMark): boolean {
  return votesFor(decimal, tryRecords(text, delimiter, DECIMAL_RECORDS).records) > 0;
}

/** The first of these records' numbers with a mark that may separate thousands, where no number shows what it does; else null. */
export function doubtfulNumber(text: string, delimiter: string, decimal: DecimalMark): string | null {
  const { records } = tryRecords(text, delimiter, DECIMAL_RECORDS);
  if (votesFor(decimal, records) > 0) return null;
  const cells = records.flat().map(trimmed);
  return cells.find((cell) => parseNumber(cell, decimal) !== null && isGrouped(decimal, cell)) ?? null;
}

function votesFor(point: DecimalMark, records: readonly Cells[]): number {
  const mark = otherThan(point);
  const isVote = (cell: string) => {
    const text = trimmed(cell);
    if (!text.includes(point)) return false;
    if (text.includes(mark)) return isGrouped(mark, text);
    return parseNumber(text, point) !== null && !isGrouped(point, text);
  };
  return records.reduce((votes, cells) => votes + cells.filter(isVote).length, 0);
}
