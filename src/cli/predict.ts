import { shortest } from "../format-number.js";
import { argmax, predict as ask, type Module, softmax } from "../index.js";
import { type EncodedRows, Encoder } from "../table/rows/encoder.js";
import type { Target } from "../table/schema.js";
import { trainedBefore } from "./results/operands.js";
import { type Command, listOf } from "./shell/command-line.js";
import { OK, UsageError } from "./shell/failure.js";
import { printCsv, say } from "./shell/terminal.js";
import { CSV_OPTIONS, CsvFile, csvFormatOf } from "./table/csv-file.js";
import { modelRows } from "./table/model-rows.js";

/** rprop predict */
export const predict: Command = {
  signature: {
    name: "predict",
    summary: "Prints what a model answers to each row of a table, as CSV.",
    operands: ["model.safetensors", "new.csv"],
    options: {
      keep: {
        value: "COLUMNS",
        help: "columns of the table to print in front of the answers, such as id,name",
      },
      probabilities: { help: "of every class, instead of the most likely class" },
      ...CSV_OPTIONS,
    },
    notes: `Columns are found by their names; others are left aside. A missing number is taken as the mean of its
column in the table that was learnt from, a category that was not in it as none. The table may be -
for what comes from stdin. Its decimal and missing are those that the model was trained with, unless
they are given.`,
  },
  async run([modelPath, tablePath], given) {
    const operands = [modelPath as string, tablePath as string] as const;
    const { model, schema } = await trainedBefore("predict", operands);
    const { format, csv } = csvFormatOf(given, schema.format);
    const answers = answersOf(schema.target, given.probabilities !== undefined);
    const file = await CsvFile.open(tablePath as string, csv, false);
    const encoder = new Encoder(schema, false);
    const texts = listOf(given, "keep");
    const names = answers.names.map((name) => (texts.includes(name) ? `predicted ${name}` : name));
    let head = lineOf([...texts, ...names]); // printed once there are rows
    for await (const chunk of modelRows(file, { ...encoder.options, strings: texts }, format)) {
      const [{ x }] = encoder.encode(chunk, chunk.y.data, new Int8Array(chunk.rows), 1) as [EncodedRows];
      const lines = answers
        .of(model, x)
        .map((cells, row) => lineOf([...(chunk.strings[row] ?? []), ...cells]));
      await printCsv(head + lines.join(""));
      head = "";
    }
    for (const words of encoder.words("missing or not known")) say(words);
    return OK;
  },
};

/** How a model's answers are written. */
interface Answers {
  readonly names: readonly string[];
  /** The cells for each row. */
  of(model: Module, x: Float32Array): string[][];
}

function answersOf(target: Target, probabilities: boolean): Answers {
  const names = [target.name];
  if (target.kind === "number") {
    if (probabilities)
      throw new UsageError(`--probabilities: ${JSON.stringify(target.name)} is a number, and has no classes`);
    return { names, of: (model, x) => Array.from(ask(model, x).data, (value) => [decimal(value)]) };
  }
  const { classes } = target;
  if (!probabilities)
    return {
      names,
      of: (model, x) => Array.from(argmax(ask(model, x)), (index) => [classes[index] as string]),
    };
  const of = (model: Module, x: Float32Array) =>
    softmax(ask(model, x))
      .toRows()
      .map((row) => row.map(decimal));
  return { names: classes, of };
}

/** The shortest that is read as this float32. */
function decimal(value: number): string {
  return String(Number(shortest(value)));
}

/** A line of CSV. */
function lineOf(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\n`;
}

/** A text as a cell of CSV. */
function cell(text: string): string {
  return /^\s|[",\r\n]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
