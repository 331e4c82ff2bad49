/** Titles and comments above the names, as reports and people write them. */
import { isNumber, trimmed } from "../cells/number.js";
import { type Cells, isBlankRecord, lineCount, tryRecords } from "../records/records.js";
import { FIRST_RECORDS } from "./delimiter.js";
import { DELIMITERS } from "./dialect.js";

/** No title has more lines. */
const MAX_TITLE_LINES = 5;
const COMMENT = /^(?:#|%|\/\/|;|--)/;

/**
 * What is said behind a message about columns where the first lines look like a title, and others below like names and rows;
 * else nothing.
 *
 * @param delimiter that was found; a title may have led to a wrong one
 * @param line of the text's first record
 */
export function titleAdvice(text: string, delimiter: string, line: number): string {
  for (const mark of [delimiter, ...DELIMITERS]) {
    const { records } = tryRecords(text, mark, FIRST_RECORDS);
    const lines = linesAbove(records);
    if (lines === 0) continue;
    const sign = COMMENT.exec(trimmed(records[0]?.[0] ?? ""))?.[0];
    return sign === undefined
      ? `; { skip: ${line - 1 + lines} } leaves out what looks like a title`
      : `; { comment: ${JSON.stringify(sign)} } leaves out lines that begin so`;
  }
  return "";
}

/** Lines above the first record that looks like names, of which it has as many as there are cells below it; 0 for no title. */
function linesAbove(records: readonly Cells[]): number {
  for (let first = 1; first <= MAX_TITLE_LINES && first < records.length - 1; first++) {
    const [names, ...rows] = records.slice(first).filter((cells) => !isBlankRecord(cells)) as [
      Cells,
      ...Cells[],
    ];
    const above = records.slice(0, first);
    if (names === undefined || names.length < 2 || rows.length === 0) return 0;
    const areNames =
      records[first] === names && names.every((cell) => trimmed(cell) !== "" && !isNumber(trimmed(cell)));
    const areEven = rows.every((cells) => cells.length === names.length);
    const hasNumbers = rows.some((cells) => cells.some((cell) => isNumber(trimmed(cell))));
    const isTitle = above.every(
      (cells) => cells.filter((cell) => trimmed(cell) !== "").length < names.length,
    );
    if (areNames && areEven && hasNumbers && isTitle) return lineCount(above);
  }
  return 0;
}
