import { brief, count } from "../ui/number.js";
import { BadFile } from "./bad-file.js";
import { FEWEST_ROWS, MOST_CLASSES, MOST_INPUT_VALUES, type Plan } from "./plan.js";
import type { Rows } from "./rows.js";
import { type Column, categoryOf, differentValues, type Table } from "./table.js";
import { type Usable, usableRows } from "./usable.js";

/** An input column: a number as it is; a text as a number for each of its values, 1 for the one it has and 0 else. */
export type Feature = { name: string; kind: "number" } | { name: string; kind: "one-hot"; values: string[] };

/** What is predicted: a number, or which of the classes. */
export type Target = { name: string; kind: "number" } | { name: string; kind: "classes"; values: string[] };

/** How rows of a file become numbers. */
export interface Encoding {
  features: Feature[];
  target: Target;
}

/** The usable rows as numbers. */
export interface Encoded extends Usable, Rows {
  encoding: Encoding;
}

/** More would not fit in the memory of a page. */
const MOST_INPUTS = 20_000_000;

/** @throws BadFile where nothing can be learnt in this way */
export function encode(table: Table, { inputs, target, kind }: Plan): Encoded {
  if (inputs.length === 0) throw new BadFile("Choose at least one input.");
  const columns = inputs.map((i) => table.columns[i]!);
  const aim = table.columns[target]!;
  const { rows, omissions } = usableRows(table, [...columns, aim]);
  if (rows.length < FEWEST_ROWS) {
    const have = `Only ${rows.length} of ${count(table.lines.length, "row")} can be used; ${FEWEST_ROWS} are needed`;
    throw new BadFile(`${have}: ${omissions.join("; ")}.`);
  }
  const encoding = {
    features: columns.map((column) => featureOf(column, rows)),
    target: targetOf(aim, kind, rows),
  };
  const width = widthOf(encoding);
  if (rows.length * width > MOST_INPUTS) {
    throw new BadFile(
      `${count(rows.length, "row")} of ${count(width, "input")} are too many here: choose fewer.`,
    );
  }
  for (const column of [...columns, ...(kind === "number" ? [aim] : [])]) checkDifferences(column, rows);
  const x = encodeInputs(encoding, columns, rows);
  return { encoding, rows, omissions, width, x, y: encodeTarget(encoding.target, aim, rows) };
}

/** Of the range of a column, what rounding to float32 may move a number by. */
const MOST_ROUNDING = 1e-3;

/** @throws BadFile for numbers far from 0 and near each other, which float32 could not tell apart */
function checkDifferences({ name, holds, numbers }: Column, rows: readonly number[]): void {
  if (holds !== "numbers") return;
  let [low, high, rounding] = [Infinity, -Infinity, 0];
  for (const row of rows) {
    const value = numbers[row]!;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    rounding = Math.max(rounding, Math.abs(value - Math.fround(value)));
  }
  if (low === high || rounding <= MOST_ROUNDING * (high - low)) return;
  throw new BadFile(
    `“${name}” goes from ${low} to ${high}: so near to each other, numbers of this size cannot be told apart here. ` +
      `Leave it out, or take away ${low} from each.`,
  );
}

function featureOf(column: Column, rows: readonly number[]): Feature {
  const { name, holds } = column;
  if (holds === "numbers") return { name, kind: "number" };
  const values = differentValues(column, rows, MOST_INPUT_VALUES);
  if (values === null) throw new BadFile(`“${name}” has too many different texts to be an input.`);
  return { name, kind: "one-hot", values };
}

function targetOf(column: Column, kind: Plan["kind"], rows: readonly number[]): Target {
  const { name } = column;
  const values = differentValues(column, rows, MOST_CLASSES);
  if (values?.length === 1) {
    throw new BadFile(
      kind === "classes"
        ? `There is only one class: “${name}” is ${brief(values[0]!)} in every row.`
        : `There is nothing to learn: “${name}” is ${brief(values[0]!)} in every row.`,
    );
  }
  if (kind === "number") {
    if (column.holds !== "numbers")
      throw new BadFile(`“${name}” has texts, and cannot be predicted as a number.`);
    return { name, kind };
  }
  if (values === null)
    throw new BadFile(`“${name}” has more than ${MOST_CLASSES} different values: too many classes.`);
  return { name, kind, values };
}

/** Numbers to a row. */
export function widthOf({ features }: Encoding): number {
  return features.reduce((sum, feature) => sum + (feature.kind === "number" ? 1 : feature.values.length), 0);
}

/** Numbers that a model gives for a row. */
export function outputsOf({ target }: Encoding): number {
  return target.kind === "number" ? 1 : target.values.length;
}

/** @param columns of the features, in their order */
function encodeInputs(encoding: Encoding, columns: readonly Column[], rows: readonly number[]): Float32Array {
  const width = widthOf(encoding);
  const x = new Float32Array(rows.length * width);
  let place = 0;
  encoding.features.forEach((feature, f) => {
    const column = columns[f]!;
    if (feature.kind === "number") {
      rows.forEach((row, i) => {
        x[i * width + place] = column.numbers[row]!;
      });
      place++;
    } else {
      rows.forEach((row, i) => {
        x[i * width + place + feature.values.indexOf(categoryOf(column, row))] = 1;
      });
      place += feature.values.length;
    }
  });
  return x;
}

function encodeTarget(target: Target, column: Column, rows: readonly number[]): Float32Array {
  if (target.kind === "number") return Float32Array.from(rows, (row) => column.numbers[row]!);
  const index = new Map(target.values.map((value, i) => [value, i]));
  return Float32Array.from(rows, (row) => index.get(categoryOf(column, row))!);
}

/**
 * The rows of another file as a model's inputs.
 *
 * @throws BadFile where a column of the model is missing or is no numbers
 */
export function encodeLike(encoding: Encoding, table: Table): Usable & { x: Float32Array } {
  const columns = encoding.features.map(({ name, kind }): Column => {
    const column = table.columns.find((each) => each.name === name);
    if (column === undefined) throw new BadFile(`There is no column “${name}”, which the model needs.`);
    if (kind === "one-hot") return { ...column, holds: "texts" };
    if (column.holds !== "texts") return column;
    throw new BadFile(`“${name}” has to hold numbers, as where the model was trained.`);
  });
  const known = encoding.features.map((feature) =>
    feature.kind === "number" ? null : new Set(feature.values),
  );
  const { rows, omissions } = usableRows(table, columns, known);
  return { rows, omissions, x: encodeInputs(encoding, columns, rows) };
}
