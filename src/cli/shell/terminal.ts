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

/** For people. Resolves when there is room for more. */
export function print(text: string): Promise<void> {
  return printRaw(harmless(text));
}

/** Texts of a file may have what a terminal obeys. */
function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}

/** For programs: every character as it is. */
export async function printRaw(text: string): Promise<void> {
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
