import { noRows, wrongType } from "../../errors.js";
import type { CoMoments } from "../../moments/co-moments.js";
import { checkRows, checkSizes, isMoments, type Moments } from "../../moments/moments.js";
import { checkSums, momentsOf } from "../../moments/rows.js";
import { SquaredError } from "../../moments/squared-error.js";
import type { Criterion } from "../../nn/losses/criterion.js";
import { MSELoss } from "../../nn/losses/difference.js";
import type { Module } from "../../nn/module.js";
import { Rprop } from "../../optim/rprop.js";
import type { Values } from "../../values.js";
import { AffineModel } from "./affine-model.js";
import { Float64Weights } from "./float64-weights.js";
import type { Trainer } from "./trainer.js";

export interface MomentsTrainer extends Trainer {
  measure(): number;
  evaluate(): number;
  /** The model as one Linear in the units of the rows: weight outputs × inputs, and the bias. */
  readonly extras: { weight: Float64Array; bias: Float64Array };
}

/**
 * Trains a linear model from moments: in² · out operations an epoch, however many rows were added, in float64 from the
 * moments to the step; model and optimizer get what is rounded to float32. Losses are those of MSELoss, in float64.
 *
 * @param model a Linear, or a Sequential of Normalizations, a Linear and Normalizations
 * @param moments as they are now
 * @param optimizer of parameters of that Linear; null for a new one of all
 * @param validation moments, or rows to make them of
 * @throws TypeError or RangeError for what does not fit; Error for moments without rows, or after a dispose(). Nothing
 * is changed then.
 */
export function momentsTrainer(
  model: Module,
  moments: Moments,
  criterion: Criterion,
  optimizer: Rprop | null,
  validation: Moments | { x: Values; y: Values } | null,
): MomentsTrainer {
  const affine = new AffineModel(model);
  if (!(criterion instanceof MSELoss))
    throw wrongType("loss", "an MSELoss: Moments hold what it needs, and nothing else", criterion);
  const { inFeatures, outFeatures } = affine.linear;
  const errorOf = (sums: CoMoments) => {
    const factor = criterion.reduction === "mean" ? 1 / outFeatures : sums.n;
    return new SquaredError(
      affine.mapped(sums),
      affine.scaleY.map((scale) => scale ** 2 * factor),
    );
  };
  const sumsOf = (name: string, given: Moments) => {
    checkSizes(name, given, inFeatures, outFeatures);
    checkRows(given, "fit");
    return given.sums;
  };
  const sumsOfRows = ({ x, y }: { x: Values; y: Values }) => {
    const sums = momentsOf(x, y, inFeatures, outFeatures, "validation.");
    if (sums.n === 0) throw noRows("validation.x");
    checkSums(sums, "validation.x", "validation.y");
    return sums;
  };
  const error = errorOf(sumsOf("moments", moments));
  const validationError =
    validation === null
      ? null
      : errorOf(isMoments(validation) ? sumsOf("validation", validation) : sumsOfRows(validation));
  const weights = new Float64Weights(optimizer ?? new Rprop(affine.linear.parameters()), affine.linear);
  return {
    state: weights,
    measure: () => error.measure(weights.values, weights.gradient),
    evaluate: () => error.measure(weights.values, null),
    validate: validationError && (() => validationError.measure(weights.values, null)),
    get extras() {
      return affine.whole(weights.values);
    },
    dispose: () => {},
  };
}
