/** What one column of a file holds, as describeCsv says it. */

import type { NumberFormat } from "../cells/number-format.js";

/** What a column holds. */
export type DescribedColumn = DescribedNumbers | DescribedBooleans | DescribedTexts;

/** What is said of a column of any kind. */
interface ColumnFacts {
  /** As the file or `header` names it. */
  readonly name: string;
  /** Missing cells, strays among them; of a column of text whose values are not listed, those before there were too many. */
  readonly missing: number;
  /** Cells of a column of numbers that are none and are taken as missing; 0 for columns of other kinds. */
  readonly strays: number;
  /** The first of them. */
  readonly stray: FirstText | null;
}

/** A column in which each cell that is neither missing nor a stray is a number. */
export interface DescribedNumbers extends ColumnFacts {
  /** Says that all cells are numbers. */
  readonly kind: "number";
  /** NaN where all cells are missing, as are std, min and max. */
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  /** The smallest number. */
  readonly min: number;
  /** The largest number. */
  readonly max: number;
  /** The distinct values, ascending, with how often each is there; null where there are too many. */
  readonly values: ReadonlyMap<number, number> | null;
  /** How its numbers are written; null: digits, with the file's decimal. */
  readonly format: NumberFormat | null;
  /** Whether they are whole numbers that go up by 1 from row to row, from 0 or 1: the numbers of rows. */
  readonly counts: boolean;
  /** Cells such as inf and 1e400, which are taken as missing. */
  readonly infinite: number;
}

/** A column of yes and no, true and false, or the like. */
export interface DescribedBooleans extends ColumnFacts {
  /** Says that all cells are one of two words. */
  readonly kind: "boolean";
  /** How often each is there. */
  readonly values: ReadonlyMap<"false" | "true", number>;
  /** As they are first written. */
  readonly spellings: readonly [no: string, yes: string];
}

/** A column of text. */
export interface DescribedTexts extends ColumnFacts, FirstText {
  /** Says that some cells are neither numbers nor one of two words. */
  readonly kind: "text";
  /** As those of numbers, in the order of their UTF-16 code units. */
  readonly values: ReadonlyMap<string, number> | null;
  /** Some of the distinct values, the first in the file: at most 100. */
  readonly examples: readonly string[];
  /** Cells that are numbers. */
  readonly numbers: number;
  /** Of numbers whose mark may separate thousands or fractions, which makes the column text, one without its unit. */
  readonly either?: string;
}

/** The first cell of a column that is no number. */
export interface FirstText {
  /** What it says. */
  readonly text: string;
  /** The line of the file, from 1. */
  readonly line: number;
}
