import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import type { Architecture, Module } from "../index.js";
import { optionIn } from "../nn/activation-kinds.js";
import { describeMean } from "../nn/ensembles/ensemble-average.js";
import { coefficientsOf } from "../table/explain/coefficients.js";
import type { Description, History, ModelFile } from "../table/index.js";
import { isLog } from "../table/rows/log-target.js";
import { inputTexts, type Schema } from "../table/schema.js";
import { coefficientsSection } from "../table/text/coefficients-section.js";
import { scoredText } from "../table/text/score-lines.js";
import { sectionText } from "./results/explanation.js";
import { modelAt } from "./results/operands.js";
import { scoresText } from "./results/summary.js";
import type { Command } from "./shell/command-line.js";
import { OK } from "./shell/failure.js";
import { print, printedWidth } from "./shell/terminal.js";

/** rprop info */
export const info: Command = {
  signature: {
    name: "info",
    summary: "Says what a model file holds: layers, columns, how it was trained, how good it is.",
    operands: ["model.safetensors"],
    options: { json: { help: "prints it as JSON" } },
  },
  async run([path], given) {
    const file = await modelAt(path as string);
    await print(
      given.json === undefined
        ? `${textOf(path as string, file)}\n`
        : `${JSON.stringify(jsonOf(path as string, file))}\n`,
    );
    return OK;
  },
};

/** file is the model's own path; table is the path of the table that it was trained on. */
function jsonOf(path: string, file: ModelFile) {
  const { model, description } = file;
  const own = { file: path, architecture: model.architecture(), parameters: parametersOf(file) };
  if (description === null) return own;
  const { file: table = null, ...history } = description.history ?? {};
  const coefficients = coefficientsOf(model, description.schema);
  return { ...own, table, ...description.schema, ...(coefficients !== null && { coefficients }), ...history };
}

function textOf(path: string, file: ModelFile): string {
  const { model, optimizer, metadata, description } = file;
  const parts = [
    `${oneLine(path)}: ${withThousands(pluralize(parametersOf(file), "parameter"))}`,
    ...section("layers", layers(model.architecture())),
  ];
  if (optimizer) parts.push(...section("optimizer", ["Rprop, with its state"]));
  if (description !== null) parts.push(...trained(description, model));
  const entries = Object.entries(metadata).map(([name, text]) => oneLine(`${name}: ${text}`));
  return [...parts, ...section("metadata", entries)].join("\n");
}

function trained({ schema, history }: Description, model: Module): string[] {
  const coefficients = coefficientsOf(model, schema);
  return [
    ...section("predicts", [
      `${oneLine(schema.target.name)}${isLog(schema.target) ? ", by its logarithm" : ""}, from`,
      ...schema.inputs.map((input) => `  ${inputTexts(input).join(": ")}`),
    ]),
    ...(coefficients === null
      ? []
      : ["", sectionText(coefficientsSection(coefficients, schema), printedWidth())]),
    ...(history === null ? [] : training(schema, history)),
  ];
}

function training(schema: Schema, history: History): string[] {
  const { command, file, rows, epochs, scores } = history;
  const options = Object.entries(history.options).map(([name, value]) => oneLine(`${name} ${value}`));
  const scored = history.scored;
  const table = file === null ? "" : ` of ${oneLine(file)}`;
  return [
    ...section("trained", [
      ...(command === null ? [] : [oneLine(command)]),
      `on ${withThousands(pluralize(rows.training, "row"))}${table}, ${withThousands(String(rows.validation))} for validation`,
      withThousands(
        `${pluralize(epochs.completed, "epoch")}, the best after ${epochs.best}; ended by ${oneLine(epochs.stopped)}`,
      ),
      options.join(", "),
      ...history.notes.map(oneLine),
    ]),
    ...(scores === null
      ? []
      : [
          "",
          scoresText(
            { title: `scores ${scoredText(scores, scored)}`, scored },
            scores,
            schema,
            printedWidth(),
          ),
        ]),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function parametersOf({ model }: ModelFile): number {
  return model.parameters().reduce((sum, { data }) => sum + data.length, 0);
}

function layers(architecture: Architecture): string[] {
  switch (architecture.type) {
    case "Sequential":
      return architecture.modules.flatMap(layers);
    case "Ensemble": {
      const { average, modules } = architecture;
      const members = modules.map(layers);
      const texts = new Set(members.map((lines) => lines.join("\n")));
      const alike = texts.size === 1;
      return [
        `${describeMean(average, modules.length)}${alike ? ", each of" : ""}`,
        ...(alike
          ? (members[0] as string[])
          : members.flatMap((lines, i) => [`model ${i}`, ...lines.map((line) => `  ${line}`)])),
      ];
    }
    case "Linear":
      return [`Linear ${architecture.inFeatures} → ${architecture.outFeatures}`];
    case "Normalization":
      return [architecture.invert ? "Normalization, inverted" : "Normalization"];
  }
  const option = optionIn(architecture);
  return [option === null ? architecture.type : `${architecture.type} ${option}`];
}
