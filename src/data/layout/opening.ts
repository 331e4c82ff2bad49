import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { decodeText, encodeText } from "../../utf8.js";
import { LF } from "../bytes/ascii.js";
import { checkText } from "../bytes/file-kinds.js";
import { type DecimalMark, trimmed } from "../cells/number.js";
import type { CsvSettings } from "../csv-options.js";
import { isBlankRecord, neverClosed, parseRecords, tryRecords } from "../records/records.js";
import { needsRewriting, Rewriter, type Rewriting } from "../records/rewriter.js";
import { cutting, SEPARATOR_LINE } from "./cutting.js";
import { detectDecimal, doubtfulNumber, showsDecimal } from "./decimal.js";
import { FIRST_RECORDS } from "./delimiter.js";
import { BLANKS, type CsvDialect, type Encoding } from "./dialect.js";
import { checkLineEnds, isHeader, withUnnamed } from "./header.js";
import { namesIn, shortNote } from "./names.js";
import { titleAdvice } from "./title.js";

/** What the first records say. */
export interface Head {
  readonly names: readonly string[];
  /** The character between cells, once the file is rewritten. */
  readonly delimiter: string;
  readonly decimal: DecimalMark;
  readonly dialect: CsvDialect;
  /** Whether numbers of the first records have a fraction behind the decimal for certain, such as 2.5. */
  readonly showsDecimal: () => boolean;
  /** Where they do not, the first number whose decimal may separate thousands, such as 1.125; else null. */
  readonly doubtfulNumber: () => string | null;
  /** What is unusual, in sentences. */
  readonly notes: readonly string[];
  /** What may help where the columns are wrong. */
  readonly advice: string;
}

/** How the file is to be read from its beginning. */
export interface Opening extends Head {
  readonly rewriting: Rewriting;
  /** Bytes of the rewritten file that are no rows, and the line of what follows. */
  readonly start: number;
  readonly line: number;
}

/**
 * Finds in whole lines at the beginning of a file how it is written.
 *
 * @param bytes in UTF-8, without a byte order mark
 * @throws FormatError for what is no table
 */
export function openingOf(bytes: Uint8Array, encoding: Encoding, settings: CsvSettings): Opening {
  const { comment, skip, maxColumns } = settings;
  const base = { delimiter: settings.delimiter, backslashQuotes: false, comment, skip };
  const rewritten = (rewriting: Rewriting, maxBytes = bytes.length) => {
    const sample = bytes.subarray(0, bytes.lastIndexOf(LF, maxBytes) + 1 || bytes.length);
    return decodeText(needsRewriting(rewriting) ? new Rewriter(rewriting).rewrite(sample) : sample);
  };
  const plain = rewritten({ ...base, delimiter: null });
  if (skip === 0) checkText(plain);
  const { delimiter, backslashQuotes } = cutting(plain, settings, rewritten);
  const rewriting = { delimiter, backslashQuotes, comment, skip };
  const text = rewritten(rewriting);
  const mark = delimiter === BLANKS ? "\t" : delimiter;
  const before = SEPARATOR_LINE.exec(text)?.[0].length ?? 0;
  const blank = before + blankLength(text.slice(before), mark);
  const line = linesBefore(text, blank) + 1;
  const body = text.slice(blank);
  const { records, length } = parseRecords(body, mark, line, 1);
  const [cells] = records;
  if (cells === undefined)
    throw body === "" ? malformed("file", "a table", new Verbatim("blank lines")) : neverClosed(line);
  if (cells.length > maxColumns)
    throw malformed(`line ${line}`, `at most ${pluralize(maxColumns, "column")}`, cells.length);
  const decimal =
    settings.decimal ?? (delimiter === "," ? "." : detectDecimal(body, mark, settings.expected.decimal));
  const first = tryRecords(body, mark, FIRST_RECORDS).records.filter((each) => !isBlankRecord(each));
  const { header } = settings;
  const hasNames = header === "detect" ? isHeader(first, decimal, settings) : header === true;
  checkLineEnds(cells, line, body.slice(0, length));
  const foundCommas = settings.delimiter === null && delimiter === ",";
  const given = hasNames ? withUnnamed([cells, ...first.slice(1)], { body, mark, line, foundCommas }) : cells;
  const { names, notes } = hasNames
    ? namesIn(given)
    : { names: Array.isArray(header) ? (header as string[]) : cells.map((_, i) => `${i + 1}`), notes: [] };
  if (!hasNames && names.length !== cells.length)
    throw malformed(`line ${line}`, pluralize(names.length, "cell"), cells.length);
  const dialect: CsvDialect = {
    encoding,
    delimiter,
    decimal,
    header: hasNames,
    names,
    headerLine: hasNames ? line : null,
    isFirstUnnamed: hasNames && trimmed(given[0] as string) === "",
    backslashQuotes,
    comment,
    skip,
  };
  const said = [...notesOn(dialect, settings), ...(hasNames ? shortNote(cells, names) : []), ...notes];
  const consumed = hasNames ? blank + length : before;
  return {
    ...{ names, delimiter: mark, decimal, dialect, notes: said, rewriting },
    advice: hasNames ? titleAdvice(body, mark, line) : "",
    showsDecimal: () => showsDecimal(body, mark, decimal),
    doubtfulNumber: () => doubtfulNumber(body, mark, decimal),
    start: encodeText(text.slice(0, consumed)).length,
    line: 1 + linesBefore(text, consumed),
  };
}

function notesOn(
  { encoding, delimiter, decimal, backslashQuotes }: CsvDialect,
  settings: CsvSettings,
): string[] {
  const notes: string[] = [];
  if (encoding !== "utf-8") notes.push(`Read as ${encoding}.`);
  if (delimiter === BLANKS && settings.delimiter === null) notes.push("Cells are separated by blanks.");
  if (decimal === "," && settings.decimal === null) notes.push("Decimal commas.");
  if (backslashQuotes) notes.push('Quotes within quotes are written \\".');
  return notes;
}

function linesBefore(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Characters of the blank lines that a text begins with. */
function blankLength(text: string, delimiter: string): number {
  let length = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", length)) {
    const line = text.slice(length, end);
    if (trimmed(line) !== "" || line.includes(delimiter)) break;
    length = end + 1;
  }
  return length;
}
