import { pluralize, Verbatim } from "../errors.js";
import { malformed } from "../format-error.js";
import {
  ACTIVATION_NAMES,
  type ActivationArchitecture,
  type ActivationName,
  optionsOfKind,
} from "../nn/activation-kinds.js";
import { ENSEMBLE_AVERAGES } from "../nn/ensembles/ensemble-average.js";
import type { Architecture } from "../nn/module.js";
import { isRecord } from "./strict-json.js";

/** A module of an architecture that was found sound. */
export interface ModelPlan {
  readonly architecture: Architecture;
  /** Columns of x and of the output, or null where any number will do. */
  readonly widths: readonly [number, number] | null;
  /** Names and shapes of its numbers. */
  readonly numbers: readonly (readonly [name: string, shape: readonly number[]])[];
  /** Modules that hold no others. */
  readonly layers: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of modules within modules: no network has more, and recursion bears it. */
const MAX_DEPTH = 32;
/** No network has more, and what is done about each pair of them takes no time. */
const MAX_LAYERS = 1000;

/**
 * Checks what toJSON() or a file says about the layers of a model; their numbers are left aside.
 *
 * @throws FormatError
 */
export function modelPlanOf(given: unknown, path = "", depth = 0): ModelPlan {
  const where = `model${path}`;
  if (!isRecord(given)) throw malformed(where, "a module", given);
  const { type, ...fields } = given;
  switch (type) {
    case "Linear":
      return planLinear(fields, where);
    case "Normalization":
      return planNormalization(fields, where);
    case "Sequential":
      return planSequential(fields, where, path, depth);
    case "Ensemble":
      return planEnsemble(fields, where, path);
  }
  const kind = ACTIVATION_NAMES.find((name) => name === type);
  if (kind !== undefined) return planActivation(kind, fields, where);
  throw malformed(
    `${where}.type`,
    ["Linear", "Sequential", "Ensemble", "Normalization", ...ACTIVATION_NAMES].join(", "),
    type,
  );
}

function planLinear(fields: Fields, where: string): ModelPlan {
  checkFields(fields, where, ["inFeatures", "outFeatures", "bias", "weight"]);
  const ins = count(fields, "inFeatures", where);
  const outs = count(fields, "outFeatures", where);
  const bias = fields.bias !== false; // in JSON, the numbers themselves
  const weight = ["weight", [outs, ins]] as const;
  return {
    architecture: { type: "Linear", inFeatures: ins, outFeatures: outs, bias },
    widths: [ins, outs],
    numbers: bias ? [weight, ["bias", [outs]]] : [weight],
    layers: 1,
  };
}

function planActivation(type: ActivationName, fields: Fields, where: string): ModelPlan {
  const options = Object.keys(optionsOfKind(type));
  checkFields(fields, where, options);
  for (const option of options) {
    const value = fields[option];
    if (typeof value !== "number" || !Number.isFinite(Math.fround(value)))
      throw malformed(`${where}.${option}`, "a finite number", value);
  }
  const architecture = { type, ...fields } as ActivationArchitecture;
  return { architecture, widths: null, numbers: [], layers: 1 };
}

function planNormalization(fields: Fields, where: string): ModelPlan {
  checkFields(fields, where, ["columns", "invert", "mean", "deviation"]);
  const columns = count(fields, "columns", where);
  const { invert } = fields;
  if (typeof invert !== "boolean") throw malformed(`${where}.invert`, "true or false", invert);
  return {
    architecture: { type: "Normalization", columns, invert },
    widths: [columns, columns],
    numbers: [
      ["mean", [columns]],
      ["deviation", [columns]],
    ],
    layers: 1,
  };
}

function planSequential(fields: Fields, where: string, path: string, depth: number): ModelPlan {
  checkFields(fields, where, ["modules"]);
  const plans = plansOf(fields, where, path, depth);
  let widths: ModelPlan["widths"] = null;
  plans.forEach((plan, i) => {
    if (plan.widths === null) return;
    const [first, last] = widths ?? [plan.widths[0], plan.widths[0]];
    if (plan.widths[0] !== last)
      throw malformed(
        `${where}.${i}`,
        `a module of ${last} features, as the one before gives`,
        plan.widths[0],
      );
    widths = [first, plan.widths[1]];
  });
  return {
    architecture: { type: "Sequential", modules: plans.map(({ architecture }) => architecture) },
    widths,
    ...contentOf(plans),
  };
}

function planEnsemble(fields: Fields, where: string, path: string): ModelPlan {
  if (path !== "") throw malformed(where, "a module that is no ensemble", "Ensemble");
  checkFields(fields, where, ["average", "modules"]);
  const average = ENSEMBLE_AVERAGES.find((each) => each === fields.average);
  if (average === undefined)
    throw malformed(`${where}.average`, ENSEMBLE_AVERAGES.join(", "), fields.average);
  const plans = plansOf(fields, where, path, 0);
  const { widths } = plans[0] as ModelPlan;
  plans.forEach((plan, i) => {
    if (String(plan.widths) === String(widths)) return;
    const given = new Verbatim(shapeOfPlan(plan.widths));
    throw malformed(`${where}.${i}`, `a module with ${shapeOfPlan(widths)}, as the first has`, given);
  });
  const modules = plans.map(({ architecture }) => architecture);
  return { architecture: { type: "Ensemble", average, modules }, widths, ...contentOf(plans) };
}

function shapeOfPlan(widths: ModelPlan["widths"]): string {
  if (widths === null) return "any number of features";
  return `${pluralize(widths[0], "feature")} and ${pluralize(widths[1], "output")}`;
}

/** The modules within a module. */
function plansOf({ modules }: Fields, where: string, path: string, depth: number): ModelPlan[] {
  if (!Array.isArray(modules) || modules.length === 0)
    throw malformed(`${where}.modules`, "an array of modules", modules);
  if (depth === MAX_DEPTH)
    throw malformed(where, `at most ${MAX_DEPTH} modules within each other`, new Verbatim("more"));
  return modules.map((module, i) => modelPlanOf(module, `${path}.${i}`, depth + 1));
}

/** Layers of modules, and their numbers by the place of the module and their own names. */
function contentOf(plans: readonly ModelPlan[]): Pick<ModelPlan, "layers" | "numbers"> {
  const layers = plans.reduce((sum, plan) => sum + plan.layers, 0);
  if (layers > MAX_LAYERS) throw malformed("model", `at most ${MAX_LAYERS} layers`, layers);
  const numbers = plans.flatMap((plan, i) =>
    plan.numbers.map(([name, shape]) => [`${i}.${name}`, shape] as const),
  );
  return { layers, numbers };
}

/** Numbers of a module may stand among its fields, as toJSON() writes them. */
function checkFields(fields: Fields, where: string, known: readonly string[]): void {
  const stray = Object.keys(fields).find((key) => !known.includes(key));
  if (stray !== undefined) throw malformed(where, `the fields type, ${known.join(", ")}`, stray);
}

function count(fields: Fields, key: string, where: string): number {
  const value = fields[key];
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw malformed(`${where}.${key}`, "a whole number of at least 1", value);
  return value as number;
}
