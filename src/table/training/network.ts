import {
  ACTIVATIONS,
  CrossEntropyLoss,
  type FitOptions,
  type Generator,
  HuberLoss,
  L1Loss,
  Linear,
  type LOSSES,
  type Module,
  MSELoss,
  Normalization,
  Sequential,
} from "../../index.js";
import type { Statistics } from "../rows/statistics.js";
import { outputWidth, type Target } from "../schema.js";
import { TableError } from "../table-error.js";
import type { OptionText } from "../wording.js";

/** What --activation calls an activation: its name in small letters. */
export type ActivationWord = Lowercase<keyof typeof ACTIVATIONS>;

const activations = new Map(
  Object.entries(ACTIVATIONS).map(([name, activation]) => [name.toLowerCase() as ActivationWord, activation]),
);

export const ACTIVATION_WORDS: readonly ActivationWord[] = [...activations.keys()];

type Loss = NonNullable<FitOptions["loss"]>;

/**
 * What --loss calls each loss, and for which targets it is; of those for a kind of target, the first is the default. null
 * where it is not offered: two classes are two outputs under CrossEntropyLoss, as three are three.
 */
const LOSS_CHOICES = {
  MSELoss: { word: "mse", target: "number", make: () => new MSELoss() },
  L1Loss: { word: "l1", target: "number", make: () => new L1Loss() },
  HuberLoss: {
    word: "huber",
    target: "number",
    // Squares become lines one standard deviation of the target away.
    make: (y) => new HuberLoss({ delta: Math.fround(y.stds[0] as number) || 1 }),
  },
  BCELoss: null,
  BCEWithLogitsLoss: null,
  CrossEntropyLoss: { word: "crossentropy", target: "category", make: () => new CrossEntropyLoss() },
} as const satisfies Record<
  keyof typeof LOSSES,
  { word: string; target: Target["kind"]; make: (y: Statistics) => Loss } | null
>;

const offered = Object.values(LOSS_CHOICES).filter((choice) => choice !== null);

/** Moments of more columns take more time and memory than rows do. */
const MAX_MOMENTS_COLUMNS = 1000;

/** Whether a network learns all that it learns from rows from their moments: a linear one, by squared errors. */
export function learnsFromMoments(hidden: readonly number[], loss: LossWord, columns: number): boolean {
  return hidden.length === 0 && loss === "mse" && columns <= MAX_MOMENTS_COLUMNS;
}

/** What --loss calls a loss. */
export type LossWord = (typeof offered)[number]["word"];

export const LOSS_WORDS: readonly LossWord[] = offered.map(({ word }) => word);

/** The losses for a kind of target, the default first. */
function lossWordsFor(kind: Target["kind"]): LossWord[] {
  return offered.filter(({ target }) => target === kind).map(({ word }) => word);
}

/** Rows go in as the schema encodes them; numbers come out in the target's own units, or logits of classes. */
export function networkOf(
  target: Target,
  hidden: readonly number[],
  activation: ActivationWord,
  x: Statistics,
  y: Statistics,
  generator: Generator,
): Module {
  const Activation = activations.get(activation) as new () => Module;
  const layers: Module[] = [normalization(x, false)];
  let width = x.columns;
  for (const units of hidden) {
    layers.push(new Linear(width, units, { generator }), new Activation());
    width = units;
  }
  layers.push(new Linear(width, outputWidth(target), { generator }));
  if (target.kind === "number") layers.push(normalization(y, true));
  return new Sequential(...layers);
}

/** A Normalization of statistics, rather than of rows that it would copy. */
function normalization({ columns, means, stds }: Statistics, invert: boolean): Normalization {
  const layer = new Normalization({ shape: [1, columns], data: new Float32Array(columns) }, { invert });
  const std = Float32Array.from(stds, (value) => Math.fround(value) || 1); // 1, as for constant columns
  layer.loadStateDict({ mean: Float32Array.from(means), deviation: std });
  return layer;
}

export function lossOf(word: LossWord, y: Statistics): Loss {
  const choice = offered.find((each) => each.word === word) as (typeof offered)[number];
  return choice.make(y);
}

/** @throws TableError for a loss that does not fit the target */
export function lossFor(target: Target, loss: LossWord | undefined, optionText: OptionText): LossWord {
  const losses = lossWordsFor(target.kind);
  if (loss === undefined) return losses[0] as LossWord;
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
