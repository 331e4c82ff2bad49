import { Phrase } from "../errors.js";
import type { Moments } from "../moments/moments.js";
import { GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "../nn/activation.js";
import { Linear } from "../nn/linear.js";
import type { Module } from "../nn/module.js";
import { Normalization } from "../nn/normalization.js";
import { Sequential } from "../nn/sequential.js";
import { Generator } from "../random.js";
import { malformed } from "./format-error.js";
import { isRecord } from "./strict-json.js";

/** A module of an architecture that was found sound. */
export interface Plan {
  /** Columns of x and of the output, or null where any number will do. */
  readonly widths: readonly [number, number] | null;
  /** Names and shapes of its numbers. */
  readonly numbers: readonly (readonly [name: string, shape: readonly number[]])[];
  /** The module, before its numbers. It allocates, and fails only where memory does. */
  make(): Module;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of modules within modules: no network has more, and recursion bears it. */
const MAX_DEPTH = 32;

const ACTIVATIONS = { Tanh, Sigmoid, ReLU, GELU, SiLU, Softplus };

/**
 * Checks what toJSON() or a file says about the layers of a model; their numbers are left aside.
 *
 * @throws FormatError
 */
export function planOf(given: unknown, path = "", depth = 0): Plan {
  const where = `model${path}`;
  if (!isRecord(given)) throw malformed(where, "a module", given);
  const { type, ...fields } = given;
  switch (type) {
    case "Linear":
      return planLinear(fields, where);
    case "LeakyReLU":
      return planLeakyReLU(fields, where);
    case "Normalization":
      return planNormalization(fields, where);
    case "Sequential":
      return planSequential(fields, where, path, depth);
  }
  if (typeof type !== "string" || !Object.hasOwn(ACTIVATIONS, type))
    throw malformed(`${where}.type`, "a module of this library", type);
  checkFields(fields, where, []);
  const Activation = ACTIVATIONS[type as keyof typeof ACTIVATIONS];
  return { widths: null, numbers: [], make: () => new Activation() };
}

function planLinear(fields: Fields, where: string): Plan {
  checkFields(fields, where, ["inFeatures", "outFeatures", "bias", "weight"]);
  const ins = count(fields, "inFeatures", where);
  const outs = count(fields, "outFeatures", where);
  const bias = fields.bias !== false; // in JSON, the numbers themselves
  const weight = ["weight", [outs, ins]] as const;
  return {
    widths: [ins, outs],
    numbers: bias ? [weight, ["bias", [outs]]] : [weight],
    // The numbers drawn here will be replaced: they come from a stream of their own.
    make: () => new Linear(ins, outs, { bias, generator: new Generator(0) }),
  };
}

function planLeakyReLU(fields: Fields, where: string): Plan {
  checkFields(fields, where, ["negativeSlope"]);
  const { negativeSlope } = fields;
  if (!Number.isFinite(Math.fround(negativeSlope as number)))
    throw malformed(`${where}.negativeSlope`, "a finite number", negativeSlope);
  return {
    widths: null,
    numbers: [],
    make: () => new LeakyReLU({ negativeSlope: negativeSlope as number }),
  };
}

function planNormalization(fields: Fields, where: string): Plan {
  checkFields(fields, where, ["columns", "invert", "mean", "deviation"]);
  const columns = count(fields, "columns", where);
  const { invert } = fields;
  if (typeof invert !== "boolean") throw malformed(`${where}.invert`, "true or false", invert);
  const ones = () => new Float64Array(columns).fill(1);
  const standard = { columnStatistics: () => ({ means: ones(), deviations: ones() }) } as unknown as Moments;
  return {
    widths: [columns, columns],
    numbers: [
      ["mean", [columns]],
      ["deviation", [columns]],
    ],
    make: () => new Normalization(standard, { invert }),
  };
}

function planSequential(fields: Fields, where: string, path: string, depth: number): Plan {
  checkFields(fields, where, ["modules"]);
  const { modules } = fields;
  if (!Array.isArray(modules) || modules.length === 0)
    throw malformed(`${where}.modules`, "an array of modules", modules);
  if (depth === MAX_DEPTH)
    throw malformed(where, `at most ${MAX_DEPTH} modules within each other`, new Phrase("more"));
  const plans = modules.map((module, i) => planOf(module, `${path}.${i}`, depth + 1));
  let widths: Plan["widths"] = null;
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
    widths,
    numbers: plans.flatMap(({ numbers }, i) =>
      numbers.map(([name, shape]) => [`${i}.${name}`, shape] as const),
    ),
    make: () => new Sequential(...plans.map((plan) => plan.make())),
  };
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
