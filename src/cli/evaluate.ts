import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { tableModelBefore } from "./results/operands.js";
import { scoresText } from "./results/summary.js";
import type { Command } from "./shell/command-line.js";
import { OK } from "./shell/failure.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { CSV_OPTIONS, csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";

/** rprop evaluate */
export const evaluateCommand: Command = {
  signature: {
    name: "evaluate",
    summary: "Measures how well a model predicts the rows of a table that has the target.",
    operands: ["model.safetensors", "data.csv"],
    options: { ...CSV_OPTIONS, json: { help: "prints the results as JSON" } },
    notes: `The table may be - for what comes from stdin. Its missing is that which the model was trained with,
unless it is given.`,
  },
  async run([modelPath, tablePath], given) {
    const operands = [modelPath as string, tablePath as string] as const;
    const model = await tableModelBefore("evaluate", operands);
    const csv = csvOptionsOf(given);
    const file = await TableFile.open(tablePath as string, false);
    const { scores, dropped } = await model
      .evaluate(file.read, { csv, onProgress: file.onProgress, onNote: say })
      .catch((error) => {
        throw file.failureOf(error);
      });
    const { target } = model.schema;
    const title = withThousands(
      `${oneLine(modelPath as string)} on ${file.name}, ${pluralize(scores.rows, "row")}`,
    );
    const name = file.path === "-" ? "stdin" : file.path;
    await print(
      given.json === undefined
        ? `${scoresText({ title }, scores, model.schema, printedWidth())}\n`
        : `${JSON.stringify({ model: modelPath, file: name, target, dropped, scores })}\n`,
    );
    return OK;
  },
};
