import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** For terminals: its library has them. */
export const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Act = (child: ChildProcess) => void;
type OnStderr = (stderr: string, child: ChildProcess) => void;

/** A module that makes fsync slow. */
const SLOW_WRITING = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const { fsync } = fs;
  fs.fsync = (file, done) => {
    process.stderr.write("writing\\n");
    setTimeout(() => fsync(file, done), 1000);
  };
  syncBuiltinESMExports();
`)}`;

/** A folder of its own for the tests of a file, in which the command runs. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), "rprop-cli-"));

  constructor() {
    afterAll(() => rm(this.folder, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.path(name), content);
  }

  remove(name: string): void {
    rmSync(this.path(name), { force: true });
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  /** Runs the command as `rprop ARGS` with what it reads from stdin. */
  rprop(args: readonly string[], input = ""): Promise<Outcome> {
    return this.run(process.execPath, [CLI, ...args], input);
  }

  /** Runs the command, which must end with 0. */
  async done(args: readonly string[], input = ""): Promise<Outcome> {
    const outcome = await this.rprop(args, input);
    if (outcome.code !== 0) throw new Error(`rprop ${args.join(" ")}: ${outcome.code}, ${outcome.stderr}`);
    return outcome;
  }

  /**
   * Runs the command, and acts when stderr has had all of a pattern: each of the acts once, in order. Before a file that it writes
   * is whole, it says "writing", and waits a second.
   */
  acting(args: readonly string[], ...acts: readonly (readonly [wait: RegExp, act: Act])[]): Promise<Outcome> {
    const left = [...acts];
    return this.run(process.execPath, ["--import", SLOW_WRITING, CLI, ...args], "", (stderr, child) => {
      if (left[0]?.[0].test(stderr)) left.shift()?.[1](child);
    });
  }

  run(program: string, args: readonly string[], input = "", onStderr: OnStderr = () => {}): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd: this.folder });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text) => {
        stderr += text;
        onStderr(stderr, child);
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr }));
      child.stdin.on("error", () => {}); // it may end before it has read all
      child.stdin.end(input);
    });
  }
}

/** A CSV file of n rows. */
export function table(head: string, n: number, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: n }, (_, i) => `${row(i)}\n`).join("")}`;
}

/** Rows of numbers a, b, of a text c, and of y, which follows from them. */
export const NUMBERS = table("a,b,c,y", 60, (i) => {
  const [a, b, c] = [i % 7, i % 11, i % 3];
  return `${a},${b},${"uvw"[c]},${2 * a - b + c + ((i * 37) % 10) / 100}`;
});

/** Rows of two numbers and a class. */
export const CLASSES = table("a,b,y", 60, (i) => `${i % 7},${i % 11},${i % 7 > 3 ? "yes" : "no"}`);
