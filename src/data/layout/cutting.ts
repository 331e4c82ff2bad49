import { malformed } from "../../format-error.js";
import type { DecimalMark } from "../cells/number.js";
import type { CsvSettings } from "../csv-options.js";
import { isBlankRecord, tryRecords } from "../records/records.js";
import type { Rewriting } from "../records/rewriter.js";
import { detectDelimiter } from "./delimiter.js";
import { BLANKS } from "./dialect.js";
import { isDelimiter } from "./dialect-checks.js";

/** What Excel writes and reads in front of the names. */
export const SEPARATOR_LINE = /^sep=(.)\r?\n/;
/** What is looked at for cells between blanks. */
const SAMPLE_BYTES = 1 << 16;

/** The text of a file as it is rewritten, of so many bytes. */
type Rewritten = (rewriting: Rewriting, maxBytes?: number) => string;

/** What separates cells, and how quotes are written within quotes. */
export function cutting(text: string, settings: CsvSettings, rewritten: Rewritten) {
  const { comment, skip, header, decimal, expected } = settings;
  const mayBeShort = header === true || header === "detect";
  const find = (body: string, backslashQuotes: boolean): string => {
    if (settings.delimiter !== null) return settings.delimiter;
    const declared = SEPARATOR_LINE.exec(body)?.[1];
    if (declared !== undefined) return checkDeclared(declared, decimal);
    const blanks = rewritten({ delimiter: BLANKS, backslashQuotes, comment, skip }, SAMPLE_BYTES);
    return detectDelimiter(body, blanks, { point: decimal, usual: expected.decimal, mayBeShort }) ?? BLANKS;
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
