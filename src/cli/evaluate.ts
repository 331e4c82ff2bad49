import { counted } from "../errors.js";
import { grouped } from "../view/digits.js";
import { readTrained } from "./results/model-file.js";
import { scorerOf } from "./results/scores.js";
import { scoresText } from "./results/summary.js";
import type { Command } from "./shell/command-line.js";
import { Failure, OK } from "./shell/failure.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { CSV_OPTIONS, CsvFile, csvFormatOf } from "./table/csv-file.js";
import { type EncodedRows, Encoder } from "./table/encoder.js";

/** rprop evaluate */
export const evaluate: Command = {
  signature: {
    name: "evaluate",
    summary: "Measures how well a model answers to the rows of a table that has the answers.",
    operands: ["model.safetensors", "data.csv"],
    options: { ...CSV_OPTIONS, json: { help: "prints the results as JSON" } },
    notes:
      "The table may be - for what comes from stdin. Its decimal and missing are those that the model was trained with.",
  },
  async run([modelPath, tablePath], given) {
    const { model, schema } = await readTrained(modelPath as string);
    const { csv } = csvFormatOf(given, schema.format);
    const file = await CsvFile.open(tablePath as string, csv, false);
    const encoder = new Encoder(schema, true);
    const scorer = scorerOf(model, schema);
    let [all, measured] = [0, 0];
    for await (const chunk of file.rows(encoder.options)) {
      const targets = encoder.targets(chunk);
      const places = Int8Array.from(targets, (value) => (Number.isNaN(value) ? -1 : 0));
      const [known] = encoder.encode(chunk, targets, places, 1) as [EncodedRows];
      all += chunk.rows;
      measured += known.rows;
      if (known.rows > 0) scorer.add(known);
    }
    const { target } = schema;
    const unknown = target.kind === "number" ? "is missing" : "is missing, or no class of the model";
    if (measured === 0) throw new Failure(`${file.name}: "${target.name}" ${unknown} in every row`);
    if (measured < all)
      say(`${grouped(counted(all - measured, "row"))} left out, of which "${target.name}" ${unknown}`);
    for (const words of encoder.words("missing or not known")) say(words);
    const scores = scorer.result();
    const title = `${modelPath} on ${file.name}`;
    await print(
      given.json === undefined
        ? `${scoresText(title, scores, schema, printedWidth())}\n`
        : `${JSON.stringify({ model: modelPath, file: file.name, target, leftOut: all - measured, scores })}\n`,
    );
    return OK;
  },
};
