import { BadFile } from "./bad-file.js";
import type { Encoding, Feature, Target } from "./encoding.js";
import { newModel, type TableModel } from "./model.js";

/**
 * A trained model as JSON. `state` is its stateDict: names as PyTorch has them for the layers in a row, which are
 * Normalization, then Linear and Tanh for each hidden layer, a Linear, and for a number as target a Normalization that
 * inverts. Numbers are float32, written so that they are read again to the bit.
 *
 *     {
 *       "format": "rprop table model", "version": 1,
 *       "features": [{ "name": "petal_length", "kind": "number" },
 *                    { "name": "colour", "kind": "one-hot", "values": ["blue", "red"] }],
 *       "target": { "name": "species", "kind": "classes", "values": ["setosa", "virginica"] },
 *       "hidden": [16],
 *       "state": { "0.mean": { "shape": [3], "data": [3.75, 0.5, 0.5] }, "0.deviation": …, "1.weight": …, "1.bias": …, … }
 *     }
 *
 * A target that is a number is `{ "name": "price", "kind": "number" }`. A one-hot feature is one input for each value.
 */
interface ModelFile extends Encoding {
  format: typeof FORMAT;
  version: 1;
  hidden: number[];
  state: Record<string, { shape: number[]; data: number[] }>;
}

const FORMAT = "rprop table model";

export function writeModel({ encoding, hidden, module }: TableModel): string {
  const state = Object.entries(module.stateDict()).map(([name, { shape, data }]) => {
    return [name, { shape: [...shape], data: Array.from(data) }];
  });
  const { features, target } = encoding;
  const file: ModelFile = {
    format: FORMAT,
    version: 1,
    features,
    target,
    hidden,
    state: Object.fromEntries(state),
  };
  return JSON.stringify(file);
}

/** @throws BadFile for everything that writeModel does not write */
export function readModel(text: string): TableModel {
  const file = parse(text);
  if (file.format !== FORMAT) throw new BadFile("This is no model that was downloaded here.");
  if (file.version !== 1)
    throw new BadFile(`This model has version ${file.version}; version 1 can be read here.`);
  const { features, target, hidden, state } = file;
  const names = Array.isArray(features) ? features.map((feature) => feature?.name) : [];
  if (names.length === 0 || !features!.every(isFeature) || new Set(names).size < names.length)
    throw broken("features");
  if (!isTarget(target)) throw broken("target");
  if (!Array.isArray(hidden) || hidden.length > 10 || !hidden.every(isWidth)) throw broken("hidden");
  const model = newModel({ features: features as Feature[], target }, hidden);
  try {
    model.module.loadStateDict(state!);
  } catch (error) {
    throw new BadFile(`This model is damaged: ${(error as Error).message}`);
  }
  return model;
}

function parse(text: string): Partial<ModelFile> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch (error) {
    throw new BadFile(`This is no model: it is not JSON (${(error as Error).message}).`);
  }
  throw new BadFile("This is no model that was downloaded here.");
}

function broken(part: string): BadFile {
  return new BadFile(`This model is damaged: its “${part}” cannot be used.`);
}

function isFeature(feature: Feature | null): boolean {
  return (
    isNamed(feature) &&
    (feature.kind === "number" || (feature.kind === "one-hot" && isValues(feature.values)))
  );
}

function isTarget(target: Target | null | undefined): target is Target {
  return (
    isNamed(target) && (target.kind === "number" || (target.kind === "classes" && isValues(target.values)))
  );
}

function isNamed<Thing extends { name: string }>(thing: Thing | null | undefined): thing is Thing {
  return typeof thing === "object" && thing !== null && typeof thing.name === "string";
}

function isValues(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === "string");
}

function isWidth(width: unknown): boolean {
  return Number.isInteger(width) && (width as number) >= 1 && (width as number) <= 1024;
}
