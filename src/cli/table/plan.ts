import type { CsvSurvey, SurveyedColumn, SurveyedNumbers } from "../../data/index.js";
import { counted } from "../../errors.js";
import { grouped } from "../../view/digits.js";
import { Failure, suggestion } from "../shell/failure.js";
import type { CsvFormat } from "./csv-file.js";
import type { Input, Target } from "./schema.js";

export type Task = "regress" | "classify";

/** Of a number of more different values, each is no class; of fewer rows for each of them on average, neither. */
const [MOST_CLASSES, LEAST_ROWS] = [10, 10];

export interface PlanOptions {
  readonly target: string;
  readonly ignore: readonly string[];
  readonly task: Task | undefined;
  /** Columns of more different texts are left out. */
  readonly categories: number;
  readonly format: CsvFormat;
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

/** @throws Failure where a file has no such target, or nothing to learn from */
export function planOf(survey: CsvSurvey, path: string, options: PlanOptions): Plan {
  const names = survey.columns.map(({ name }) => name);
  const find = (name: string) => {
    const column = survey.columns.find((each) => each.name === name);
    if (column !== undefined) return column;
    const columns = names.length > 20 ? `${names.slice(0, 20).join(", ")}, …` : names.join(", ");
    throw new Failure(
      `${path}: no column ${JSON.stringify(name)}${suggestion(name, names)}; it has ${columns}`,
    );
  };
  const column = find(options.target);
  for (const name of options.ignore) find(name);
  checkFits(column, path);
  const rows = survey.rows - column.missing;
  const words: string[] = [];
  const target = targetOf(column, path, rows, options.task, words);
  if (column.missing > 0) words.push(`${counted(column.missing, "row")} without "${column.name}" left out`);
  const inputs = survey.columns
    .filter((each) => each !== column && !options.ignore.includes(each.name))
    .flatMap((each) => {
      checkFits(each, path);
      return inputOf(each, survey.rows, options.categories, words);
    });
  if (inputs.length === 0)
    throw new Failure([`${path}: no column is left to learn "${column.name}" from`, ...words].join("\n"));
  return { inputs, target, rows, words };
}

function targetOf(
  column: SurveyedColumn,
  path: string,
  rows: number,
  task: Task | undefined,
  words: string[],
): Target {
  const { name, kind, values } = column;
  const wrong = (what: string) => new Failure(`${path}: "${name}" ${what}`);
  if (rows < 2) throw wrong(`has ${rows === 0 ? "no value" : "one value only"} to learn from`);
  if (values?.size === 1)
    throw wrong(`is ${JSON.stringify([...values.keys()][0])} in every row: there is nothing to learn`);
  const noNumber =
    kind === "texts" ? `${JSON.stringify(column.text)} in line ${column.line} is no number` : "";
  if (kind === "texts" && task === "regress")
    throw wrong(`has texts: ${noNumber} (--missing names cells that are missing)`);
  const few = values !== null && (kind === "texts" || looksLikeClasses(column, rows));
  if (task === "regress" || (task === undefined && kind === "numbers" && !few))
    return { name, kind: "number" };
  if (values === null)
    throw wrong(
      kind === "texts"
        ? `has too many different texts for classes (${noNumber})`
        : "has too many different values for classes",
    );
  const classes = [...values.keys()].map(String);
  if (task === undefined) {
    if (kind === "texts" && classes.length * 2 > rows)
      throw wrong(
        `has ${counted(classes.length, "different text")} in ${counted(rows, "row")} (${noNumber}); --task classify takes them as classes`,
      );
    const shown = classes.length > 10 ? `${classes.slice(0, 10).join(", ")}, …` : classes.join(", ");
    const otherwise = kind === "numbers" ? "; --task regress takes it as a quantity" : "";
    const stray = kind === "texts" && classes.some(looksLikeNumber) ? `; ${noNumber}` : "";
    words.push(`"${name}" has ${classes.length} classes: ${shown}${otherwise}${stray}`);
  }
  return { name, kind: "category", classes, labels: kind };
}

/** @throws Failure for numbers that float32 does not have */
function checkFits(column: SurveyedColumn, path: string): void {
  if (column.kind === "texts") return;
  const extreme = -column.least > column.largest ? column.least : column.largest;
  if (Math.abs(Math.fround(extreme)) < Infinity || Number.isNaN(extreme)) return;
  throw new Failure(
    `${path}: "${column.name}" has numbers too large for float32, such as ${extreme}: give them in larger units, or leave the column out (--ignore)`,
  );
}

/** With any point. */
function looksLikeNumber(text: string): boolean {
  return /^[-+]?[.,]?\d[\d.,]*$/.test(text);
}

/** Few different whole numbers, each of them often. */
function looksLikeClasses({ values }: SurveyedColumn, rows: number): boolean {
  if (values === null || values.size > MOST_CLASSES || values.size * LEAST_ROWS > rows) return false;
  return [...values.keys()].every((value) => Number.isInteger(value));
}

/** None where a column says nothing, or too much. */
function inputOf(column: SurveyedColumn, rows: number, categories: number, words: string[]): Input[] {
  const { name, values } = column;
  const leaveOut = (why: string): [] => {
    words.push(`"${name}" left out: ${why}`);
    return [];
  };
  if (column.kind === "numbers") return numberInput(column, leaveOut);
  const noNumber = `${JSON.stringify(column.text)} in line ${column.line} is no number`;
  const size = values?.size ?? Infinity;
  if (size > categories)
    return leaveOut(
      `more than ${categories} different texts (${noNumber}); --categories ${categories * 10} takes more`,
    );
  if (size * 2 > rows)
    return leaveOut(`${grouped(counted(size, "different text"))} in ${grouped(counted(rows, "row"))}`);
  if (size === 1 && column.missing === 0) return leaveOut("the same in every row");
  const classes = [...(values as ReadonlyMap<string, number>).keys()];
  return [{ name, kind: "category", classes }];
}

function numberInput(
  { name, mean, least, largest }: SurveyedNumbers,
  leaveOut: (why: string) => [],
): Input[] {
  if (Number.isNaN(mean)) return leaveOut("no values");
  if (least === largest) return leaveOut("the same in every row");
  return [{ name, kind: "number", mean }];
}
