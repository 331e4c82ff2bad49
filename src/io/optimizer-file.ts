import { Verbatim, wrongValue } from "../errors.js";
import { malformed } from "../format-error.js";
import type { Module } from "../nn/module.js";
import type { RpropParameter } from "../optim/parameters.js";
import { Rprop } from "../optim/rprop.js";
import type { RpropStateDict } from "../optim/state.js";
import type { Parameter } from "../parameter.js";
import type { TensorLike } from "../tensor.js";
import { refusing } from "./loaded.js";
import type { Stored } from "./safetensors.js";
import { storedFloats, type TensorsOfFile } from "./stored.js";
import { isRecord } from "./strict-json.js";

/**
 * An optimizer in a file: stateDict() with the names of the model's parameters instead of numbers. Its tensors are
 * "optimizer.0.weight.prev" and "optimizer.0.weight.step_size", of the parameter's shape, and "optimizer.loss" in float64.
 */
export interface SavedOptimizer {
  param_groups: (Omit<RpropStateDict["param_groups"][number], "params"> & { params: string[] })[];
  /** Steps taken, by the name of the parameter; only of those that have been stepped. */
  steps: Record<string, number>;
  non_finite: "skip" | "throw";
}

const PREFIX = "optimizer.";
const LOSS = `${PREFIX}loss`;
const TENSORS = ["prev", "step_size"] as const;

/** @throws RangeError where the optimizer has a parameter that the model does not have */
export function saveOptimizer(optimizer: Rprop, model: Module, tensors: Map<string, Stored>): SavedOptimizer {
  const names = new Map<RpropParameter, string>(model.namedParameters().map(([name, p]) => [p, name]));
  const byNumber = optimizer.paramGroups
    .flatMap(({ params }) => params)
    .map((param, number) => {
      const name = names.get(param);
      if (name !== undefined) return name;
      throw wrongValue(
        "optimizer",
        "parameters of the model alone",
        new Verbatim(`another one, params[${number}]`),
      );
    });
  const { state, param_groups, loss, non_finite = "skip" } = optimizer.stateDict();
  const steps: SavedOptimizer["steps"] = {};
  for (const [number, saved] of Object.entries(state)) {
    const name = byNumber[Number(number)] as string;
    steps[name] = saved.step as number;
    for (const key of TENSORS) {
      const { shape, data } = saved[key] as TensorLike;
      tensors.set(`${PREFIX}${name}.${key}`, storedFloats(shape, data as Float32Array));
    }
  }
  if (loss !== undefined) {
    const bytes = new Uint8Array(Float64Array.of(loss).buffer);
    tensors.set(LOSS, { dtype: "F64", shape: [], bytes });
  }
  const named = param_groups.map(({ params, ...options }) => ({
    params: params.map((number) => byNumber[number] as string),
    ...options,
  }));
  return { param_groups: named, steps, non_finite };
}

/**
 * The optimizer of a file, over the parameters of the model, with its state: the rest of the file's tensors.
 *
 * @throws FormatError for anything that saveOptimizer does not write
 */
export function loadOptimizer(given: unknown, model: Module, tensors: TensorsOfFile): Rprop {
  const saved = checked(given);
  const parameters = new Map(model.namedParameters());
  const names: string[] = [];
  const groups = saved.param_groups.map(({ params, ...options }) => {
    const numbers = params.map((name) => names.push(name) - 1);
    const named = params.map((name) => {
      const parameter = parameters.get(name);
      if (parameter === undefined)
        throw malformed("optimizer.params", "names of the model's parameters", name);
      return parameter;
    });
    return { params: named, saved: { params: numbers, ...options } };
  });
  const state: RpropStateDict["state"] = {};
  for (const [name, step] of Object.entries(saved.steps)) {
    const number = names.indexOf(name);
    if (number < 0) throw malformed("optimizer.steps", "names of the optimizer's parameters", name);
    const { shape } = parameters.get(name) as Parameter;
    const [prev, step_size] = TENSORS.map((key) => ({
      shape,
      data: tensors.take(`${PREFIX}${name}.${key}`, shape),
    }));
    state[number] = { step, prev, step_size } as RpropStateDict["state"][number];
  }
  const loss = tensors.has(LOSS) ? { loss: tensors.take(LOSS, [], "F64")[0] as number } : {};
  const param_groups = groups.map((group) => group.saved);
  const optimizer = refusing("optimizer", () => new Rprop(groups.map(({ params }) => ({ params }))));
  return refusing(
    "optimizer",
    () => {
      optimizer.loadStateDict({ state, param_groups, non_finite: saved.non_finite, ...loss });
      tensors.checkAllTaken();
      return optimizer;
    },
    optimizer,
  );
}

function checked(saved: unknown): SavedOptimizer {
  const { param_groups: groups, steps, non_finite } = isRecord(saved) ? saved : {};
  const isNames = (names: unknown) => Array.isArray(names) && names.every((name) => typeof name === "string");
  if (!Array.isArray(groups) || !groups.every((group) => isRecord(group) && isNames(group.params)))
    throw malformed("optimizer.param_groups", "groups with the names of their parameters", groups);
  if (!isRecord(steps)) throw malformed("optimizer.steps", "numbers by the name of a parameter", steps);
  if (non_finite === undefined) throw malformed("optimizer.non_finite", '"skip" or "throw"', non_finite);
  return saved as SavedOptimizer;
}
