import { harmless } from "../../escapes.js";
import type { ProgressStream } from "../../view/index.js";
import { fileFailure } from "./failure.js";

/** Messages and progress go to stderr, so that stdout has results alone. */
const { stderr, stdout } = process;

/** Whether lines can be drawn anew. */
export const isTerminal = stderr.isTTY === true && process.env.TERM !== "dumb";

/** For progress(), which asks for the width before every line. */
export const progressStream: ProgressStream = {
  isTTY: isTerminal,
  get columns() {
    return stderr.columns || 80;
  },
  write: (text) => stderr.write(text),
};

/** Ends a line that was not done. */
export function clearLine(): void {
  if (isTerminal) stderr.write("\r\x1b[K");
}

export function say(text: string): void {
  stderr.write(`${harmless(text)}\n`);
}

/** For people, and JSON. Resolves when there is room for more. */
export function print(text: string): Promise<void> {
  return write(harmless(text));
}

/** CSV, with every character as it is; on a terminal, as print does it. */
export function printCsv(text: string): Promise<void> {
  return write(stdout.isTTY ? harmless(text) : text);
}

async function write(text: string): Promise<void> {
  if (stdout.write(text)) return;
  await new Promise<void>((resolve) => stdout.once("drain", resolve));
}

/** Columns for what is printed; a file has as many as are wanted. */
export function printedWidth(): number {
  return stdout.isTTY ? stdout.columns || 80 : 120;
}

/** What reads results may have had enough, as head does: no reason to complain. Work goes on where nobody reads messages. */
export function endQuietlyWhenNobodyReads(): void {
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    const { message, exitCode } = fileFailure("stdout", error);
    say(message);
    process.exit(exitCode);
  });
  stderr.on("error", () => {});
}
