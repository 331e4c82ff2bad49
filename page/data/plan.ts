import type { RpropVariant } from "rprop";
import { brief, count } from "../ui/number.js";
import { BadFile } from "./bad-file.js";
import { type Column, differentValues, type Table } from "./table.js";

/** What the person decides. Columns are numbered from 0. */
export interface Plan {
  target: number;
  kind: TargetKind;
  inputs: number[];
  hiddenLayers: number;
  width: number;
  variant: RpropVariant;
  epochs: number;
  /** Of the rows; 0 for none. */
  validation: number;
  seed: number;
}

export type TargetKind = "number" | "classes";

/** A text column with more different values is no input: it would be as many inputs. */
export const MOST_INPUT_VALUES = 20;
export const MOST_CLASSES = 50;
export const FEWEST_ROWS = 5;

/** Epochs without a lower loss that end a training: a fifth of all. */
export function patienceOf(epochs: number): number {
  return Math.max(20, Math.round(epochs / 5));
}

/** What the page shows of a file, and proposes. */
export interface Summary {
  rows: number;
  delimiter: string;
  columns: ColumnSummary[];
  target: number;
}

export interface ColumnSummary {
  name: string;
  /** In words. */
  holds: string;
  missing: number;
  /** Why it can be no input, or null. */
  notInput: string | null;
  /** What it can be as a target, the likelier first; none: why not is in the words. */
  targets: TargetKind[];
}

/** @throws BadFile for a file that nothing can be learnt from */
export function summaryOf({ columns, lines, delimiter }: Table): Summary {
  if (columns.length === 1) {
    throw new BadFile(
      "There is only one column; a target and at least one input are needed. Values in a line are separated by commas, " +
        "semicolons, tabs or bars.",
    );
  }
  if (lines.length < FEWEST_ROWS) {
    throw new BadFile(`The file has only ${count(lines.length, "row")}; ${FEWEST_ROWS} or more are needed.`);
  }
  const summaries = columns.map(summaryOfColumn);
  const inputs = summaries.flatMap(({ notInput }, i) => (notInput === null ? [i] : []));
  if (inputs.length === 0) {
    throw new BadFile("No column has numbers, and none has a few words that come again and again.");
  }
  // The last one that can be a target while another is left as an input.
  const target = summaries.findLastIndex(
    ({ targets }, i) => targets.length > 0 && inputs.some((input) => input !== i),
  );
  if (target === -1)
    throw new BadFile("Only one column has different values: a target and at least one input are needed.");
  return { rows: lines.length, delimiter, columns: summaries, target };
}

function summaryOfColumn(column: Column): ColumnSummary {
  const { name, holds, cells, numbers, missing } = column;
  const values = differentValues(column, cells.keys(), MOST_CLASSES);
  const common = { name, missing };
  if (holds === "nothing") {
    return { ...common, holds: "nothing", notInput: "it has no values", targets: [] };
  }
  if (values?.length === 1) {
    return {
      ...common,
      holds: `always ${brief(values[0]!)}`,
      notInput: "it is always the same",
      targets: [],
    };
  }
  if (holds === "numbers") {
    const known = numbers.filter((value) => !Number.isNaN(value));
    const [low, high] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
    const few = values !== null && values.length <= 10 && known.length >= 5 * values.length;
    const classes = few && known.every(Number.isInteger);
    const targets: TargetKind[] = classes
      ? ["classes", "number"]
      : ["number", ...(values ? (["classes"] as const) : [])];
    return { ...common, holds: `numbers, ${low} to ${high}`, notInput: null, targets };
  }
  const present = cells.length - missing;
  const many = values === null || values.length > MOST_INPUT_VALUES || values.length > present / 2;
  const number = values === null ? `more than ${MOST_CLASSES}` : String(values.length);
  const shown =
    values !== null && values.length <= 3 ? values.map(brief).join(", ") : `${number} different texts`;
  const notInput = many ? `text, ${number} different` : null;
  return { ...common, holds: shown, notInput, targets: values === null ? [] : ["classes"] };
}
