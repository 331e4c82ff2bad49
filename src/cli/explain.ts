import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { explanationSections } from "../table/index.js";
import { sectionsText } from "./results/explanation.js";
import { tableModelBefore } from "./results/operands.js";
import { type Command, type Given, numberOf } from "./shell/command-line.js";
import { OK } from "./shell/failure.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { CSV_OPTIONS, csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";

/** rprop explain */
export const explainCommand: Command = {
  signature: {
    name: "explain",
    summary: "Says what a model makes of the columns of a table, and which rows it predicts worst.",
    operands: ["model.safetensors", "data.csv"],
    options: {
      repeats: { value: "N", help: "how often the values of each column are shuffled (default 5)" },
      rows: {
        value: "N",
        help: "rows that importance is measured on, of more some are drawn (default 10000)",
      },
      seed: { value: "N", help: "of the shuffles and of the rows that are drawn (default 0)" },
      worst: { value: "N", help: "how many of the worst predicted rows are shown (default 5)" },
      ...CSV_OPTIONS,
      json: { help: "prints the results as JSON" },
    },
    notes: `The table has to have the target, and may be - for what comes from stdin. Its missing is that which the
model was trained with, unless it is given.`,
  },
  async run([modelPath, tablePath], given) {
    const operands = [modelPath as string, tablePath as string] as const;
    const options = { ...countsOf(given), csv: csvOptionsOf(given) };
    const model = await tableModelBefore("explain", operands);
    const file = await TableFile.open(tablePath as string, false);
    const explanation = await model
      .explain(file.read, { ...options, onProgress: file.onProgress, onNote: say })
      .catch((error) => {
        throw file.failureOf(error);
      });
    const { notes: _, ...found } = explanation;
    const name = file.path === "-" ? "stdin" : file.path;
    const title = withThousands(
      `${oneLine(modelPath as string)} on ${file.name}, ${pluralize(explanation.rows, "row")}`,
    );
    await print(
      given.json === undefined
        ? `${title}\n${sectionsText(explanationSections(explanation, model.schema), printedWidth())}`
        : `${JSON.stringify({ model: modelPath, file: name, target: model.schema.target, ...found })}\n`,
    );
    return OK;
  },
};

/** @throws UsageError */
function countsOf(given: Given) {
  const count = (name: string, otherwise: number, least: number) =>
    numberOf(
      given,
      name,
      otherwise,
      `a whole number of at least ${least}`,
      (value) => Number.isSafeInteger(value) && value >= least,
    );
  return {
    repeats: count("repeats", 5, 1),
    rows: count("rows", 10_000, 1),
    worst: count("worst", 5, 0),
    seed: numberOf(given, "seed", 0, "a whole number", Number.isSafeInteger),
  };
}
