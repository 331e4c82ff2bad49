import { fileURLToPath } from "node:url";
import { CLI, type Outcome, type Place, PYTHON } from "./run.js";

const SCRIPT = fileURLToPath(new URL("terminal.py", import.meta.url));

export interface Step {
  /** A pattern that the terminal has to show first, after what the step before waited for. */
  readonly wait: string;
  readonly type?: string;
  readonly signal?: string;
  /** How wide the terminal is from then on. */
  readonly columns?: number;
}

export interface Terminal {
  readonly columns?: number;
  readonly steps?: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the terminal is; the others are files. */
  readonly streams?: readonly ("stdin" | "stdout" | "stderr")[];
}

export interface Session {
  readonly code: number;
  /** All that the terminal got. */
  readonly shown: string;
  /** What steps still waited for at the end. */
  readonly waited: readonly string[];
  readonly stdout?: string;
  readonly stderr?: string;
}

export const CTRL_C = "\x03";

/** Runs the command in a terminal. */
export function inTerminal(place: Place, args: readonly string[], terminal: Terminal = {}): Promise<Session> {
  return runInTerminal(place, [process.execPath, CLI, ...args], terminal);
}

export async function runInTerminal(
  place: Place,
  argv: readonly string[],
  { columns = 80, steps = [], env = {}, streams = ["stdin", "stdout", "stderr"] }: Terminal = {},
): Promise<Session> {
  const plan = {
    argv,
    columns,
    steps,
    streams,
    env: { TERM: "xterm", ...env },
  };
  const outcome: Outcome = await place.run(PYTHON, [SCRIPT], JSON.stringify(plan));
  if (outcome.code !== 0) throw new Error(outcome.stderr);
  return JSON.parse(outcome.stdout);
}

/** What a terminal of so many columns shows: its lines, of which long ones are wrapped. @throws Error for what it does not know */
export function screen(shown: string, columns: number): string[] {
  const lines: string[][] = [[]];
  let [row, column, width] = [0, 0, columns];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal obeys
  for (const [piece, resized] of shown.matchAll(/\0(\d+)\0|\x1b\[[\d;]*[A-Za-z]|[\s\S]/gu)) {
    if (resized !== undefined) width = Number(resized);
    else if (piece === "\r") column = 0;
    else if (piece === "\n") row++;
    else if (piece === "\x1b[1A") row = Math.max(0, row - 1);
    else if (piece === "\x1b[K") lines[row]?.splice(column);
    else if (piece < " ") throw new Error(`what is ${JSON.stringify(piece)}?`);
    else {
      if (column === width) [row, column] = [row + 1, 0];
      lines[row] ??= [];
      const line = lines[row] as string[];
      while (line.length < column) line.push(" ");
      line[column++] = piece;
    }
    lines[row] ??= [];
  }
  return Array.from(lines, (line) => line.join(""));
}
