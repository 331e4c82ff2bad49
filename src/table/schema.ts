import { counted } from "../errors.js";
import { oneLine } from "../escapes.js";

/** How a table was written that a model was trained on: what is not said about another is as there. */
export interface CsvFormat {
  readonly decimal: "." | ",";
  /** Texts of missing cells besides the usual ones. */
  readonly missing: readonly string[];
}

/** A column that a model reads. */
export type Input =
  /** mean: what stands for a missing number */
  | { readonly name: string; readonly kind: "number"; readonly mean: number }
  /** A column of 0 and 1 for each class; a text that is missing or none of them is 0 in all. */
  | { readonly name: string; readonly kind: "category"; readonly classes: readonly string[] };

/** What a model answers. */
export type Target =
  | { readonly name: string; readonly kind: "number" }
  /** One output for each class, a logit. Their labels were numbers in the file, or texts. */
  | {
      readonly name: string;
      readonly kind: "category";
      readonly classes: readonly string[];
      readonly labels: "numbers" | "texts";
    };

/** How rows of a table become numbers for a model, and its numbers answers. */
export interface Columns {
  readonly format: CsvFormat;
  readonly inputs: readonly Input[];
  readonly target: Target;
}

/** What a model has to know of its table. */
export interface Schema extends Columns {
  /** The answer that asks no model: the mean of the target over the training rows, or the index of their most frequent class. */
  readonly baseline: number;
}

/** Columns of x. */
export function inputWidth(inputs: readonly Input[]): number {
  return inputs.reduce((sum, input) => sum + (input.kind === "number" ? 1 : input.classes.length), 0);
}

/** A column's name, and what it holds. */
export function inputTexts(input: Input): [name: string, holds: string] {
  const name = oneLine(input.name);
  if (input.kind === "number") return [name, "numbers"];
  const { classes } = input;
  return [name, `${counted(classes.length, "text")}, ${shortened(classes.join(", "), 200)}`];
}

export function shortened(text: string, length: number): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

/** What the columns of x are, in order, such as area and city = Berlin. */
export function inputNames(inputs: readonly Input[]): string[] {
  const names = inputs.flatMap((input) =>
    input.kind === "number" ? [input.name] : input.classes.map((text) => `${input.name} = ${text}`),
  );
  return names.map(oneLine);
}

/** Columns of the model's output. */
export function outputWidth(target: Target): number {
  return target.kind === "number" ? 1 : target.classes.length;
}
