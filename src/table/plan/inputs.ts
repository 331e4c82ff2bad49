import { possibleNumbers } from "../../data/cells/other-formats.js";
import type {
  DescribedBooleans,
  DescribedColumn,
  DescribedNumbers,
  DescribedTexts,
} from "../../data/index.js";
import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import { FORM_WORDS } from "../dates/forms.js";
import type { DateColumn } from "../dates/survey.js";
import type { Input } from "../schema.js";
import { TableError } from "../table-error.js";
import type { TrainSettings } from "../train-options.js";
import { listOfNames, type OptionText } from "../wording.js";
import { holdsDates } from "./dates.js";
import { missingWordNotes } from "./missing-words.js";
import { lostDigits } from "./numbers.js";
import type { Surveyed } from "./surveyed.js";

/** A column that is no input, and why. */
export interface Ignored {
  readonly name: string;
  /** In words that are the same for many columns. */
  readonly reason: string;
  /** What is said of this one. */
  readonly why: string;
}

/** Columns that are ignored for one reason are named one by one up to this many. */
const MOST_NOTES = 5;

export interface InputOptions
  extends Pick<TrainSettings, "categorical" | "categories" | "keepRowNumbers" | "optionText"> {
  readonly surveyed: Surveyed;
  /** Whether the first column has no name, as row numbers and names of rows have none. */
  readonly isFirstUnnamed: boolean;
}

/** None where a column says nothing, or too much. @param index of the column; rows: of the table */
export function inputOf(
  column: DescribedColumn,
  index: number,
  rows: number,
  options: InputOptions,
  ignored: Ignored[],
  notes: string[],
): Input[] {
  const { name } = column;
  const ignore = (reason: string, why = reason): [] => {
    ignored.push({ name, reason, why });
    return [];
  };
  if (options.categorical.includes(name)) return categoricalInput(column, options, ignore, notes);
  const dates = options.surveyed.dates.get(name);
  if (dates !== undefined) return dateInput(name, dates, ignore, notes);
  const numbersRows = index === 0 && (options.isFirstUnnamed || (column.kind === "number" && column.counts));
  if (numbersRows && !options.keepRowNumbers)
    return ignore(
      `${options.isFirstUnnamed ? "a first column without a name" : "it numbers the rows"} (${options.optionText("keepRowNumbers", true)} takes it as an input)`,
    );
  if (column.kind === "boolean") return booleanInput(column, ignore);
  if (column.kind === "number") return numberInput(column, ignore);
  return textInput(column, rows, options, ignore, notes);
}

type Ignore = (reason: string, why?: string) => [];

function booleanInput({ name, values, missing }: DescribedBooleans, ignore: Ignore): Input[] {
  const yes = values.get("true") ?? 0;
  const known = yes + (values.get("false") ?? 0);
  if (known === 0 || ((yes === 0 || yes === known) && missing === 0)) return ignore("the same in every row");
  return [{ name, kind: "boolean", mean: yes / known }];
}

function numberInput(column: DescribedNumbers, ignore: Ignore): Input[] {
  const { name, mean, min, max, format } = column;
  if (Number.isNaN(mean)) return ignore("no values");
  if (min === max) return ignore("the same wherever it is known");
  const lost = lostDigits(column);
  if (lost !== null) return ignore(lost);
  return [{ name, kind: "number", mean, ...(format !== null && { format }) }];
}

function dateInput(
  name: string,
  { isGuessed, example, ...dates }: DateColumn,
  ignore: Ignore,
  notes: string[],
): Input[] {
  const { form, parts } = dates;
  if (parts.length === 0) return ignore("the same date wherever it is known");
  const guess = isGuessed
    ? `, as no number above 12 tells days from months in ${JSON.stringify(example)}`
    : "";
  const doubt = isGuessed ? "; where that is wrong, write dates as 2024-03-01" : "";
  notes.push(
    `${JSON.stringify(name)} holds dates (${FORM_WORDS[form]}${guess}): ${parts.join(", ")} are inputs${doubt}`,
  );
  return [{ name, kind: "date", ...dates }];
}

