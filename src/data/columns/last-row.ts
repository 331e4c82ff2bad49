import { decodeText } from "../../utf8.js";
import { LF } from "../bytes/ascii.js";
import { trimmed } from "../cells/number.js";
import type { RecordBlock } from "../records/block.js";
import { type Cells, isBlankRecord, lineCount, parseRecords } from "../records/records.js";

/** The last row of a file. */
export interface LastRow {
  /** Where it begins, from 1. */
  readonly line: number;
  /** Without blanks around. */
  readonly cells: readonly string[];
  /** For each column what the cell was read as; NaN in columns of text. */
  readonly numbers: readonly number[];
}

/** What one record says of it. */
type LastRecord = Omit<LastRow, "numbers">;

/** The last record of a block that is not blank; null where there is none. */
export function lastRecordOf(
  { line, lines, bytes, records }: RecordBlock,
  delimiter: string,
): LastRecord | null {
  const next = line + lines;
  return records === null ? lastLine(bytes, next, delimiter) : lastOf(records, next);
}

/** @param next the line that follows */
function lastOf(records: readonly Cells[], next: number): LastRecord | null {
  let line = next;
  for (let i = records.length - 1; i >= 0; i--) {
    const cells = records[i] as Cells;
    line -= lineCount([cells]);
    if (!isBlankRecord(cells)) return { line, cells: cells.map(trimmed) };
  }
  return null;
}

/** In bytes without quotes a line is a record. */
function lastLine(bytes: Uint8Array, next: number, delimiter: string): LastRecord | null {
  let line = next;
  for (let end = bytes.length; end > 0; ) {
    const start = end < 2 ? 0 : bytes.lastIndexOf(LF, end - 2) + 1;
    line--;
    const found = lastOf(parseRecords(decodeText(bytes.subarray(start, end)), delimiter).records, line + 1);
    if (found !== null) return found;
    end = start;
  }
  return null;
}
