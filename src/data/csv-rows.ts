import { checkBoolean, checkChoice, checkFunction, wrongType } from "../errors.js";
import { isPlainObject } from "../options.js";
import { type Chunk, type Chunks, piecesOf } from "./bytes/chunk-encoder.js";
import { checkFormat, type NumberFormat } from "./cells/number-format.js";
import { checkNames } from "./column-names.js";
import { type CsvRows, RowsReader, type RowsSettings } from "./columns/rows-reader.js";
import { type CsvOptions, csvSettings, type Expected } from "./csv-options.js";
import type { CsvDialect } from "./layout/dialect.js";

/** The options of {@link csvRows}. */
export interface CsvRowsOptions extends CsvOptions {
  /** The columns of x, in their order. Default: those that are not in y or strings. */
  x?: readonly string[];
  /** The columns of y, in their order. Default: none. */
  y?: readonly string[];
  /** Columns whose cells are wanted as they are written, such as names; they may be in x and y as well. Default: none. */
  strings?: readonly string[];
  /** Columns of texts, each with its classes: the text of classes[name][c] is read as the number c. */
  classes?: Readonly<Record<string, readonly string[]>>;
  /**
   * What is done about missing cells: "error" refuses them, "drop" drops their rows, "keep" makes them NaN.
   * Default "error".
   */
  missing?: "error" | "drop" | "keep";
  /**
   * What is done about cells that are no numbers, or none of their column's classes: "error" refuses them, "missing" takes them as
   * missing cells. Default "error".
   */
  unknown?: "error" | "missing";
  /** Is told of each cell that `unknown: "missing"` takes as missing. */
  onUnknown?: (name: string, text: string, line: number) => void;
  /** How the file is written, as describeCsv found it. Default: found in the file. */
  dialect?: CsvDialect;
  /** How the numbers of columns are written, by name, as describeCsv found it. */
  formats?: Readonly<Record<string, NumberFormat>>;
  /**
   * Whether a number that is written otherwise than the others of its column, as 4000 or 150000 where these are 4,000 or 150.000,00
   * EUR, is read where it can be but one number: for another table than the one that the formats were found in. Default false.
   */
  otherFormats?: boolean;
  /** Columns of yes and no, true and false, or the like, which are read as 1 and 0. */
  booleans?: readonly string[];
}

/**
 * Reads the rows of a file of any size, in chunks of some thousands, with no more of it in memory than that.
 * The cells are those of {@link readCsv}, as float32; the columns that are read have to be numbers, or to
 * have classes.
 *
 * @param chunks the file's bytes or text in pieces, cut anywhere: such as fs.createReadStream(path) or a file's stream() in a
 * browser; a text or bytes are one piece. The rows do not depend on the cuts
 * @param options which columns are x and y, and how the file is read: see {@link CsvRowsOptions}. Default:
 * all columns are x
 * @returns an iterator, asynchronous where chunks are. `fit` wants one for each epoch, of a
 * new stream: `() => csvRows(createReadStream(path))`
 * @throws TypeError or RangeError for options out of range, at once; FormatError as readCsv, with line and column, when the rows
 * are read, and for a column that the file does not have
 * @example
 * import { fit, Linear } from "rprop";
 * import { csvRows } from "rprop/data";
 * const chunks = ["a,b,sum\n1,2,3\n2,", "3,5\n4,1,5\n"];
 * const { loss } = await fit(new Linear(2, 1), () => csvRows(chunks, { y: ["sum"] }), { epochs: 500 });
 * console.log(loss < 1e-6); // true
 */
export function csvRows(
  chunks: Chunk | Iterable<Chunk>,
  options?: CsvRowsOptions,
): Generator<CsvRows, void, undefined>;
export function csvRows(
  chunks: AsyncIterable<Chunk>,
  options?: CsvRowsOptions,
): AsyncGenerator<CsvRows, void, undefined>;
/** @internal */
export function csvRows(
  chunks: AsyncIterable<Chunk>,
  options: CsvRowsOptions,
  expected: Expected | undefined,
): AsyncGenerator<CsvRows, void, undefined>;
export function csvRows(
  chunks: Chunks,
  options: CsvRowsOptions = {},
  expected?: Expected,
): Generator<CsvRows> | AsyncGenerator<CsvRows> {
  const reader = new RowsReader(rowsSettings(options, expected));
  const pieces = piecesOf(chunks);
  return Symbol.asyncIterator in pieces ? readLater(pieces, reader) : readNow(pieces, reader);
}

function* readNow(chunks: Iterable<Chunk>, reader: RowsReader): Generator<CsvRows, void> {
  for (const chunk of chunks) yield* reader.read(chunk);
  yield* reader.end();
}

async function* readLater(chunks: AsyncIterable<Chunk>, reader: RowsReader): AsyncGenerator<CsvRows, void> {
  for await (const chunk of chunks) yield* reader.read(chunk);
  yield* reader.end();
}

const OPTIONS = [
  ...["x", "y", "strings", "classes", "missing", "unknown"],
  ...["onUnknown", "dialect", "formats", "otherFormats", "booleans"],
];

function rowsSettings(options: CsvRowsOptions, expected: Expected | undefined): RowsSettings {
  const { dialect = null } = options;
  const common = csvSettings(options, { others: OPTIONS, dialect, ...(expected && { expected }) });
  const { x = null, y = [], strings = [], classes = {}, missing = "error", unknown = "error" } = options;
  const { onUnknown = null, formats = {}, otherFormats = false, booleans = [] } = options;
  if (x !== null) checkNames("x", x);
  checkNames("y", y);
  checkNames("strings", strings);
  checkNames("x and y", [...(x ?? []), ...y]);
  checkChoice("missing", ["error", "drop", "keep"], missing);
  checkChoice("unknown", ["error", "missing"], unknown);
  if (onUnknown !== null) checkFunction("onUnknown", onUnknown);
  if (!isPlainObject(classes)) throw wrongType("classes", "arrays of texts by name", classes);
  const indices = Object.entries(classes).map(([name, texts]) => {
    checkNames(`classes.${name}`, texts);
    return [name, new Map(texts.map((text, index) => [text, index]))] as const;
  });
  if (!isPlainObject(formats)) throw wrongType("formats", "formats by name", formats);
  for (const [name, format] of Object.entries(formats)) checkFormat(`formats.${name}`, format);
  checkBoolean("otherFormats", otherFormats);
  checkNames("booleans", booleans);
  const written = [...Object.entries(formats), ...booleans.map((name) => [name, "boolean"] as const)];
  const read = { classes: new Map(indices), formats: new Map<string, NumberFormat | "boolean">(written) };
  return { ...common, x, y, strings, ...read, otherFormats, missing, unknown, onUnknown };
}
