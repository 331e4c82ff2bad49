import type { DescribedColumn, DescribedNumbers, DescribedTexts, FirstText } from "../../data/index.js";
import { pluralize } from "../../errors.js";
import { oneLine } from "../../escapes.js";
import type { Target, Task } from "../schema.js";
import { TableError } from "../table-error.js";
import type { TrainSettings } from "../train-options.js";
import type { OptionText } from "../wording.js";
import { missingWordNotes } from "./missing-words.js";
import { lostDigits } from "./numbers.js";

/** Numbers of a target are classes if they have at most 10 distinct whole values, and at least 10 rows for each of them on average. */
const [MOST_CLASSES, ROWS_PER_CLASS] = [10, 10];

/** The square of a hundredth of it is a normal float32. */
const MIN_STD = 1e-16;

/**
 * @param rows of which the target is known
 * @param holdsDates whether it is a column of dates
 * @throws TableError for a column that is no target of the task
 */
export function targetOf(
  column: DescribedColumn,
  rows: number,
  holdsDates: boolean,
  options: TargetOptions,
  notes: string[],
): Target {
  const { optionText, log } = options;
  const task = log ? "regress" : options.task; // logarithms are of quantities
  const { name, values } = column;
  const wrong = (what: string) => new TableError(`${JSON.stringify(name)} ${what}`);
  if (rows < 2) throw wrong(`has ${rows === 0 ? "no value" : "one value only"} to learn from`);
  if (values?.size === 1)
    throw wrong(`is ${JSON.stringify([...values.keys()][0])} in every row: there is nothing to learn`);
  if (holdsDates && task !== "classify")
    throw wrong(
      `holds dates, which are no target: predict a number of days or years instead, in a column of its own; ${optionText("task", "classify")} takes the dates as classes`,
    );
  if (column.kind === "boolean") return booleanTarget(column.name, column.spellings, task, wrong, notes);
  if (column.kind === "text") return textTarget(column, rows, task, optionText, wrong, notes);
  if (task === "regress" || (task === undefined && !looksLikeClasses(column, rows)))
    return numberTarget(column, options, wrong);
  return classesOfNumbers(column, task, optionText, wrong, notes);
}

export interface TargetOptions extends Pick<TrainSettings, "task" | "log" | "optionText"> {
  /** The first cell of the target that has no logarithm, where it is to be learned by that. */
  readonly withoutLog: FirstText | null;
}

type Wrong = (what: string) => TableError;

function booleanTarget(
  name: string,
  categories: readonly [string, string],
  task: Task | undefined,
  wrong: Wrong,
  notes: string[],
): Target {
  if (task === "regress") throw wrong(`is ${categories.join(" or ")}, and no number`);
  if (task === undefined) notes.push(classesNote(name, categories));
  return { name, kind: "category", categories, labels: "boolean" };
}

function textTarget(
  column: DescribedTexts,
  rows: number,
  task: Task | undefined,
  optionText: OptionText,
  wrong: Wrong,
  notes: string[],
): Target {
  const { name, values, text, line, either } = column;
  if (either !== undefined && task !== "classify")
    throw wrong(
      `has numbers such as ${JSON.stringify(text)}, in which a mark separates thousands or fractions: ${optionText("decimal", ".")} or ${optionText("decimal", ",")} says what fractions are behind`,
    );
  const noNumber = `${JSON.stringify(text)} in line ${line} is no number`;
  if (task === "regress") throw wrong(`has texts: ${noNumber}`);
  if (values === null) throw wrong(`has too many distinct values for classes (${noNumber})`);
  const categories = [...values.keys()];
  if (task === undefined && categories.length > MOST_CLASSES && 2 * column.numbers > rows)
    throw wrong(
      `is not all numbers: ${noNumber}; ${optionText("task", "classify")} takes its texts as classes`,
    );
  if (task === undefined) {
    if (categories.length * 2 > rows)
      throw wrong(
        `has ${pluralize(categories.length, "distinct value")} in ${pluralize(rows, "row")} (${noNumber}); ${optionText("task", "classify")} takes them as classes`,
      );
    notes.push(classesNote(name, categories));
  }
  notes.push(...missingWordNotes(column, optionText));
  return { name, kind: "category", categories, labels: "text" };
}

/** @throws TableError for numbers of which float32 has no squared errors */
function numberTarget(
  { name, std, min, format }: DescribedNumbers,
  { log, optionText, withoutLog }: TargetOptions,
  wrong: Wrong,
): Target {
  if (log && !(Math.fround(min) > 0)) {
    const first =
      withoutLog === null ? String(min) : `${JSON.stringify(withoutLog.text)} in line ${withoutLog.line}`;
    throw wrong(
      `has no logarithm everywhere: ${first} is not above 0; leave out ${optionText("log", true)}, or add a constant to the column that makes all of it positive`,
    );
  }
  if (std < MIN_STD) throw wrong("has numbers too small for float32: give them in smaller units");
  return { name, kind: "number", ...(format !== null && { format }), ...(log && { scale: "log" }) };
}

function classesOfNumbers(
  { name, values, format }: DescribedNumbers,
  task: Task | undefined,
  optionText: OptionText,
  wrong: Wrong,
  notes: string[],
): Target {
  if (values === null) throw wrong("has too many distinct values for classes");
  const categories = [...values.keys()].map(String);
  if (new Set(categories.map((text) => Math.fround(Number(text)))).size < categories.length)
    throw wrong("has classes that are one number in float32: give them other names");
  if (task === undefined)
    notes.push(`${classesNote(name, categories)}; ${optionText("task", "regress")} takes it as a quantity`);
  return { name, kind: "category", categories, labels: "number", ...(format !== null && { format }) };
}

function classesNote(name: string, categories: readonly string[]): string {
  const shown = categories.slice(0, 10).map(oneLine);
  const all = [...shown, ...(categories.length > 10 ? ["…"] : [])].join(", ");
  return `${JSON.stringify(name)} has ${categories.length} classes: ${all}`;
}

/** Few distinct whole numbers, each of them often on average. */
function looksLikeClasses({ values }: DescribedNumbers, rows: number): boolean {
  if (values === null || values.size > MOST_CLASSES || values.size * ROWS_PER_CLASS > rows) return false;
  return [...values.keys()].every((value) => Number.isInteger(value));
}

/** What a column can be predicted as, the likelier first. */
export function tasksOf(column: DescribedColumn, rows: number): Task[] {
  const known = rows - column.missing;
  if (known < 2 || column.values?.size === 1) return [];
  if (column.kind === "boolean") return ["classify"];
  if (column.kind === "text") return column.values === null ? [] : ["classify"];
  if (lostDigits(column) !== null || Math.abs(Math.fround(Math.max(-column.min, column.max))) === Infinity)
    return [];
  if (looksLikeClasses(column, known)) return ["classify", "regress"];
  return column.values === null ? ["regress"] : ["regress", "classify"];
}
