import { wrongType } from "../errors.js";
import type { ModelJSON, Module } from "../nn/module.js";
import { modelPlanOf } from "./architecture.js";
import { numbersAt } from "./json-numbers.js";
import { loaded } from "./loaded.js";
import { isRecord } from "./strict-json.js";

/**
 * Makes the model that toJSON() has written, with the same bits.
 *
 * @param json what toJSON() gives, or JSON.parse() of its text
 * @returns a new model
 * @throws TypeError for what is no object; FormatError for one that says something else than toJSON() does
 * @example
 * import { Linear, modelFromJSON, Sequential, Tanh } from "rprop";
 * const model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 1));
 * const text = JSON.stringify(model);
 * console.log(modelFromJSON(JSON.parse(text)).forward([1, 2]).item() === model.forward([1, 2]).item()); // true
 */
export function modelFromJSON(json: ModelJSON): Module {
  if (!isRecord(json)) throw wrongType("json", "what toJSON() gives, or JSON.parse() of its text", json);
  const plan = modelPlanOf(json);
  return loaded(plan, (name, shape) => numbersAt(json, name, shape));
}
