/** What a description does not tell of some columns: how their dates are written, and numbers as they are written. */

import { parseNumber } from "../../data/cells/number.js";
import { parseFormatted } from "../../data/cells/number-format.js";
import { isMissingNumber } from "../../data/cells/special-cells.js";
import type { ChunksDescription } from "../../data/describe-csv.js";
import type { FirstText } from "../../data/index.js";
import { type DateColumn, DateSurvey } from "../dates/survey.js";
import type { TableReader } from "../source/table-reader.js";
import { holdsDates } from "./dates.js";

/** Columns by name. */
export interface Surveyed {
  readonly dates: ReadonlyMap<string, DateColumn>;
  /** The distinct texts of columns of numbers that are read as categories; null where there are too many. */
  readonly texts: ReadonlyMap<string, readonly string[] | null>;
  /** The first cell that has no logarithm of a target that is to be learned by it; null where all have one. */
  readonly withoutLog: FirstText | null;
}

export interface SurveyNeeds {
  /** Columns that are to be categories, none of which is taken as one of dates. */
  readonly categorical: readonly string[];
  /** So many distinct texts of them are listed. */
  readonly categories: number;
  /** The column of which logarithms are wanted, if any. */
  readonly logOf: string | null;
}

/**
 * Looks at columns that may hold dates, and at those of numbers that are to be categories. The table is read once more where the
 * description has not listed what is in them.
 */
export async function surveyOf(
  reader: TableReader,
  { columns, dialect }: ChunksDescription,
  { categorical, categories: most, logOf }: SurveyNeeds,
): Promise<Surveyed> {
  const surveys = new Map<string, DateSurvey>();
  const texts = new Map<string, Set<string>>();
  const wanted: string[] = [];
  for (const column of columns) {
    const { name, kind } = column;
    if (name === logOf) {
      if (kind === "number" && column.min <= 0) wanted.push(name);
    } else if (categorical.includes(name)) {
      if (kind !== "number") continue;
      texts.set(name, new Set());
      wanted.push(name);
    } else if (kind === "text" && holdsDates(column)) {
      const survey = new DateSurvey();
      surveys.set(name, survey);
      if (column.values === null) wanted.push(name);
      else for (const [text, times] of column.values) survey.add(text, times);
    }
  }
  const target = columns.find(({ name }) => name === logOf);
  const format = target?.kind === "number" ? target.format : null;
  let withoutLog: FirstText | null = null;
  await readCells(reader, wanted, (name, text, line) => {
    if (name === logOf) {
      const value = format === null ? parseNumber(text, dialect.decimal) : parseFormatted(text, format);
      if (value !== null && value <= 0) withoutLog ??= { text, line };
    }
    surveys.get(name)?.add(text);
    const found = texts.get(name);
    if (found !== undefined && found.size <= most && !isMissingNumber(text)) found.add(text);
  });
  const dates = [...surveys].flatMap(([name, survey]) => {
    const column = survey.result();
    return column === null ? [] : [[name, column] as const];
  });
  const lists = [...texts].map(([name, found]) => [name, found.size > most ? null : inOrder(found)] as const);
  return { dates: new Map(dates), texts: new Map(lists), withoutLog };
}

/** Every cell that is not missing, as it is written: where no text is a class, the reader tells of each. */
async function readCells(
  reader: TableReader,
  names: readonly string[],
  see: (name: string, text: string, line: number) => void,
): Promise<void> {
  if (names.length === 0) return;
  const classes = Object.fromEntries(names.map((name) => [name, []]));
  const rows = reader.rows(
    { x: names, classes, missing: "keep", unknown: "missing", onUnknown: see },
    "describing",
  );
  for await (const _ of rows);
}

/** By their numbers where all of them are some, else by their characters. */
function inOrder(texts: ReadonlySet<string>): string[] {
  const sorted = [...texts].sort();
  return sorted.some((text) => Number.isNaN(Number(text)))
    ? sorted
    : sorted.sort((a, b) => Number(a) - Number(b));
}
