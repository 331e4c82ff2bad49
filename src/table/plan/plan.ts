import type { ChunksDescription } from "../../data/describe-csv.js";
import type { DescribedColumn } from "../../data/index.js";
import { pluralize } from "../../errors.js";
import { withThousands } from "../../format-number.js";
import { nearest } from "../../options.js";
import { validationRows } from "../rows/division.js";
import type { Input, Target } from "../schema.js";
import { TableError } from "../table-error.js";
import type { TrainSettings } from "../train-options.js";
import { withOptions } from "../wording.js";
import { imbalanceNotes } from "./imbalance.js";
import { type Ignored, ignoredNotes, inputOf } from "./inputs.js";
import { checkFits, lostDigits } from "./numbers.js";
import type { Surveyed } from "./surveyed.js";
import { targetOf } from "./target.js";

/** The options that decide what is predicted from what. */
type PlanOptions = Pick<
  TrainSettings,
  | "target"
  | "group"
  | "threshold"
  | "ignore"
  | "task"
  | "categorical"
  | "log"
  | "categories"
  | "keepRowNumbers"
  | "validation"
  | "optionText"
>;

/** What is predicted from what. */
export interface Plan {
  readonly inputs: readonly Input[];
  readonly target: Target;
  /** Rows of which the target is known. */
  readonly rows: number;
  /** What was decided, in sentences. */
  readonly notes: readonly string[];
}

/** @throws TableError where a table has no such target, or nothing to learn from */
export function planOf(description: ChunksDescription, surveyed: Surveyed, options: PlanOptions): Plan {
  const { columns } = description;
  const advice = withOptions(description.advice, options.optionText);
  const column = columnOf(columns, options.target, advice);
  const others = options.group === undefined ? [] : [options.group];
  for (const name of [...options.ignore, ...options.categorical, ...others]) columnOf(columns, name, advice);
  checkFits(column, "");
  const lost = lostDigits(column);
  if (lost !== null) throw new TableError(`${JSON.stringify(column.name)}: ${lost}`);
  const rows = description.rows - missingIn(column, description.rows);
  const notes: string[] = [];
  const { withoutLog } = surveyed;
  const target = targetOf(column, rows, surveyed.dates.has(column.name), { ...options, withoutLog }, notes);
  if (target.kind === "category") notes.push(...imbalanceNotes(column, target, options));
  if (rows < description.rows)
    notes.push(
      `${withThousands(pluralize(description.rows - rows, "row"))} without ${JSON.stringify(column.name)} dropped`,
    );
  notes.push(...fewTrainedOn(rows, options));
  const ignored: Ignored[] = [];
  const inputOptions = { ...options, surveyed, isFirstUnnamed: description.dialect.isFirstUnnamed };
  const inputs = columns.flatMap((each, index) => {
    if (each === column || each.name === options.group || options.ignore.includes(each.name)) return [];
    if (!options.categorical.includes(each.name))
      checkFits(each, `, or leave the column out (${options.optionText("ignore")})`);
    return inputOf(each, index, description.rows, inputOptions, ignored, notes);
  });
  notes.push(...ignoredNotes(ignored));
  if (inputs.length > 0) return { inputs, target, rows, notes };
  throw new TableError(
    [`no column is left to learn ${JSON.stringify(column.name)} from`, ...notes].join("\n"),
  );
}

/** Where more rows are for validation than are trained on. */
function fewTrainedOn(rows: number, { validation, optionText }: PlanOptions): string[] {
  const training = rows - validationRows(validation, rows);
  if (2 * training >= rows) return [];
  return [
    withThousands(
      `only ${training} of ${rows} rows trained on, the others are for validation: ${optionText("validation", 0.2)} trains on more`,
    ),
  ];
}

/** Missing cells; of text whose values are too many to list, the column was not read to the end, and is no target anyway. */
function missingIn(column: DescribedColumn, rows: number): number {
  return Math.min(column.missing, rows);
}

/** @throws TableError where there is none of that name */
function columnOf(columns: readonly DescribedColumn[], name: string, advice = ""): DescribedColumn {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  const names = columns.map((each) => each.name);
  const near = nearest(name, names);
  const meant = near === null ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
  const shown = names.slice(0, 20).map((each) => (/[,\p{Cc}]/u.test(each) ? JSON.stringify(each) : each));
  const all = [...shown, ...(names.length > 20 ? ["…"] : [])].join(", ");
  throw new TableError(`no column ${JSON.stringify(name)}${meant}; it has ${all}${advice}`);
}
