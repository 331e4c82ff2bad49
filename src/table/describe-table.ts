import type { CsvDialect, DescribedColumn } from "../data/index.js";
import { pluralize } from "../errors.js";
import { withThousands } from "../format-number.js";
import { FORM_WORDS } from "./dates/forms.js";
import { type Ignored, inputOf } from "./plan/inputs.js";
import { surveyOf } from "./plan/surveyed.js";
import { tasksOf } from "./plan/target.js";
import { describeRows } from "./plan/totals.js";
import { type DescribeTableOptions, describeSettings, readingOptions } from "./reading-options.js";
import { shortened, type Task } from "./schema.js";
import { TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";
import { numberText } from "./text/rounded.js";

/** What a table holds, and what can be done with it. */
export interface TableDescription {
  /** How many rows it has, with a last row of totals, which trainTable drops; what the columns hold is said without it. */
  readonly rows: number;
  /** In the order of the table. */
  readonly columns: readonly ColumnDescription[];
  /** How it is written; columns, rows and JSON are read as CSV. */
  readonly dialect: CsvDialect;
  /** What was found that is unusual, in sentences. */
  readonly notes: readonly string[];
  /** The column that is proposed as target: the last one that can be one while another is an input; null where none can. */
  readonly target: string | null;
}

/** What one column holds. */
export interface ColumnDescription {
  /** As the table names it. */
  readonly name: string;
  /** Whether its cells are numbers, one of two words, dates, or text. */
  readonly kind: DescribedColumn["kind"] | "date";
  /** In words, such as `numbers, 1 to 5` or `text, 3 distinct values: a, b, c`. */
  readonly holds: string;
  /** Missing cells. */
  readonly missing: number;
  /** Why trainTable would ignore it as an input; null where it is one. */
  readonly ignored: string | null;
  /** What it can be predicted as, the likelier first; none where it is no target. */
  readonly tasks: readonly Task[];
}

/**
 * Finds out what a table holds: its columns, which of them trainTable would take as inputs and which can be
 * targets.
 *
 * @param source as trainTable takes it
 * @param options how the table is read, and what makes a column an input: see {@link DescribeTableOptions}.
 * Default: trainTable's
 * @returns the columns, and the one that is proposed as target
 * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no table
 * @example
 * import { describeTable } from "rprop/table";
 * const { columns, target } = await describeTable("id,size,colour\na,1,red\nb,5,red\nc,3,blue\nd,4,blue\n");
 * console.log(target, columns.map(({ name, ignored }) => `${name}: ${ignored === null ? "input" : ignored}`).join("; ")); // colour id: 4 distinct values in 4 rows; size: input; colour: input
 */
export async function describeTable(
  source: TableSource,
  options: DescribeTableOptions = {},
): Promise<TableDescription> {
  const settings = describeSettings(options);
  const { csv, categories, keepRowNumbers, optionText } = settings;
  const reader = new TableReader(source, readingOptions(csv), settings);
  const { description, size, found } = await describeRows(reader, Math.max(1000, categories), optionText);
  const { rows, columns, dialect } = description;
  const { isFirstUnnamed } = dialect;
  const surveyed = await surveyOf(reader, description, { categorical: [], categories, logOf: null });
  const inputOptions = {
    ...{ categorical: [], categories, keepRowNumbers, optionText },
    ...{ surveyed, isFirstUnnamed },
  };
  const described = columns.map((column, index): ColumnDescription => {
    const ignored: Ignored[] = [];
    inputOf(column, index, rows, inputOptions, ignored, []);
    const dates = surveyed.dates.get(column.name);
    return {
      name: column.name,
      kind: dates === undefined ? column.kind : "date",
      holds:
        dates === undefined ? holdsOf(column) : `dates (${FORM_WORDS[dates.form]}), such as ${dates.example}`,
      missing: column.missing,
      ignored: ignored[0] === undefined ? null : reader.sentence(ignored[0].why),
      tasks: dates === undefined ? tasksOf(column, rows) : [],
    };
  });
  const target = described.findLast(
    (each) => each.tasks.length > 0 && described.some((other) => other !== each && other.ignored === null),
  );
  return {
    rows: size.rows,
    columns: described,
    dialect,
    notes: found.map((note) => reader.sentence(note)),
    target: target?.name ?? null,
  };
}

/** In few digits, without zeros at the end of a fraction. */
function shown(value: number): string {
  return numberText(value)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

function holdsOf(column: DescribedColumn): string {
  const { values } = column;
  if (column.kind === "boolean") return column.spellings.join(" or ");
  if (values !== null && values.size === 1) return `always ${shortened(String([...values.keys()][0]), 40)}`;
  if (column.kind === "number") {
    if (Number.isNaN(column.mean)) return "nothing";
    return `numbers, ${[column.min, column.max].map(shown).join(" to ")}`;
  }
  if (values === null) return "text, with too many distinct values to list";
  const some = [...values.keys()]
    .slice(0, 3)
    .map(String)
    .map((text) => shortened(text, 20));
  const more = values.size > some.length ? ", …" : "";
  return `text, ${withThousands(pluralize(values.size, "distinct value"))}: ${some.join(", ")}${more}`;
}
