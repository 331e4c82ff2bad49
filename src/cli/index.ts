/** The command rprop. */
import manifest from "../../package.json" with { type: "json" };
import { oneLine } from "../escapes.js";
import { evaluateCommand } from "./evaluate.js";
import { explainCommand } from "./explain.js";
import { exportModel } from "./export.js";
import { info } from "./info.js";
import { predictCommand } from "./predict.js";
import { type Command, helpOf, parse, quoted } from "./shell/command-line.js";
import { Failure, OK, suggestion, UsageError } from "./shell/failure.js";
import { endQuietlyWhenNobodyReads, print, say } from "./shell/terminal.js";
import { trainCommand } from "./train.js";

const COMMANDS: readonly Command[] = [
  trainCommand,
  predictCommand,
  evaluateCommand,
  explainCommand,
  info,
  exportModel,
];

/** What commands are called elsewhere. */
const MEANT = {
  fit: "train",
  learn: "train",
  eval: "evaluate",
  score: "evaluate",
  test: "evaluate",
  importance: "explain",
};

const HELP = `usage: rprop <command> …

Learns from tables, by resilient backpropagation.

${COMMANDS.map(({ signature: { name, summary } }) => `  ${name.padEnd(8)}  ${summary}`).join("\n")}

rprop <command> --help tells more; rprop --version which one this is.`;

/** @returns the exit code */
async function run(args: readonly string[]): Promise<number> {
  const [name, ...others] = args;
  if (name === undefined) throw new UsageError(`rprop: a command is missing\n\n${HELP}`);
  if (name === "--version" || name === "-v") return answer(manifest.version);
  if (name === "--help" || name === "-h" || name === "help") return answer(HELP);
  const command = COMMANDS.find(({ signature }) => signature.name === name);
  if (command === undefined) {
    const names = COMMANDS.map(({ signature }) => signature.name);
    const what = name.startsWith("-") ? "unknown option" : "unknown command";
    throw new UsageError(
      `rprop: ${what} ${oneLine(name)}${suggestion(name, names, "", MEANT)}; rprop --help names all`,
    );
  }
  if (others.includes("--help") || others.includes("-h")) return answer(helpOf(command.signature));
  const { operands, given } = parse(command.signature, others);
  return command.run(operands, given, ["rprop", ...args].map(quoted).join(" "));
}

async function answer(text: string): Promise<number> {
  await print(`${text}\n`);
  return OK;
}

endQuietlyWhenNobodyReads();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
