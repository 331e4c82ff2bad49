import { shortest } from "../export/shortest.js";
import { argmax, predict as ask, type Module, softmax } from "../index.js";
import type { Command } from "./command-line.js";
import { CSV_OPTIONS, CsvFile, csvFormatOf } from "./csv-file.js";
import { Encoder } from "./encoder.js";
import { OK, UsageError } from "./failure.js";
import { readTrained } from "./model-file.js";
import type { Target } from "./schema.js";
import { print, say } from "./terminal.js";

/** rprop predict */
export const predict: Command = {
  signature: {
    name: "predict",
    summary: "Prints what a model answers to each row of a table, as CSV.",
    operands: ["model.safetensors", "new.csv"],
    options: {
      probabilities: { help: "of every class, instead of the most likely class" },
      ...CSV_OPTIONS,
    },
    notes: `Columns are found by their names; others are left aside. A missing number is taken as the mean of the training
rows, a category that was not among them as none. The table may be - for what comes from stdin. Its decimal and
missing are those that the model was trained with, unless they are given.`,
  },
  async run([modelPath, tablePath], given) {
    const { model, schema } = await readTrained(modelPath as string);
    const { csv } = csvFormatOf(given, schema.format);
    const answers = answersOf(schema.target, given.probabilities !== undefined);
    const file = await CsvFile.open(tablePath as string, csv, false);
    const encoder = new Encoder(schema, false);
    let text = `${answers.names.map(cell).join(",")}\n`; // printed once the first rows are known to be some
    for await (const chunk of file.rows(encoder.options)) {
      const { rows, x } = encoder.encode(chunk);
      if (rows > 0) await print(text + answers.lines(model, x));
      text = "";
    }
    for (const words of encoder.words()) say(words);
    return OK;
  },
};

/** How a model's answers are written. */
interface Answers {
  readonly names: readonly string[];
  lines(model: Module, x: Float32Array): string;
}

function answersOf(target: Target, probabilities: boolean): Answers {
  const ended = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  if (target.kind === "number") {
    if (probabilities)
      throw new UsageError(`--probabilities: "${target.name}" is a number, and has no classes`);
    return {
      names: [target.name],
      lines: (model, x) => ended(Array.from(ask(model, x).data, decimal)),
    };
  }
  const { classes } = target;
  if (!probabilities) {
    const cells = classes.map(cell);
    return {
      names: [target.name],
      lines: (model, x) => ended(Array.from(argmax(ask(model, x)), (index) => cells[index] as string)),
    };
  }
  return {
    names: classes,
    lines: (model, x) =>
      ended(
        softmax(ask(model, x))
          .toRows()
          .map((row) => row.map(decimal).join(",")),
      ),
  };
}

/** The shortest that is read as this float32. */
function decimal(value: number): string {
  return String(Number(shortest(value)));
}

/** A text as a cell of CSV. */
function cell(text: string): string {
  return /^\s|[",\r\n]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
