/** Descriptions as earlier versions wrote them, which every later one reads: those of the command, and those of the page. */
import type { Module } from "../../index.js";
import type { Input, Schema, TableFormat, Target } from "../schema.js";
import {
  is,
  isCategories,
  isCount,
  isEpochs,
  isFloat32,
  isFormat,
  isNumberCategories,
  isOptions,
  isScores,
  isText,
  listOf,
  oneOf,
  recordOf,
} from "./checks.js";
import { agrees, type WrittenDescription, type WrittenHistory } from "./description.js";

type InputOfCommand =
  | Extract<Input, { kind: "number" }>
  | { name: string; kind: "category"; classes: readonly string[] };
type TargetOfCommand =
  | { name: string; kind: "number" }
  | { name: string; kind: "category"; classes: readonly string[]; labels: "numbers" | "texts" };

/** Version 1 of the metadata "rprop.table". */
interface OfCommand {
  schema: { format: TableFormat; inputs: InputOfCommand[]; target: TargetOfCommand; baseline: number };
  history: Omit<WrittenHistory, "rows"> & { rows: { training: number; held: number } };
}

const isOfCommand = recordOf({
  version: is(1),
  schema: recordOf({
    format: isFormat,
    inputs: (value) =>
      listOf(
        oneOf(
          recordOf({ name: isText, kind: is("number"), mean: isFloat32 }),
          recordOf({ name: isText, kind: is("category"), classes: isCategories }),
        ),
      )(value) && (value as unknown[]).length > 0,
    target: oneOf(
      recordOf({ name: isText, kind: is("number") }),
      recordOf({ name: isText, kind: is("category"), classes: isCategories, labels: is("texts") }),
      recordOf({ name: isText, kind: is("category"), classes: isNumberCategories, labels: is("numbers") }),
    ),
    baseline: Number.isFinite,
  }),
  history: recordOf({
    command: isText,
    file: isText,
    rows: recordOf({ training: isCount, held: isCount }),
    options: isOptions,
    notes: listOf(isText),
    epochs: isEpochs,
    scores: oneOf(is(null), isScores),
  }),
});

/** null for what is none. */
export function fromCommand(json: unknown): WrittenDescription | null {
  if (!isOfCommand(json)) return null;
  const { schema, history } = json as OfCommand;
  const { target } = schema;
  const inputs = schema.inputs.map((input): Input => {
    if (input.kind === "number") return input;
    return { name: input.name, kind: "category", categories: input.classes };
  });
  const { training, held } = history.rows;
  const description: WrittenDescription = {
    schema: {
      csv: schema.format,
      inputs,
      target:
        target.kind === "number"
          ? target
          : {
              name: target.name,
              kind: "category",
              categories: target.classes,
              labels: target.labels === "numbers" ? "number" : "text",
            },
      baseline: schema.baseline,
    },
    history: { ...history, rows: { training, validation: held } },
  };
  return agrees(description) ? description : null;
}

/** Version 1 of the metadata "rprop.page". */
interface OfPage {
  features: (
    | { name: string; kind: "number" }
    | { name: string; kind: "one-hot"; values: readonly string[] }
  )[];
  target: { name: string; kind: "number" } | { name: string; kind: "classes"; values: readonly string[] };
}

const isOfPage = recordOf({
  version: is(1),
  features: (value) =>
    listOf(
      oneOf(
        recordOf({ name: isText, kind: is("number") }),
        recordOf({ name: isText, kind: is("one-hot"), values: isCategories }),
      ),
    )(value) && (value as unknown[]).length > 0,
  target: oneOf(
    recordOf({ name: isText, kind: is("number") }),
    recordOf({ name: isText, kind: is("classes"), values: isCategories }),
  ),
});

/** The means, which the page did not write, are those that the model standardises by. null for what is none. */
export function fromPage(json: unknown, model: Module): WrittenDescription | null {
  if (!isOfPage(json)) return null;
  const { features, target } = json as OfPage;
  const means = Object.entries(model.stateDict()).filter(([name]) => /^\d+\.mean$/.test(name));
  const [first, last] = [means[0]?.[1].data, means.at(-1)?.[1].data];
  let at = 0;
  const inputs = features.map((feature): Input => {
    const { name } = feature;
    const mean = first?.[at] ?? 0;
    at += feature.kind === "number" ? 1 : feature.values.length;
    return feature.kind === "number"
      ? { name, kind: "number", mean }
      : { name, kind: "category", categories: feature.values };
  });
  const schema: Schema = {
    csv: { decimal: ".", missing: [] },
    inputs,
    target: targetOfPage(target),
    baseline: target.kind === "number" ? (last?.[0] ?? 0) : null,
  };
  const description = { schema, history: null };
  return agrees(description) ? description : null;
}

function targetOfPage(target: OfPage["target"]): Target {
  if (target.kind === "number") return target;
  const { name, values } = target;
  return {
    name,
    kind: "category",
    categories: values,
    labels: isNumberCategories(values) ? "number" : "text",
  };
}
