import type { Input } from "../schema.js";

/** The columns of x that belong to one column of the table: one, or one for each category. */
export interface ColumnOfTable {
  readonly input: Input;
  readonly from: number;
  readonly width: number;
}

/** Those of every input, in order. */
export function columnsOfX(inputs: readonly Input[]): ColumnOfTable[] {
  let from = 0;
  return inputs.map((input) => {
    const width = input.kind === "category" ? input.categories.length : 1;
    const column = { input, from, width };
    from += width;
    return column;
  });
}