/** A column that is to be categories, however its cells look. @throws TableError where it has too many */
function categoricalInput(
  column: DescribedColumn,
  { surveyed, categories: most, optionText }: InputOptions,
  ignore: Ignore,
  notes: string[],
): Input[] {
  const { name } = column;
  if (column.kind === "boolean") return booleanInput(column, ignore);
  const size = column.values?.size;
  const categories =
    column.kind === "number"
      ? (surveyed.texts.get(name) ?? null)
      : column.values === null
        ? null
        : [...column.values.keys()];
  if (categories === null || categories.length > most) throw tooMany(name, size, most, optionText);
  if (categories.length === 0) return ignore("no values");
  if (categories.length === 1 && column.missing === 0) return ignore("the same in every row");
  if (column.kind === "text") notes.push(...missingWordNotes(column, optionText));
  return [{ name, kind: "category", categories }];
}

/** @param size distinct values, where they were counted */
function tooMany(name: string, size: number | undefined, most: number, optionText: OptionText): TableError {
  const isCounted = size !== undefined && size > most;
  const values = isCounted
    ? `${withThousands(String(size))} distinct values, more than ${most}`
    : `more than ${most} distinct values`;
  return new TableError(
    `${optionText("categorical", [name])}: ${JSON.stringify(name)} has ${values}: ${optionText("categories", isCounted ? size : undefined)} takes more`,
    "options",
  );
}

function textInput(
  column: DescribedTexts,
  rows: number,
  { categories, optionText }: InputOptions,
  ignore: Ignore,
  notes: string[],
): Input[] {
  const { name, values, text, line, missing } = column;
  const size = values?.size ?? Infinity;
  const isAlmostAll = size * 2 > rows;
  if (holdsDates(column) && (size > categories || isAlmostAll))
    return ignore(
      "dates that are not all written in one way",
      `it holds dates, such as ${JSON.stringify(text)}, that are not all written in one way: 2024-03-01 is always read`,
    );
  const isMostlyNumbers = 2 * column.numbers > rows - missing;
  const noNumber = `${JSON.stringify(text)} in line ${line} is no number`;
  if (isMostlyNumbers && (size > categories || isAlmostAll))
    return ignore("not all numbers", `not all numbers: ${noNumber}`);
  if (size > categories) {
    const more = isAlmostAll || size === Infinity ? "" : `; ${optionText("categories", size)} takes them`;
    return ignore(
      `more than ${categories} distinct values`,
      `more than ${categories} distinct values (${noNumber})${more}`,
    );
  }
  if (isAlmostAll)
    return ignore(
      "another value in most rows",
      `${withThousands(pluralize(size, "distinct value"))} in ${withThousands(pluralize(rows, "row"))}`,
    );
  if (size === 1 && missing === 0) return ignore("the same in every row");
  notes.push(...missingWordNotes(column, optionText));
  const [number] = /\d,\d/.test(text) ? possibleNumbers(text) : [];
  if (number !== undefined && column.examples.every((each) => possibleNumbers(each).length > 0))
    notes.push(
      `${JSON.stringify(name)} taken as text, not as numbers: ${JSON.stringify(text)} may be ${number}, and is a number if it is written so`,
    );
  else if (isMostlyNumbers)
    notes.push(`${JSON.stringify(name)} taken as ${pluralize(size, "text")}: ${noNumber}`);
  return [{ name, kind: "category", categories: [...(values as ReadonlyMap<string, number>).keys()] }];
}

/** A line for each column that is ignored, but one for many that are so for the same reason. */
export function ignoredNotes(ignored: readonly Ignored[]): string[] {
  const groups = new Map<string, Ignored[]>();
  for (const column of ignored) {
    const group = groups.get(column.reason);
    if (group === undefined) groups.set(column.reason, [column]);
    else group.push(column);
  }
  return [...groups].flatMap(([reason, columns]) =>
    columns.length > MOST_NOTES
      ? [
          `${columns.length} columns ignored: ${reason}: ${listOfNames(
            columns.map(({ name }) => name),
            10,
          )}`,
        ]
      : columns.map(({ name, why }) => `${JSON.stringify(name)} ignored: ${why}`),
  );
}
