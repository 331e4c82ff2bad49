import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./program.js";

/** A program in a document. */
export interface Example {
  /** Of its file, without a suffix. */
  readonly name: string;
  readonly code: string;
}

const COMPILER_OPTIONS = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true, // as tsc --init has it
  types: ["node"],
};

/**
 * Writes examples, and a table that they read, into a folder inside the project, so that their imports of "rprop" find the
 * package as published.
 */
export function writeExamples(folder: string, examples: readonly Example[]): void {
  const path = join(root, folder);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  copyFileSync(join(root, "examples/data/longley.csv"), join(path, "longley.csv"));
  for (const { name, code } of examples) writeFileSync(join(path, `${name}.ts`), `${code}\nexport {};\n`);
  writeFileSync(join(path, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
}

/** Makes JavaScript of a folder's examples; what the compiler says against them, or nothing. */
export function compileExamples(folder: string): string {
  const { stdout, stderr } = spawnSync("npx", ["tsc", "-p", folder], { cwd: root, encoding: "utf8" });
  return stdout + stderr;
}

/** The lines that an example prints, once it is compiled. */
export function linesPrinted(folder: string, name: string): string[] {
  return run(process.execPath, [`${name}.js`], join(root, folder))
    .trimEnd()
    .split("\n");
}

/** What the comments behind console.log say is printed. */
export function linesPromised(code: string): string[] {
  return [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line as string);
}
