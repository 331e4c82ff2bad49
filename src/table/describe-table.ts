import type { CsvDialect, CsvOptions, DescribedColumn } from "../data/index.js";
import { pluralize } from "../errors.js";
import { formatNumber, withThousands } from "../format-number.js";
import type { AbortSignalLike } from "../train/trainers/waiting.js";
import { readingOptions } from "./csv-defaults.js";
import { type Ignored, inputOf } from "./plan/inputs.js";
import type { Task } from "./plan/plan-options.js";
import { tasksOf } from "./plan/target.js";
import { shortened } from "./schema.js";
import { type OnProgress, TableReader } from "./source/table-reader.js";
import type { TableSource } from "./source/table-source.js";
import { type OptionText, optionInProgram } from "./wording.js";

export interface DescribeTableOptions {
  /** As trainTable takes them. */
  csv?: CsvOptions;
  categories?: number;
  keepRowNumbers?: boolean;
  signal?: AbortSignalLike;
  onProgress?: OnProgress;
  optionText?: OptionText;
}

/** What a table holds, and what can be done with it. */
export interface TableDescription {
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
  /** How it is written; columns, rows and JSON are read as CSV. */
  readonly dialect: CsvDialect;
  /** What was found that is unusual, in sentences. */
  readonly notes: readonly string[];
  /** The column that is proposed as target: the last one that can be one while another is an input; null where none can. */
  readonly target: string | null;
}

export interface ColumnDescription {
  readonly name: string;
  readonly kind: DescribedColumn["kind"];
  /** In words, such as `numbers, 1 to 5` or `3 categories: a, b, c`. */
  readonly holds: string;
  readonly missing: number;
  /** Why trainTable would ignore it as an input; null where it is one. */
  readonly ignored: string | null;
  /** What it can be predicted as, the likelier first; none where it is no target. */
  readonly tasks: readonly Task[];
}

/**
 * What a table holds: its columns, which of them trainTable would take as inputs and which can be targets.
 *
 * @param source as trainTable takes it
 * @throws (rejects with) TypeError or RangeError for options out of range; FormatError for what is no table
 * @example
 * import { describeTable } from "rprop/table";
 * const { columns, target } = await describeTable("id,size,colour\na,1,red\nb,5,red\nc,3,blue\nd,4,blue\n");
 * console.log(target, columns.map(({ name, ignored }) => `${name}: ${ignored === null ? "input" : ignored}`).join("; ")); // colour id: 4 different texts in 4 rows; size: input; colour: input
 */
export async function describeTable(
  source: TableSource,
  options: DescribeTableOptions = {},
): Promise<TableDescription> {
  const { csv = {}, categories = 100, keepRowNumbers = false, optionText = optionInProgram } = options;
  const { signal, onProgress } = options;
  const reader = new TableReader(source, readingOptions(csv), (progress) => {
    onProgress?.(progress);
    signal?.throwIfAborted();
  });
  const { rows, columns, dialect, notes } = await reader.describe(Math.max(1000, categories));
  const { isFirstUnnamed } = dialect;
  const described = columns.map((column, index): ColumnDescription => {
    const ignored: Ignored[] = [];
    inputOf(column, index, rows, { categories, keepRowNumbers, optionText, isFirstUnnamed }, ignored, []);
    return {
      name: column.name,
      kind: column.kind,
      holds: holdsOf(column),
      missing: column.missing,
      ignored: ignored[0]?.why ?? null,
      tasks: tasksOf(column, rows),
    };
  });
  const target = described.findLast(
    (each) => each.tasks.length > 0 && described.some((other) => other !== each && other.ignored === null),
  );
  return { rows, columns: described, dialect, notes, target: target?.name ?? null };
}

function holdsOf(column: DescribedColumn): string {
  const { values } = column;
  if (column.kind === "boolean") return column.spellings.join(" or ");
  if (values !== null && values.size === 1) return `always ${shortened(String([...values.keys()][0]), 40)}`;
  if (column.kind === "number") {
    if (Number.isNaN(column.mean)) return "nothing";
    return `numbers, ${[column.min, column.max].map((value) => withThousands(formatNumber(value))).join(" to ")}`;
  }
  if (values === null) return "text, with too many distinct values to list";
  const shown = [...values.keys()]
    .slice(0, 3)
    .map(String)
    .map((text) => shortened(text, 20));
  const more = values.size > shown.length ? ", …" : "";
  return `text, ${withThousands(pluralize(values.size, "distinct value"))}: ${shown.join(", ")}${more}`;
}
