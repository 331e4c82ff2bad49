import { csvLine } from "../csv-line.js";
import type { PredictionChunk, Target } from "../table/index.js";
import { tableModelBefore } from "./results/operands.js";
import { type Command, listGiven } from "./shell/command-line.js";
import { OK, UsageError } from "./shell/failure.js";
import { printCsv, say } from "./shell/terminal.js";
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
    const predicted = namesOf(model.schema.target, probabilities);
    const file = await TableFile.open(tablePath as string, false);
    const strings = listGiven(given, "keep");
    const names = predicted.map((name) => (strings.includes(name) ? `predicted ${name}` : name));
    let head = csvLine([...strings, ...names]); // printed once there are rows
    const { onProgress } = file;
    try {
      for await (const chunk of model.predictions(file.read, {
        csv,
        strings,
        probabilities,
        onProgress,
        onNote: say,
      })) {
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
function namesOf(target: Target, probabilities: boolean): readonly string[] {
  if (!probabilities) return [target.name];
  if (target.kind === "category") return target.categories;
  throw new UsageError(`--probabilities: ${JSON.stringify(target.name)} is a number, and has no classes`);
}

function linesOf(
  { values, probabilities: shares, strings }: PredictionChunk,
  probabilities: boolean,
): string {
  const cells = probabilities ? shares : values.map((value) => [value]);
  return cells.map((row, i) => csvLine([...(strings[i] ?? []), ...row])).join("");
}
