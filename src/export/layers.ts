import { wrongType } from "../errors.js";
import { FormatError } from "../format-error.js";
import { modelPlanOf } from "../io/architecture.js";
import { numbersAt } from "../io/json-numbers.js";
import { isRecord } from "../io/strict-json.js";
import { type ActivationName, optionIn } from "../nn/activation-kinds.js";
import { describeMean, type EnsembleAverage } from "../nn/ensembles/ensemble-average.js";
import type { Architecture, ModelJSON } from "../nn/module.js";

/** A model of `rprop` or `rprop/js`, or what its toJSON() gives. */
export type Exportable = { toJSON(): ModelJSON } | ModelJSON;

/** A layer, with its numbers in float32. */
export type ExportLayer = {
  /** Its place in the model, as in PyTorch's names: empty, or such as "1.2." */
  readonly place: string;
} & (
  | {
      type: "Linear";
      inFeatures: number;
      outFeatures: number;
      weight: Float32Array;
      bias: Float32Array | null;
    }
  | { type: "Normalization"; columns: number; invert: boolean; mean: Float32Array; std: Float32Array }
  | ActivationLayer
);

/** A function of each number, and the option that it has or null. */
export interface ActivationLayer {
  type: ActivationName;
  option: number | null;
}

export interface Layers {
  /** Those of each member, in the order in which they run; a model that is no Ensemble is one member. */
  readonly members: readonly (readonly ExportLayer[])[];
  /** What the mean of the members is taken of; null for a model that is no Ensemble. */
  readonly average: EnsembleAverage | null;
  /** Columns of x and of y, or null where any number will do. */
  readonly widths: readonly [ins: number, outs: number] | null;
}

/** @throws TypeError for what is no model */
export function layersOf(model: unknown): Layers {
  const json = isRecord(model) && typeof model.toJSON === "function" ? model.toJSON() : model;
  if (!isRecord(json) || json.type === undefined)
    throw wrongType("model", "a model of rprop, or what its toJSON() gives", model);
  try {
    const { architecture, widths, numbers } = modelPlanOf(json);
    const named = new Map(numbers.map(([name, shape]) => [name, numbersAt(json as ModelJSON, name, shape)]));
    return architecture.type === "Ensemble"
      ? {
          members: architecture.modules.map((module, i) => flat(module, `${i}.`, named)),
          average: architecture.average,
          widths,
        }
      : { members: [flat(architecture, "", named)], average: null, widths };
  } catch (error) {
    throw error instanceof FormatError ? new TypeError(error.message, { cause: error }) : error;
  }
}

function flat(
  architecture: Architecture,
  place: string,
  named: ReadonlyMap<string, Float32Array>,
): ExportLayer[] {
  const numbers = (name: string) => named.get(place + name) as Float32Array;
  switch (architecture.type) {
    case "Sequential":
    case "Ensemble": // which modelPlanOf refuses within another module
      return architecture.modules.flatMap((module, i) => flat(module, `${place}${i}.`, named));
    case "Linear":
      return [
        {
          ...architecture,
          place,
          weight: numbers("weight"),
          bias: architecture.bias ? numbers("bias") : null,
        },
      ];
    case "Normalization":
      return [{ ...architecture, place, mean: numbers("mean"), std: numbers("deviation") }];
  }
  return [{ type: architecture.type, option: optionIn(architecture), place }];
}

/** The option as the kernel takes it: in float32, and +0 for −0, which code and JSON do not tell apart. */
export function slopeOf({ option }: ActivationLayer): number {
  return Math.fround(option ?? 0) + 0;
}

/** The layers in words, such as Linear(3, 2), Tanh; members of the same layers once. */
export function describeLayers({ members, average }: Layers): string {
  const texts = new Set(members.map((layers) => layers.map(describeLayer).join(", ")));
  const layers = [...texts].join("; ");
  return average === null ? layers : `${describeMean(average, members.length)}: ${layers}`;
}

function describeLayer(layer: ExportLayer): string {
  switch (layer.type) {
    case "Linear":
      return `Linear(${layer.inFeatures}, ${layer.outFeatures})`;
    case "Normalization":
      return `Normalization(${layer.columns}${layer.invert ? ", inverted" : ""})`;
  }
  return layer.option === null ? layer.type : `${layer.type}(${layer.option})`;
}
