import { expect } from "vitest";

/** Files to be written (null: removed), and a line of a shell. */
export interface Setup {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly line: string;
}

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `rprop info --json` says of the model, or null. */
export type Info = {
  inputs: { name: string; kind: string; mean: number; categories: string[] }[];
  target: { name: string; kind: string; categories: string[] };
  baseline: number;
  rows: { training: number; validation: number };
  architecture: unknown;
  options: Record<string, unknown>;
} | null;

/** Advice of the command, and what comes of following it. */
export interface CommandHint {
  /** As in the sources; … is what is computed. */
  readonly words: string;
  readonly name?: string;
  readonly refused: Setup;
  /** What must not be advised. */
  readonly never?: RegExp;
  /** Every way in which the message may be followed; files are those of refused, but for these. */
  readonly followed: (message: string) => readonly Setup[];
  readonly right?: (result: Result, info: Info) => void;
}

/** The options that a message names with a value, as a shell takes them. */
export function optionsIn(message: string): string[] {
  const found = message.match(/--[a-z-]+(?:=| )(?:'[^']*'|\\.|[^\s'"()\\;])+/g) ?? [];
  return [...new Set(found)];
}

/** The first column of these tables is often the number of the row. */
export const LINE = "rprop train data.csv --target y --epochs 2 --validation 0 --keep-row-numbers --quiet";
/** What is left out is said then. */
export const LOUD = LINE.replace(" --quiet", "");

/** A table of so many rows. */
export function table(head: string, rows: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

export function withOptions(line: string) {
  return (message: string): Setup[] => [{ line: `${line} ${optionsIn(message).join(" ")}` }];
}

/** Whether a column is one of numbers, with this mean. */
export function hasMean(name: string, mean: number) {
  return (_: Result, info: Info) => {
    const input = info?.inputs.find((each) => each.name === name);
    expect(input?.kind).toBe("number");
    expect(input?.mean).toBeCloseTo(mean, 5);
  };
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value / values.length, 0);
export const range = (rows: number) => Array.from({ length: rows }, (_, i) => i);
