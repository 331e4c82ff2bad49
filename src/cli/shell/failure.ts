import { oneLine } from "../../escapes.js";
import { nearest } from "../../options.js";
import type { TableError } from "../../table/table-error.js";

/** How the command ends. */
export const [OK, FAILED, MISUSED, DIVERGED, NO_BETTER] = [0, 1, 2, 3, 4];

/** What a person has to be told instead of a result: about data and files unless it is a subclass. */
export class Failure extends Error {
  readonly exitCode: number = FAILED;
}

/** The command line itself is wrong. */
export class UsageError extends Failure {
  override readonly exitCode = MISUSED;
}

/** Training has come to no finite loss. */
export class Diverged extends Failure {
  override readonly exitCode = DIVERGED;
}

/** " (did you mean "hidden"?)" where one of the known words is near, or one of the others means it, else nothing. */
export function suggestion(
  word: string,
  known: readonly string[],
  prefix = "",
  others: Readonly<Record<string, string>> = {},
): string {
  const near = others[nearest(word, Object.keys(others)) ?? ""] ?? nearest(word, known);
  if (near === null) return "";
  return ` (did you mean ${prefix === "" ? JSON.stringify(near) : prefix + near}?)`;
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "this is not allowed",
  EPERM: "this is not allowed",
  EISDIR: "a folder, where a file should be",
  ENOTDIR: "not a folder",
  ELOOP: "a link that leads in a circle",
  ENAMETOOLONG: "a longer name than files can have here",
  ENOSPC: "no space left",
  EDQUOT: "no space left",
  EFBIG: "a larger file than is allowed",
  EROFS: "this cannot be written to",
};

/** An error of the file system in words. */
export function fileFailure(path: string, error: unknown): Failure {
  return new Failure(`${oneLine(path)}: ${wordsOf(error)}`, { cause: error });
}

/** An error of the file system, without the path. */
export function wordsOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return Object.hasOwn(FILE_ERRORS, code) ? (FILE_ERRORS[code] as string) : oneLine(message);
}

/** A TableError or FormatError about a file as a failure that names it; any other error as it is. */
export function failureOf(path: string, error: unknown): unknown {
  const isTableError = error instanceof Error && error.name === "TableError";
  if (!isTableError && !isFormatError(error)) return error;
  const message = error.message.replace(/^file: /, "");
  const { kind } = error as Partial<TableError>;
  const text = `${oneLine(path)}: ${isTableError ? message : oneLine(message)}`;
  if (kind === "options") return new UsageError(message, { cause: error });
  if (kind === "memory") return new Failure(message, { cause: error });
  if (kind === "diverged") return new Diverged(message, { cause: error });
  return new Failure(text, { cause: error });
}

/** A FormatError of any entry of the package has that name. */
export function isFormatError(error: unknown): error is Error {
  return error instanceof Error && error.name === "FormatError";
}
