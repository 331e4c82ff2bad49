/** What a {@link TableError} is about: the table, the options, a model's file, memory, or a loss that is not finite. */
export type TableErrorKind = "table" | "options" | "model" | "memory" | "diverged";

/** Why nothing was learned or predicted, in plain words: what is wrong, and what helps. */
export class TableError extends Error {
  override name = "TableError";

  constructor(
    message: string,
    readonly kind: TableErrorKind = "table",
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}
