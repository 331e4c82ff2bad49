import { decode, encode, type Module, predict, zeros } from "rprop";
import { BadFile } from "./bad-file.js";
import { type Encoding, type Feature, outputsOf, type Target, widthOf } from "./encoding.js";
import type { TableModel } from "./model.js";

/**
 * How rows become numbers, as JSON in the metadata of a model's file:
 *
 *     {
 *       "version": 1,
 *       "features": [{ "name": "petal_length", "kind": "number" },
 *                    { "name": "colour", "kind": "one-hot", "values": ["blue", "red"] }],
 *       "target": { "name": "species", "kind": "classes", "values": ["setosa", "virginica"] }
 *     }
 *
 * A target that is a number is `{ "name": "price", "kind": "number" }`. A one-hot feature is one input for each value.
 */
const KEY = "rprop.page";

/** The file is what `encode` makes of a model. */
export function writeModel({ encoding, module }: TableModel): Uint8Array<ArrayBuffer> {
  return encode({ model: module, metadata: { [KEY]: JSON.stringify({ version: 1, ...encoding }) } });
}

/** @throws BadFile for everything that writeModel does not write */
export function readModel(bytes: Uint8Array): TableModel {
  const { model: module, metadata } = decoded(bytes);
  const text = metadata[KEY];
  if (text === undefined) throw new BadFile("This is no model that was downloaded here.");
  const encoding = encodingFrom(text);
  if (!fits(module, encoding)) throw broken("columns");
  return { encoding, module };
}

function decoded(bytes: Uint8Array): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch (error) {
    throw new BadFile(`This is no model, or a damaged one (${(error as Error).message}).`);
  }
}

function encodingFrom(text: string): Encoding {
  let json: Partial<Encoding & { version: unknown }> | null;
  try {
    json = JSON.parse(text);
  } catch {
    throw broken("metadata");
  }
  const { version, features, target } = json ?? {};
  if (version !== 1) throw new BadFile(`This model has version ${version}; version 1 can be read here.`);
  const names = Array.isArray(features) ? features.map((feature) => feature?.name) : [];
  if (names.length === 0 || !features!.every(isFeature) || new Set(names).size < names.length)
    throw broken("features");
  if (!isTarget(target)) throw broken("target");
  return { features: features!, target };
}

/** Whether the model takes such rows, and gives such answers. */
function fits(module: Module, encoding: Encoding): boolean {
  try {
    return predict(module, zeros(1, widthOf(encoding))).size === outputsOf(encoding);
  } catch {
    return false;
  }
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
