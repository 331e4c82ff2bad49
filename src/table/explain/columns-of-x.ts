import { type Input, inputWidth } from "../schema.js";

/** The columns of x that belong to one column of the table: one, or one for each category or part of a date. */
export interface ColumnOfTable<Kind extends Input = Input> {
  readonly input: Kind;
  readonly from: number;
  readonly width: number;
}

/** Those of every input, in order. */
export function columnsOfX(inputs: readonly Input[]): ColumnOfTable[] {
  let from = 0;
  return inputs.map((input) => {
    const width = inputWidth([input]);
    const column = { input, from, width };
    from += width;
    return column;
  });
}
