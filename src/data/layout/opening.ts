import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import { decodeText, encodeText } from "../../utf8.js";
import { checkText } from "../bytes/file-kinds.js";
import { type DecimalMark, trimmed } from "../cells/number.js";
import { type CsvSettings, isDelimiter } from "../csv-options.js";
import { isBlankRecord, neverClosed, parseRecords, tryRecords } from "../records/records.js";
import { needsRewriting, Rewriter, type Rewriting } from "../records/rewriter.js";
import { detectDecimal, detectDelimiter, doubtfulNumber, showsDecimal } from "./delimiter.js";
import { BLANKS, type CsvDialect, type Encoding } from "./dialect.js";
import { checkLineEnds, isHeader, namesIn, shortNote, titleAdvice, withUnnamed } from "./header.js";

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

/** What Excel writes and reads in front of the names. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/;
/** What names are compared with. */
const RECORDS = 20;

/** What is looked at for cells between blanks. */
const SAMPLE_BYTES = 1 << 16;
const LF = 10;

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
  const rewritten = (rewriting: Rewriting, most = bytes.length) => {
    const sample = bytes.subarray(0, bytes.lastIndexOf(LF, most) + 1 || bytes.length);
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
    settings.decimal ?? (delimiter === "," ? "." : detectDecimal(body, mark, settings.usualDecimal));
  const first = tryRecords(body, mark, RECORDS).records.filter((each) => !isBlankRecord(each));
  const { header } = settings;
  const hasNames = isSought(header) ? isHeader(first, decimal, settings) : header === true;
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

function isSought(header: CsvSettings["header"]): boolean {
  return header === "detect" || header === "unlikely";
}

type Rewritten = (rewriting: Rewriting, most?: number) => string;

/** What separates cells, and how quotes are written within quotes. */
function cutting(text: string, settings: CsvSettings, rewritten: Rewritten) {
  const { comment, skip, header, decimal, usualDecimal: usual } = settings;
  const mayBeShort = header === true || isSought(header);
  const find = (body: string, backslashQuotes: boolean): string => {
    if (settings.delimiter !== null) return settings.delimiter;
    const declared = SEPARATOR_LINE.exec(body)?.[1];
    if (declared !== undefined) return checkDeclared(declared, decimal);
    const blanks = rewritten({ delimiter: BLANKS, backslashQuotes, comment, skip }, SAMPLE_BYTES);
    return detectDelimiter(body, blanks, { point: decimal, usual, mayBeShort }) ?? BLANKS;
  };
  const delimiter = find(text, false);
  const known = settings.backslashQuotes ?? (text.includes('\\"') ? null : false);
  if (known === false) return { delimiter, backslashQuotes: false };
  const asRead = (delimiter: string, backslashQuotes: boolean) => {
    const body = rewritten({ delimiter, backslashQuotes, comment, skip });
    const { wrong, length, records } = tryRecords(body, delimiter === BLANKS ? "\t" : delimiter);
    const widths = new Set(records.filter((cells) => !isBlankRecord(cells)).map((cells) => cells.length));
    return { isRight: wrong === null, isEven: widths.size < 2, left: body.length - length };
  };
  const other = find(
    rewritten({ delimiter: settings.delimiter, backslashQuotes: true, comment, skip }),
    true,
  );
  if (known) return { delimiter: other, backslashQuotes: true };
  const [before, after] = [asRead(delimiter, false), asRead(other, true)];
  const isBetter = !before.isRight || after.left < before.left || (after.isEven && !before.isEven);
  return after.isRight && isBetter
    ? { delimiter: other, backslashQuotes: true }
    : { delimiter, backslashQuotes: false };
}

/** @throws FormatError for what cannot separate cells */
function checkDeclared(delimiter: string, decimal: DecimalMark | null): string {
  if (isDelimiter(delimiter) && delimiter !== decimal) return delimiter;
  throw malformed("line 1", "a delimiter, another than decimal, behind sep=", delimiter);
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
