import { csvLine } from "../csv-line.js";
import type { PredictionChunk, PredictTableOptions, Target } from "../table/index.js";
import { tableModelBefore } from "./results/operands.js";
import { type Command, listGiven } from "./shell/command-line.js";
import { OK, UsageError } from "./shell/failure.js";
import { printCsv, say } from "./shell/terminal.js";
import { checkedAsTyped, numberIn } from "./shell/typed-option.js";
import { CSV_OPTIONS, csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";

/** rprop predict */
export const predictCommand: Command = {
  signature: {
    name: "predict",
    summary: "Prints the predictions of a model for each row of a table, as CSV.",
    operands: ["model.safetensors", "new.csv"],
    options: {
      keep: {
        value: "COLUMNS",
        help: "columns of the table to print in front of the predictions, such as id,name",
      },
      probabilities: { help: "of every class, instead of the most likely class" },
      interval: {
        value: "LEVEL",
        help: "intervals, or sets of classes, that hold the actual value with this probability, such as 0.9",
      },
      ...CSV_OPTIONS,
    },
    instead: { out: ": predictions are printed, and > FILE writes them to a file" },
    notes: `Columns are found by their names; others do not matter. A missing number is filled with the mean of its
column in training, and a category that was not in it is none. The table may be -
for what comes from stdin. Its missing is that which the model was trained with, unless it is given.`,
  },
  async run([modelPath, tablePath], given) {
    const operands = [modelPath as string, tablePath as string] as const;
    const model = await tableModelBefore("predict", operands);
    const csv = csvOptionsOf(given);
    const probabilities = given.probabilities !== undefined;
    const interval = numberIn(given.interval) as number | undefined;
    const predicted = namesOf(model.schema.target, probabilities, interval !== undefined);
    const file = await TableFile.open(tablePath as string, false);
    const strings = listGiven(given, "keep");
    const names = predicted.map((name) => (strings.includes(name) ? `predicted ${name}` : name));
    let head = csvLine([...strings, ...names]); // printed once there are rows
    const { onProgress } = file;
    const options = { csv, strings, probabilities, interval, onProgress, onNote: say };
    const chunks = checkedAsTyped(() => model.predictions(file.read, options as PredictTableOptions));
    try {
      for await (const chunk of chunks) {
        await printCsv(head + linesOf(chunk, probabilities));
        head = "";
      }
    } catch (error) {
      throw file.failureOf(error);
    }
    return OK;
  },
};

/** Of the columns that are predicted. */
function namesOf(target: Target, probabilities: boolean, hasInterval: boolean): readonly string[] {
  const { name } = target;
  if (!probabilities)
    return [name, ...(hasInterval ? (target.kind === "number" ? ["low", "high"] : ["set"]) : [])].map(
      (word, i) => (i === 0 ? word : `${name} ${word}`),
    );
  if (target.kind === "category") return [...target.categories, ...(hasInterval ? [`${name} set`] : [])];
  throw new UsageError(`--probabilities: ${JSON.stringify(target.name)} is a number, and has no classes`);
}

/** A class that has the mark between classes stands in quotes. */
function quoted(text: number | string): string {
  return /[|"]/.test(String(text)) ? JSON.stringify(text) : String(text);
}

function linesOf(
  { values, probabilities: shares, intervals, sets, strings }: PredictionChunk,
  probabilities: boolean,
): string {
  const cells = probabilities ? shares : values.map((value) => [value]);
  const others = (i: number) => [
    ...(intervals[i] ?? []),
    ...(sets[i] === undefined ? [] : [sets[i].map(quoted).join(" | ")]),
  ];
  return cells.map((row, i) => csvLine([...(strings[i] ?? []), ...row, ...others(i)])).join("");
}
