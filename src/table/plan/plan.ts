import type {
  DescribedBooleans,
  DescribedColumn,
  DescribedNumbers,
  DescribedTexts,
} from "../../data/index.js";
import { counted } from "../../errors.js";
import { oneLine } from "../../escapes.js";
import { withThousands } from "../../format-number.js";
import { nearest } from "../../options.js";
import type { Input, Target } from "../schema.js";
import { TableError } from "../table-error.js";
import { isMeantAsNumbers } from "./almost-numbers.js";

/** What is planned on: no column of yes and no yet. */
export type FileColumn = Exclude<DescribedColumn, DescribedBooleans>;
export interface FileDescription {
  readonly rows: number;
  readonly columns: readonly FileColumn[];
}

export type Task = "regress" | "classify";

/** Of a number of more different values, each is no class; of fewer rows for each of them on average, neither. */
const [MOST_CLASSES, LEAST_ROWS] = [10, 10];

/** The square of a hundredth of it is a normal float32. */
const LEAST_DEVIATION = 1e-16;

/** What would help to read a table as it was meant. */
export interface Advice {
  /** Behind a name that a table of one column does not have. */
  readonly one: string;
  /** The first cell that is no number, and what would help. */
  noNumberIn(column: DescribedTexts): string;
}

export interface PlanOptions {
  readonly target: string;
  readonly ignore: readonly string[];
  readonly task: Task | undefined;
  /** Columns of more different texts are left out. */
  readonly categories: number;
  /** What would help to read the table. */
  readonly advice: Advice;
}

/** What is to be learnt from what. */
export interface Plan {
  readonly inputs: readonly Input[];
  readonly target: Target;
  /** Rows of which the target is known. */
  readonly rows: number;
  /** What was decided, for people. */
  readonly words: readonly string[];
}

/** @throws TableError where a file has no such target, or nothing to learn from */
export function planOf(survey: FileDescription, options: PlanOptions): Plan {
  const names = survey.columns.map(({ name }) => name);
  const find = (name: string) => {
    const column = survey.columns.find((each) => each.name === name);
    if (column !== undefined) return column;
    const shown = names.slice(0, 20).map((each) => (/[,\p{Cc}]/u.test(each) ? JSON.stringify(each) : each));
    const columns = [...shown, ...(names.length > 20 ? ["…"] : [])].join(", ");
    throw new TableError(
      `no column ${JSON.stringify(name)}${suggestion(name, names)}; it has ${columns}${options.advice.one}`,
    );
  };
  const column = find(options.target);
  for (const name of options.ignore) find(name);
  checkFits(column, "");
  const lost = lostDigits(column);
  if (lost !== null) throw new TableError(`${JSON.stringify(column.name)}: ${lost}`);
  const rows = survey.rows - column.missing;
  const words: string[] = [];
  const target = targetOf(column, rows, options, words);
  if (column.missing > 0)
    words.push(
      `${withThousands(counted(column.missing, "row"))} without ${JSON.stringify(column.name)} left out`,
    );
  const inputs = survey.columns
    .filter((each) => each !== column && !options.ignore.includes(each.name))
    .flatMap((each) => {
      checkFits(each, ", or leave the column out (--ignore)");
      return inputOf(each, survey.rows, options, words);
    });
  if (inputs.length === 0)
    throw new TableError(
      [`no column is left to learn ${JSON.stringify(column.name)} from`, ...words].join("\n"),
    );
  return { inputs, target, rows, words };
}

