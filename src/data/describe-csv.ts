import { checkBoolean, checkPositiveInteger, wrongType } from "../errors.js";
import type { Chunks } from "./bytes/chunk-encoder.js";
import { encodingAfter } from "./bytes/late-encoding.js";
import type { Kind } from "./columns/column-kind.js";
import type { DescribedColumn } from "./columns/described-column.js";
import type { LastRow } from "./columns/last-row.js";
import { Survey } from "./columns/survey.js";
import { type CsvOptions, csvSettings, type Expected } from "./csv-options.js";
import type { CsvDialect } from "./layout/dialect.js";

/** The options of {@link describeCsv}. */
export interface DescribeCsvOptions extends CsvOptions {
  /** Of a column with more distinct values than this, they are not listed. Default 1,000. */
  maxValues?: number;
  /** Whether one cell that is no plain number makes its column one of text, as readCsv has it. Default false. */
  strict?: boolean;
}

/** What a file holds. */
export interface CsvDescription {
  /** How many rows it has, without the names. */
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly DescribedColumn[];
  /** How it is written: what csvRows takes to read it again. */
  readonly dialect: CsvDialect;
  /** What was found that is unusual, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Finds out what the columns of a file of any size hold, with no more of it in memory than some blocks: which
 * are numbers, truth values and text, mean and std of the numbers, and the distinct values where there are
 * few; and how the file and its numbers are written. In a column of numbers some cells may be none: they
 * count as missing.
 *
 * @param source gives the file's bytes or text anew at every call, as csvRows takes them, or a promise of them: once, and again
 * where columns turn out to be other than they began
 * @param options how the file is read, and how many distinct values are listed: see
 * {@link DescribeCsvOptions}. Default: found in the file
 * @returns columns in the order of the file; `dialect` and each `format` are what csvRows takes to read the file so
 * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no table
 * @example
 * import { describeCsv } from "rprop/data";
 * const { columns } = await describeCsv(() => "size,colour\n1,red\n3,blue\n?,red\n");
 * console.log(columns.map(({ name, kind, values }) => `${name}: ${values?.size} ${kind}`).join(", ")); // size: 2 number, colour: 2 text
 */
export async function describeCsv(
  source: () => Chunks | Promise<Chunks>,
  options: DescribeCsvOptions = {},
): Promise<CsvDescription> {
  if (typeof source !== "function")
    throw wrongType("source", "a function that returns the file's chunks", source);
  const { rows, columns, dialect, notes } = await describeChunks(() => source(), options);
  return { rows, columns, dialect, notes };
}

/** With the last row, and what may help where a column is not found. */
export interface ChunksDescription extends CsvDescription {
  readonly last: LastRow;
  readonly advice: string;
}

/** As describeCsv, with more. @param source is told the columns whose numbers have a format, which is found on the way */
export async function describeChunks(
  source: (formatted: ReadonlySet<string>) => Chunks | Promise<Chunks>,
  options: DescribeCsvOptions,
  expected?: Expected,
): Promise<ChunksDescription> {
  const settings = csvSettings(options, { others: ["maxValues", "strict"], ...(expected && { expected }) });
  const { maxValues = 1000, strict = false } = options;
  checkPositiveInteger("maxValues", maxValues);
  checkBoolean("strict", strict);
  const kinds: Kind[] = [];
  let encoding = settings.encoding;
  let formatted: ReadonlySet<string> = new Set();
  for (;;) {
    const survey = new Survey({ settings: { ...settings, encoding }, maxValues, strict }, kinds);
    try {
      const found = await survey.read(await source(formatted));
      if (found === null) {
        formatted = survey.formatted;
        continue;
      }
      const { rows, columns, head, notes, last } = found;
      return {
        rows,
        columns,
        dialect: head.dialect,
        notes: [...head.notes, ...notes],
        last,
        advice: head.advice,
      };
    } catch (error) {
      encoding = encodingAfter(error, encoding);
      kinds.length = 0;
    }
  }
}
