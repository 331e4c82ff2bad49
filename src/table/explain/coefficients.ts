import { Ensemble, Linear, type Module, Normalization } from "../../index.js";
import { partNames } from "../dates/parts.js";
import { inputWidth, type Schema } from "../schema.js";
import { columnsOfX } from "./columns-of-x.js";

/**
 * A linear model in the units of the table: the target of numbers, or its logarithm where the model learned that, is
 * `intercept[0] + Σ values[0] · input`. Of classes, each after the first has
 * its log-odds against the first, log(p / p of the first), as such a sum. For a category column the value of the row's
 * category is added, and nothing for a missing one; true counts as 1.
 */
export interface Coefficients {
  /** The classes whose log-odds against the first class these are; none for a target of numbers. */
  readonly classes: readonly string[];
  /** The class that the others are compared with; null for a target of numbers. */
  readonly against: string | null;
  /** For the target, or for each of the classes. */
  readonly intercept: readonly number[];
  /** In the order of the inputs. */
  readonly inputs: readonly Coefficient[];
}

/** What one input, or one category of it, adds. */
export interface Coefficient {
  /** The name of the column. */
  readonly column: string;
  /** The category; null for a column of numbers or truth values. */
  readonly category: string | null;
  /** For each intercept, what is added for one unit, for true, or for the category. */
  readonly values: readonly number[];
}

/** What some layers do to a row: outputs × (columns + 1), of which the last is added to any row. */
type Affine = readonly Float64Array[];

/** The coefficients of a model without hidden layers; null for any other. */
export function coefficientsOf(
  module: Module,
  { inputs, target }: Pick<Schema, "inputs" | "target">,
): Coefficients | null {
  const isOneClass = target.kind === "category" && target.categories.length === 1;
  const whole = isOneClass ? null : affineOf(module, inputWidth(inputs));
  if (whole === null) return null;
  const [first, ...others] = whole as [Float64Array, ...Float64Array[]];
  const isNumber = target.kind === "number";
  const sums = isNumber ? [first] : others.map((row) => row.map((value, i) => value - (first[i] as number)));
  const at = (column: number) => sums.map((row) => row[column] as number);
  return {
    classes: isNumber ? [] : target.categories.slice(1),
    against: isNumber ? null : (target.categories[0] as string),
    intercept: at(inputWidth(inputs)),
    inputs: columnsOfX(inputs).flatMap(({ input, from }): Coefficient[] => {
      const of = (column: string, category: string | null, c = 0) => ({
        column,
        category,
        values: at(from + c),
      });
      if (input.kind === "category")
        return input.categories.map((category, c) => of(input.name, category, c));
      if (input.kind === "date")
        return partNames(input.parts).map((part, c) => of(input.name + part, null, c));
      return [of(input.name, null)];
    }),
  };
}

/** null where a layer is neither a Linear nor a Normalization. The mean of outputs is linear, that of probabilities is not. */
function affineOf(module: Module, columns: number): Affine | null {
  if (module instanceof Ensemble) {
    if (module.average !== "output") return null;
    const members = module.modules.map((member) => affineOf(member, columns));
    const [first, ...others] = members;
    if (!first || others.includes(null)) return null;
    return first.map((row, o) =>
      row.map((_, i) => members.reduce((sum, each) => sum + (each?.[o]?.[i] as number), 0) / members.length),
    );
  }
  let whole: Affine | null = Array.from({ length: columns }, (_, row) => {
    const unit = new Float64Array(columns + 1);
    unit[row] = 1;
    return unit;
  });
  for (const layer of module.layers()) {
    if (layer instanceof Normalization) whole = normalized(whole, layer);
    else if (layer instanceof Linear) whole = multiplied(whole, layer);
    else return null;
  }
  return whole;
}

function normalized(before: Affine, layer: Normalization): Affine {
  const [mean, std] = [layer.mean.toArray(), layer.std.toArray()] as [number[], number[]];
  return before.map((row, c) => {
    const [shift, scale] = [mean[c] as number, std[c] as number];
    const last = row.length - 1;
    return layer.invert
      ? row.map((value, i) => value * scale + (i === last ? shift : 0))
      : row.map((value, i) => (value - (i === last ? shift : 0)) / scale);
  });
}

function multiplied(before: Affine, layer: Linear): Affine {
  const { weight, bias } = layer.stateDict() as Record<string, { data: ArrayLike<number> }>;
  const [weights, ins] = [(weight as { data: ArrayLike<number> }).data, layer.inFeatures];
  const length = (before[0] as Float64Array).length;
  return Array.from({ length: layer.outFeatures }, (_, o) => {
    const row = new Float64Array(length);
    before.forEach((each, c) => {
      for (let i = 0; i < length; i++) row[i]! += (weights[o * ins + c] as number) * (each[i] as number);
    });
    row[length - 1]! += bias?.data[o] ?? 0;
    return row;
  });
}
