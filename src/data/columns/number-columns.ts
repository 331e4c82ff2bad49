import type { Owned } from "../../array.js";
import { newArray } from "../../array.js";
import { pluralize, Verbatim } from "../../errors.js";
import { malformed } from "../../format-error.js";
import type { Chunk } from "../bytes/chunk-encoder.js";
import { type ScanPlan, scanPlan } from "../cells/scan-plan.js";
import { Scanner } from "../cells/scanner.js";
import { checkHas, noTableRows } from "../column-names.js";
import type { CsvSettings } from "../csv-options.js";
import type { Head } from "../layout/opening.js";
import { CsvReader } from "../records/csv-reader.js";

export interface ColumnsSettings extends CsvSettings {
  /** Those to be read, or null for all. */
  readonly columns: readonly string[] | null;
  readonly maxRows: number;
  readonly allowsMissing: boolean;
}

/** What readNumbers has found. */
interface NumberColumns {
  readonly names: readonly string[];
  readonly rows: number;
  readonly columns: Map<string, Owned<Float64ArrayConstructor>>;
  /** By column, a cell that is no number. */
  readonly texts: Map<string, Verbatim>;
  readonly head: Head;
}

/** The columns of numbers, with what was found in the others. */
export function readNumbers(bytes: Chunk, settings: ColumnsSettings): NumberColumns {
  const reader = new CsvReader(settings);
  const texts = new Map<string, Verbatim>();
  const pieces: Float64Array[][] = [];
  let [rows, names] = [0, [] as readonly string[]];
  let scanner: Scanner | null = null;
  for (const block of reader.readAll(bytes)) {
    if (scanner === null) {
      names = chosen(reader.head, settings.columns);
      scanner = new Scanner(planOf(reader.head, names, settings, texts), settings.missingValues);
    }
    const count = scanner.scan(block);
    rows += count;
    if (rows > settings.maxRows)
      throw malformed("file", `at most ${pluralize(settings.maxRows, "row")}`, new Verbatim("more"));
    const { numbers } = scanner;
    names.forEach((name, place) => {
      pieces[place] ??= [];
      if (texts.has(name)) return;
      const piece = newArray(Float64Array, count);
      for (let row = 0; row < count; row++) piece[row] = numbers[row * names.length + place] as number;
      pieces[place].push(piece);
    });
  }
  if (rows === 0) throw noTableRows(reader.head.names);
  const columns = new Map<string, Owned<Float64ArrayConstructor>>();
  names.forEach((name, place) => {
    if (!texts.has(name)) columns.set(name, joined(pieces[place] as Float64Array[], rows));
    pieces[place] = [];
  });
  return { names, rows, columns, texts, head: reader.head };
}

/** Every chosen column as numbers, until a cell shows that it is one of texts. */
function planOf(
  head: Head,
  numbers: readonly string[],
  { allowsMissing }: ColumnsSettings,
  texts: Map<string, Verbatim>,
): ScanPlan {
  const onText = (column: number, text: string, line: number) => {
    plan.targets[column] = -1;
    const name = head.names[column] as string;
    texts.set(name, new Verbatim(`${JSON.stringify(text.slice(0, 40))} in line ${line}`));
    return NaN;
  };
  const plan = scanPlan(head, { numbers, allowsMissing, onText });
  return plan;
}

/** The names that were asked for, in the order of the file. */
function chosen({ names, advice }: Head, wanted: readonly string[] | null): readonly string[] {
  if (wanted === null) return names;
  checkHas(names, wanted, advice);
  const chosen = new Set(wanted);
  return names.filter((name) => chosen.has(name));
}

function joined(pieces: readonly Float64Array[], length: number): Owned<Float64ArrayConstructor> {
  const whole = newArray(Float64Array, length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
