/** What a {@link TableError} is about: the table, the options, a model's file, memory, or a loss that is not finite. */
export type TableErrorKind = "table" | "options" | "model" | "memory" | "diverged";

/**
 * Why nothing was learned or predicted, in plain words: what is wrong, and what helps.
 *
 * @example
 * import { TableError, trainTable } from "rprop/table";
 * const error = await trainTable("a,b\n1,2\n3,4\n", { target: "c" }).catch((reason) => reason);
 * console.log(error instanceof TableError, error.kind); // true table
 */
export class TableError extends Error {
  /** The name in messages, which bundlers do not shorten. */
  override name = "TableError";

  /**
   * Makes an error.
   *
   * @param message what is wrong, and what helps
   * @param kind what it is about. Default "table"
   * @param options `cause`: the error behind it. Default: none
   */
  constructor(
    message: string,
    readonly kind: TableErrorKind = "table",
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}
