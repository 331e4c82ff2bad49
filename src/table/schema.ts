import type { NumberFormat } from "../data/index.js";
import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { FORM_WORDS } from "./dates/forms.js";
import { partNames } from "./dates/parts.js";
import type { DateInput } from "./dates/survey.js";
import type { Conformal } from "./scores/conformal.js";

/** How a table was written that a model was trained on: what is not said about another is as there. */
export interface TableFormat {
  /** What separates fractions in numbers. */
  readonly decimal: "." | ",";
  /** Texts of missing cells besides the usual ones. */
  readonly missing: readonly string[];
  /** Whether its first line had names; not there where that was found out. */
  readonly header?: boolean;
}

/** A column that a model reads. */
export type Input =
  /** mean: what stands for a missing number; format: how its numbers are written, where they are no plain ones */
  | { readonly name: string; readonly kind: "number"; readonly mean: number; readonly format?: NumberFormat }
  /** Yes and no, true and false or the like, as 1 and 0; mean: what stands for a missing one. */
  | { readonly name: string; readonly kind: "boolean"; readonly mean: number }
  /** A column of 0 and 1 for each category; a text that is missing or none of them is 0 in all. */
  | { readonly name: string; readonly kind: "category"; readonly categories: readonly string[] }
  /** Some columns for each part of a date that varies. */
  | DateInput;

/** What a model predicts. */
export type Target = NumberTarget | CategoryTarget;

/** A number. */
export interface NumberTarget {
  /** The name of the column. */
  readonly name: string;
  /** Says that the target is a number. */
  readonly kind: "number";
  /** How its numbers are written, where they are no plain ones. */
  readonly format?: NumberFormat;
  /** The model's output is the natural logarithm of the target; not there where it is the target itself. */
  readonly scale?: "log";
}

/**
 * A target of classes: each is one of its categories, the distinct values of the column, and has an output, a logit. Their labels were numbers in the table, or texts, or of two kinds such as no and yes, in
 * this order.
 */
export interface CategoryTarget {
  /** The name of the column. */
  readonly name: string;
  /** Says that a class is predicted. */
  readonly kind: "category";
  /** As they are written in the training table; categories[c] is the one of output c. */
  readonly categories: readonly string[];
  /** What they were in the table. */
  readonly labels: "text" | "number" | "boolean";
  /** Of two classes, the probability of the second one from which on it is predicted; not there: the more probable one is. */
  readonly threshold?: number;
  /** How labels that are numbers are written, where they are no plain ones. */
  readonly format?: NumberFormat;
}

/** Whether the target is learned as a number or as classes, in the words of options. */
export type Task = "regress" | "classify";

/** How rows of a table become numbers for a model, and its numbers predictions. */
export interface Columns {
  /** How the training table was written. */
  readonly csv: TableFormat;
  /** The columns that the model reads, in the order of its features. */
  readonly inputs: readonly Input[];
  /** The column that it predicts. */
  readonly target: Target;
}

/** What a model has to know of its table. */
export interface Schema extends Columns {
  /**
   * The prediction that asks no model: the mean of the target over the training rows, in the units of the table, or the index of their most frequent class; null in files of
   * the page that do not say it.
   */
  readonly baseline: number | null;
  /** How far off predictions of out-of-fold rows were, for intervals and prediction sets; not there without cross-validation. */
  readonly conformal?: Conformal;
}

/** Columns of x. */
export function inputWidth(inputs: readonly Input[]): number {
  return inputs.reduce((sum, input) => sum + widthOf(input), 0);
}

function widthOf(input: Input): number {
  if (input.kind === "category") return input.categories.length;
  return input.kind === "date" ? input.means.length : 1;
}

/** A column's name, and what it holds. */
export function inputTexts(input: Input): [name: string, holds: string] {
  const name = oneLine(input.name);
  if (input.kind === "number") return [name, "numbers"];
  if (input.kind === "boolean") return [name, "yes and no"];
  if (input.kind === "date") return [name, `dates (${FORM_WORDS[input.form]}): ${input.parts.join(", ")}`];
  const { categories } = input;
  return [name, `${pluralize(categories.length, "text")}, ${shortened(categories.join(", "), 200)}`];
}

/** A text in one line, of so many characters. */
export function shortened(text: string, length: number): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

/** What the columns of x are, in order, such as area, city = Berlin and day.year. */
export function inputNames(inputs: readonly Input[]): string[] {
  const names = inputs.flatMap((input) => {
    if (input.kind === "category") return input.categories.map((text) => `${input.name} = ${text}`);
    return input.kind === "date" ? partNames(input.parts).map((part) => input.name + part) : [input.name];
  });
  return names.map(oneLine);
}

/** Columns of the model's output. */
export function outputWidth(target: Target): number {
  return target.kind === "number" ? 1 : target.categories.length;
}