function targetOf(column: FileColumn, rows: number, { task, advice }: PlanOptions, words: string[]): Target {
  const { name, kind, values } = column;
  const wrong = (what: string) => new TableError(`${JSON.stringify(name)} ${what}`);
  if (rows < 2) throw wrong(`has ${rows === 0 ? "no value" : "one value only"} to learn from`);
  if (values?.size === 1)
    throw wrong(`is ${JSON.stringify([...values.keys()][0])} in every row: there is nothing to learn`);
  const noNumber = kind === "text" ? advice.noNumberIn(column) : "";
  if (kind === "text" && task === "regress") throw wrong(`has texts: ${noNumber}`);
  if (
    kind === "text" &&
    task === undefined &&
    isMeantAsNumbers(column) &&
    !(values && values.size <= MOST_CLASSES)
  )
    throw wrong(
      `is not all numbers: ${noNumber}${values ? "; --task classify takes its texts as classes" : ""}`,
    );
  const few = values !== null && (kind === "text" || looksLikeClasses(column, rows));
  if (task === "regress" || (task === undefined && kind === "number" && !few)) return number(column, wrong);
  if (values === null)
    throw wrong(
      kind === "text"
        ? `has too many different texts for classes (${noNumber})`
        : "has too many different values for classes",
    );
  const classes = [...values.keys()].map(String);
  if (kind === "number" && new Set(classes.map((text) => Math.fround(Number(text)))).size < classes.length)
    throw wrong("has classes that are one number in float32: give them other names");
  if (task === undefined) {
    if (kind === "text" && classes.length * 2 > rows)
      throw wrong(
        `has ${counted(classes.length, "different text")} in ${counted(rows, "row")} (${noNumber}); --task classify takes them as classes`,
      );
    const shown = classes.slice(0, 10).map(oneLine);
    const otherwise = kind === "number" ? "; --task regress takes it as a quantity" : "";
    const all = [...shown, ...(classes.length > 10 ? ["…"] : [])].join(", ");
    const stray = kind === "text" && isMeantAsNumbers(column) ? `; ${noNumber}` : "";
    words.push(`${JSON.stringify(name)} has ${classes.length} classes: ${all}${otherwise}${stray}`);
  }
  return { name, kind: "category", classes, labels: kind === "number" ? "numbers" : "texts" };
}

/** @throws TableError for numbers of which float32 has no squared errors */
function number(column: FileColumn, wrong: (what: string) => TableError): Target {
  const { name, std } = column as DescribedNumbers;
  if (std < LEAST_DEVIATION) throw wrong("has numbers too small for float32: give them in smaller units");
  return { name, kind: "number" };
}

/** @throws TableError for numbers that float32 does not have */
function checkFits(column: FileColumn, otherwise: string): void {
  if (column.kind === "text") return;
  const extreme = -column.min > column.max ? column.min : column.max;
  if (Math.abs(Math.fround(extreme)) < Infinity || Number.isNaN(extreme)) return;
  throw new TableError(
    `${JSON.stringify(column.name)} has numbers too large for float32, such as ${extreme}: give them in larger units${otherwise}`,
  );
}

/** What is lost where float32 cannot tell numbers apart that lie far from 0 and near each other, or null. */
function lostDigits(column: FileColumn): string | null {
  if (column.kind === "text" || column.min === column.max) return null;
  const { min, max, std } = column;
  const rounding = Math.max(-min, max) * 2 ** -24;
  if (!(rounding > std / 100)) return null;
  return `float32 cannot tell its numbers apart, from ${min} to ${max}: subtract a number near their middle first`;
}

/** Few different whole numbers, each of them often on average. */
function looksLikeClasses({ values }: FileColumn, rows: number): boolean {
  if (values === null || values.size > MOST_CLASSES || values.size * LEAST_ROWS > rows) return false;
  return [...values.keys()].every((value) => Number.isInteger(value));
}

/** None where a column says nothing, or too much. */
function inputOf(
  column: FileColumn,
  rows: number,
  { categories, advice }: PlanOptions,
  words: string[],
): Input[] {
  const { name, values } = column;
  const leaveOut = (why: string): [] => {
    words.push(`${JSON.stringify(name)} left out: ${why}`);
    return [];
  };
  if (column.kind === "number") return numberInput(column, leaveOut);
  const size = values?.size ?? Infinity;
  const isMeant = isMeantAsNumbers(column);
  if (isMeant && (size > categories || size * 2 > rows))
    return leaveOut(`not all numbers: ${advice.noNumberIn(column)}`);
  const isAlmostAll = size * 2 > rows;
  if (size > categories) {
    const more = isAlmostAll ? "" : `; --categories ${size} takes them`;
    return leaveOut(`more than ${categories} different texts (${advice.noNumberIn(column)})${more}`);
  }
  if (isAlmostAll)
    return leaveOut(
      `${withThousands(counted(size, "different text"))} in ${withThousands(counted(rows, "row"))}`,
    );
  if (size === 1 && column.missing === 0) return leaveOut("the same in every row");
  if (isMeant)
    words.push(`${JSON.stringify(name)} taken as ${counted(size, "text")}: ${advice.noNumberIn(column)}`);
  const classes = [...(values as ReadonlyMap<string, number>).keys()];
  return [{ name, kind: "category", classes }];
}

function numberInput(column: DescribedNumbers, leaveOut: (why: string) => []): Input[] {
  const { name, mean, min, max } = column;
  if (Number.isNaN(mean)) return leaveOut("no values");
  if (min === max) return leaveOut("the same wherever it is known");
  const lost = lostDigits(column);
  if (lost !== null) return leaveOut(lost);
  return [{ name, kind: "number", mean }];
}

function suggestion(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === null ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
}
