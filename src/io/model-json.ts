import { wrongType } from "../errors.js";
import type { ModelJSON, Module } from "../nn/module.js";
import { sizeOf } from "../tensor.js";
import { planOf } from "./architecture.js";
import { malformed } from "./format-error.js";
import { loaded } from "./loaded.js";
import { isRecord } from "./strict-json.js";

/**
 * The model that toJSON() has written, with the same bits.
 *
 * @throws TypeError for what is no object; FormatError for one that says something else than toJSON() does
 * @example
 * import { Linear, modelFromJSON, Sequential, Tanh } from "rprop";
 * const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
 * const text = JSON.stringify(model);
 * console.log(modelFromJSON(JSON.parse(text)).forward([1, 2]).item() === model.forward([1, 2]).item()); // true
 */
export function modelFromJSON(json: ModelJSON): Module {
  if (!isRecord(json)) throw wrongType("json", "what toJSON() gives", json);
  const plan = planOf(json);
  return loaded(plan, (name, shape) => numbersAt(json, name, sizeOf(shape)));
}

/** The numbers that toJSON() has written at a name such as 1.0.weight. */
function numbersAt(json: ModelJSON, name: string, size: number): Float32Array {
  const path = name.split(".");
  const key = path.pop() as string;
  let module: Record<string, unknown> = json;
  for (const place of path) module = (module.modules as ModelJSON[])[Number(place)] as ModelJSON;
  const list = module[key];
  const where = `model.${name}`;
  if (!Array.isArray(list) || list.length !== size)
    throw malformed(where, `an array of ${size} numbers`, list);
  return Float32Array.from(list, (value: unknown, i) => {
    if (typeof value === "number") return value;
    if (["NaN", "Infinity", "-Infinity", "-0"].includes(value as string)) return Number(value);
    throw malformed(`${where}[${i}]`, "a number", value);
  });
}
