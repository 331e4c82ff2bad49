import { pluralize } from "../errors.js";
import { malformed } from "../format-error.js";
import type { ModelJSON } from "../nn/module.js";
import { sizeOf } from "../tensor.js";

/** The numbers that toJSON() has written at a name such as 1.0.weight. */
export function numbersAt(json: ModelJSON, name: string, shape: readonly number[]): Float32Array {
  const path = name.split(".");
  const key = path.pop() as string;
  let module: Record<string, unknown> = json;
  for (const place of path) module = (module.modules as ModelJSON[])[Number(place)] as ModelJSON;
  const list = module[key];
  const size = sizeOf(shape);
  const where = `model.${name}`;
  if (!Array.isArray(list) || list.length !== size)
    throw malformed(where, `an array of ${pluralize(size, "number")}`, list);
  return Float32Array.from(list, (value: unknown, i) => {
    if (typeof value === "number") return value;
    if (["NaN", "Infinity", "-Infinity", "-0"].includes(value as string)) return Number(value);
    throw malformed(`${where}[${i}]`, "a number", value);
  });
}
