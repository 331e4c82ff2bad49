import { spawnSync } from "node:child_process";
import { type Outcome, program } from "../package/program.js";

/** What a consumer prints: the first line is program's, the second the fingerprint of a run that takes every wasm module. */
export interface Printed {
  outcome: Outcome & { fingerprint: string };
  /** What it says besides. */
  warnings: string[];
}

/** The program of the package, and a run over every wasm module that comes back to the event loop after each epoch. */
export function consumer(library: string): string {
  return `
    import { CrossEntropyLoss, fingerprint, fit, HuberLoss, Normalization, Sequential, Tanh } from "${library}";
    ${program(library)}
    const rows = [-3, -2, -1, 0, 1, 2, 3];
    const model = new Sequential(new Normalization(rows), new Linear(1, 3), new Tanh());
    await fit(model, rows, [0, 0, 1, 1, 1, 2, 2], { loss: new CrossEntropyLoss(), epochs: 20, yieldEvery: 0 });
    await fit(model, rows, rows.map((v) => [v, -v, 1]), { loss: new HuberLoss(), epochs: 20 });
    console.log(fingerprint(model));`;
}

/** The same, and something of every entry besides, or of those that run in browsers. */
export function everyEntry(where: "node" | "browser"): string {
  const inNode = 'import { load } from "rprop/node"; console.log(load.name);';
  return `
    ${consumer("rprop")}
    import * as js from "rprop/js";
    import { plot } from "rprop/view";
    import { readCsv } from "rprop/data";
    import { toC } from "rprop/export";
    import { describeTable } from "rprop/table";
    ${where === "node" ? inNode : ""}
    const result = js.fitSync(new js.Linear(1, 1), readCsv("x\\n1\\n2").matrix(), [1, 2], { epochs: 2 });
    console.log(plot(result).startsWith("<svg"), toC(model).includes("float"));
    console.log((await describeTable("x,y\\n1,2\\n")).rows);`;
}

/** A program for what knows await in functions only, and imports at its head or, in CommonJS, require. */
export function wrapped(source: string, form: "import" | "require"): string {
  const imports: string[] = [];
  const body = source.replace(
    /import (?:\* as (\w+)|(\{[^}]*\})) from ("[^"]*");/g,
    (line, all, some, from) => {
      imports.push(form === "import" ? line : `const ${all ?? some} = require(${from});`);
      return "";
    },
  );
  return `${imports.join("\n")}\n(async () => {${body}})();\n`;
}

export function read(lines: readonly string[], warnings: string[]): Printed {
  const [outcome = "", fingerprint = ""] = lines;
  return { outcome: { ...JSON.parse(outcome), fingerprint }, warnings };
}

/** Runs a command to its end; what it writes to stderr counts as warnings. Throws all of it where the command fails. */
export function execute(command: string, args: readonly string[], cwd: string, env = {}): Printed {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
  return read(stdout.split("\n"), stderr.split("\n").filter(Boolean));
}
