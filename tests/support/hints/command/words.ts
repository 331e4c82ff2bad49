/** The line itself. */
import { expect } from "vitest";
import { type CommandHint, LINE, optionsIn, type Setup, table } from "./hint.js";

const PLAIN = table("alpha,beta,y", 60, (i) => `${i},${i % 7},${i}`);
const NAMED = { "data.csv": PLAIN };

/** The word that is suggested, in the place of the one that was typed. */
function corrected(line: string) {
  return (message: string): Setup[] => {
    const near = /did you mean "?(.+?)"?\?/.exec(message)?.[1] as string;
    const typed = (/unknown (?:option|command) (\S+)/.exec(message) ??
      /(?:got|column) "(.+?)"/.exec(message))?.[1];
    return [{ line: line.replace(typed as string, near) }];
  };
}

const MISSPELT = [
  "rprop trian data.csv --target y",
  "rprop fit data.csv --target y --epochs 2",
  "rprop train data.csv --taget y --epochs 2",
  "rprop train data.csv --target Y --epochs 2",
  "rprop train data.csv --target y --epochs 2 --ignore alhpa",
  "rprop train data.csv --target y --epochs 2 --activation Tanh",
  "rprop train data.csv --target y --epochs 2 --variant irporp-",
  "rprop train data.csv --target y --epochs 2 --task regression",
  "rprop train data.csv --target y --epochs 2 --task classification",
];

export const WORDS: readonly CommandHint[] = [
  ...MISSPELT.map(
    (line): CommandHint => ({
      words: " (did you mean …?)",
      name: line,
      refused: { files: NAMED, line },
      followed: corrected(line),
    }),
  ),
  ...[
    ["mae", "l1"],
    ["rmse", "mse"],
    ["SmoothL1", "huber"],
    ["L1", "l1"],
  ].map(
    ([typed, loss]): CommandHint => ({
      words: " (did you mean …?)",
      name: `--loss ${typed} is ${loss}`,
      refused: { files: NAMED, line: `${LINE} --loss ${typed}` },
      followed: corrected(`${LINE} --loss ${typed}`),
      right: (_, info) => expect(info?.options.loss).toBe(loss),
    }),
  ),
  ...["restarts 3", "test data.csv", "lr 0.1", "batch-size 3", "bagging 3"].map(
    (option): CommandHint => ({
      words: "unknown option …",
      name: `--${option} is no option, and none is like it`,
      refused: { files: NAMED, line: `${LINE} --${option}` },
      never: /did you mean/,
      followed: () => [{ line: LINE }],
    }),
  ),
  {
    words: "; rprop --help names all",
    refused: { files: {}, line: "rprop tune" },
    followed: () => [{ line: "rprop --help" }],
    right: ({ stdout }) => expect(stdout).toMatch(/^ {2}train/m),
  },
  {
    words: "rprop <command> --help tells more; rprop --version which one this is",
    refused: { files: {}, line: "rprop" },
    followed: () => [{ line: "rprop train --help" }, { line: "rprop --version" }],
  },
  ...["--none", "--n o"].map(
    (text): CommandHint => ({
      words: text === "--none" ? "… needs a value: … …" : " (or …)",
      refused: {
        files: { "data.csv": table("a,y", 24, (i) => `${i === 3 ? text : i},${i}`) },
        line: `${LINE} --missing '${text}'`,
      },
      followed: (message) => {
        const [, option] = /\(or (.+)\)/.exec(message) as unknown as string[];
        return [{ line: `${LINE} ${option}` }];
      },
    }),
  ),
  {
    words: "… is missing: …",
    refused: { files: NAMED, line: "rprop train" },
    followed: (message) => {
      const [, usage] = /: (rprop .+) \[options\]/.exec(message) as unknown as string[];
      return [{ line: `${usage!.replace("COLUMN", "y")} --epochs 2` }];
    },
  },
  {
    words: "--target is missing: which column is to be predicted?",
    refused: { files: NAMED, line: "rprop train data.csv" },
    followed: () => [{ line: "rprop train data.csv --target y --epochs 2" }],
  },
  {
    words: "there are no hidden layers (--hidden none)",
    refused: { files: NAMED, line: `${LINE} --hidden none --activation relu` },
    followed: () => [{ line: `${LINE} --activation relu` }, { line: `${LINE} --hidden none` }],
  },
  {
    words: "expected units such as 16 or 32,16, or none",
    refused: { files: NAMED, line: `${LINE} --hidden 8x8` },
    followed: () => ["16", "32,16", "none"].map((units) => ({ line: `${LINE} --hidden ${units}` })),
  },
  {
    words: "… takes fewer units",
    refused: { files: NAMED, line: `${LINE} --hidden 100000,100000` },
    followed: () => [{ line: `${LINE} --hidden 10,10` }],
  },
  ...["onnx", "js", "c"].map(
    (ending): CommandHint => ({
      words: "leave it away, then rprop export model.safetensors …",
      name: `a model that is called .${ending}`,
      refused: { files: { ...NAMED, [`m.${ending}`]: null }, line: `${LINE} --out m.${ending}` },
      followed: (message) => [{ line: `${LINE} > /dev/null && ${message.trim().split("then ")[1]}` }],
      right: ({ stdout }) => expect(stdout).toContain(`m.${ending}\n`),
    }),
  ),
  {
    words: "… writes a page",
    refused: { files: { ...NAMED, "my page.html": null }, line: `${LINE} --out 'my page.html'` },
    followed: (message) => [{ line: `${LINE} ${optionsIn(message.split(": ").at(-1) as string).join(" ")}` }],
    right: ({ stdout }) => expect(stdout).toContain("report: my page.html"),
  },
  {
    words: "remove it, or name another file",
    refused: {
      files: { ...NAMED, "mine.safetensors": "mine", "other.safetensors": null },
      line: `${LINE} --out mine.safetensors`,
    },
    followed: () => [
      { files: { "mine.safetensors": null }, line: `${LINE} --out mine.safetensors` },
      { line: `${LINE} --out other.safetensors` },
    ],
  },
  {
    words: "--header and --no-header exclude each other",
    refused: { files: NAMED, line: `${LINE} --header --no-header` },
    followed: () => [{ line: `${LINE} --header` }, { line: `${LINE.replace("y", "3")} --no-header` }],
  },
  ...(["predict", "evaluate"] as const).map(
    (command): CommandHint => ({
      words: "rprop …: … is the model, and comes first: …",
      name: `${command}: the table and the model in each other's place`,
      refused: {
        files: { "it's data.csv": PLAIN, "data.csv": PLAIN },
        line: `${LINE} > /dev/null; rprop ${command} "it's data.csv" model.safetensors`,
      },
      followed: (message) => [{ line: message.trim().split("first: ")[1] as string }],
    }),
  ),
  {
    words: "--onnx FILE, --js FILE or --c FILE is missing",
    refused: { files: NAMED, line: `${LINE} > /dev/null; rprop export model.safetensors` },
    followed: (message) =>
      optionsIn(message).map((option, i) => ({ line: `rprop export model.safetensors ${option}${i}` })),
  },
  {
    words: "functions are written by --js and --c alone",
    refused: {
      files: NAMED,
      line: `${LINE} > /dev/null; rprop export model.safetensors --onnx f.onnx --name f`,
    },
    followed: () =>
      ["js", "c"].map((kind) => ({ line: `rprop export model.safetensors --${kind} f.${kind} --name f` })),
  },
];
