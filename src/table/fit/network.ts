import {
  CrossEntropyLoss,
  type FitOptions,
  GELU,
  type Generator,
  HuberLoss,
  L1Loss,
  Linear,
  type Module,
  MSELoss,
  Normalization,
  ReLU,
  Sequential,
  Sigmoid,
  SiLU,
  Softplus,
  Tanh,
} from "../../index.js";
import type { Statistics } from "../rows/statistics.js";
import { outputWidth, type Target } from "../schema.js";
import { TableError } from "../table-error.js";
import type { OptionText } from "../wording.js";

export const ACTIVATIONS = {
  tanh: Tanh,
  relu: ReLU,
  sigmoid: Sigmoid,
  gelu: GELU,
  silu: SiLU,
  softplus: Softplus,
};
export type ActivationName = keyof typeof ACTIVATIONS;

/** By the kind of the target, the default first. */
export const LOSSES = { number: ["mse", "l1", "huber"], category: ["crossentropy"] } as const;
export type LossName = (typeof LOSSES)[Target["kind"]][number];

/** Rows go in as the schema encodes them; numbers come out in the target's own units, or logits of classes. */
export function networkOf(
  target: Target,
  hidden: readonly number[],
  activation: ActivationName,
  x: Statistics,
  y: Statistics,
  generator: Generator,
): Module {
  const layers: Module[] = [normalization(x, false)];
  let width = x.columns;
  for (const units of hidden) {
    layers.push(new Linear(width, units, { generator }), new ACTIVATIONS[activation]());
    width = units;
  }
  layers.push(new Linear(width, outputWidth(target), { generator }));
  if (target.kind === "number") layers.push(normalization(y, true));
  return new Sequential(...layers);
}

/** A Normalization of statistics, rather than of rows that it would copy. */
function normalization({ columns, means, deviations }: Statistics, invert: boolean): Normalization {
  const layer = new Normalization({ shape: [1, columns], data: new Float32Array(columns) }, { invert });
  const deviation = Float32Array.from(deviations, (value) => Math.fround(value) || 1); // 1, as for constant columns
  layer.loadStateDict({ mean: Float32Array.from(means), deviation });
  return layer;
}

/** huber: squares become lines one standard deviation of the target away. */
export function lossOf(name: LossName, y: Statistics): NonNullable<FitOptions["loss"]> {
  switch (name) {
    case "mse":
      return new MSELoss();
    case "l1":
      return new L1Loss();
    case "huber":
      return new HuberLoss({ delta: Math.fround(y.deviations[0] as number) || 1 });
    case "crossentropy":
      return new CrossEntropyLoss();
  }
}

/** @throws TableError for a loss that does not fit the target */
export function lossFor(target: Target, loss: LossName | undefined, optionText: OptionText): LossName {
  const losses: readonly LossName[] = LOSSES[target.kind];
  if (loss === undefined) return losses[0] as LossName;
  if (losses.includes(loss)) return loss;
  const task =
    target.kind === "number"
      ? `is learnt as a number (${optionText("task", "regress")})`
      : `has classes (${optionText("task", "classify")})`;
  throw new TableError(
    `${optionText("loss", loss)}: ${JSON.stringify(target.name)} ${task}, for which there is ${losses.join(", ")}`,
    "options",
  );
}
