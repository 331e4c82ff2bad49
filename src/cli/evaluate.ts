import { counted } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { scorerOf } from "../table/fit/scores.js";
import { type EncodedRows, Encoder } from "../table/rows/encoder.js";
import { trainedBefore } from "./results/operands.js";
import { scoresText } from "./results/summary.js";
import type { Command } from "./shell/command-line.js";
import { Failure, OK } from "./shell/failure.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { CSV_OPTIONS, CsvFile, csvFormatOf } from "./table/csv-file.js";
import { modelRows } from "./table/model-rows.js";

/** rprop evaluate */
export const evaluate: Command = {
  signature: {
    name: "evaluate",
    summary: "Measures how well a model answers to the rows of a table that has the answers.",
    operands: ["model.safetensors", "data.csv"],
    options: { ...CSV_OPTIONS, json: { help: "prints the results as JSON" } },
    notes: `The table may be - for what comes from stdin. Its decimal and missing are those that the model was
trained with, unless they are given.`,
  },
  async run([modelPath, tablePath], given) {
    const operands = [modelPath as string, tablePath as string] as const;
    const { model, schema } = await trainedBefore("evaluate", operands);
    const { format, csv } = csvFormatOf(given, schema.format);
    const file = await CsvFile.open(tablePath as string, csv, false);
    const encoder = new Encoder(schema, true);
    const scorer = scorerOf(model, schema);
    const { target } = schema;
    const isMissing = new Set(csv.missingValues);
    const leftOut = { missing: 0, unknown: 0 };
    let [measured, example] = [0, ""];
    for await (const chunk of modelRows(file, { ...encoder.options, strings: [target.name] }, format)) {
      const targets = encoder.targets(chunk);
      const places = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : 0));
      const [known] = encoder.encode(chunk, targets, places, 1) as [EncodedRows];
      measured += known.rows;
      places.forEach((place, row) => {
        if (place >= 0) return;
        const text = chunk.strings[row]?.[0] as string;
        if (isMissing.has(text)) leftOut.missing++;
        else if (leftOut.unknown++ === 0) example = text;
      });
      if (known.rows > 0) scorer.add(known);
    }
    const name = JSON.stringify(target.name);
    const reasons = {
      missing: `${name} is missing`,
      unknown: `${name} is no class of the model, such as ${JSON.stringify(example)}`,
    };
    const words = (["missing", "unknown"] as const)
      .filter((why) => leftOut[why] > 0)
      .map((why) => `${withThousands(counted(leftOut[why], "row"))} left out, of which ${reasons[why]}`);
    if (measured === 0) throw new Failure([`${file.name}: no row to measure`, ...words].join("\n"));
    for (const line of words) say(line);
    for (const line of encoder.words("missing or not known")) say(line);
    const scores = scorer.result();
    const title = `${oneLine(modelPath as string)} on ${file.name}`;
    await print(
      given.json === undefined
        ? `${scoresText(title, scores, schema, printedWidth())}\n`
        : `${JSON.stringify({ model: modelPath, file: file.path === "-" ? "stdin" : file.path, target, leftOut, scores })}\n`,
    );
    return OK;
  },
};
