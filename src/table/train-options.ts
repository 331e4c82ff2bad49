import type { CsvOptions } from "../data/index.js";
import {
  checkBoolean,
  checkFunction,
  checkNonNegative,
  checkNumber,
  checkPositiveInteger,
  checkSeed,
  Verbatim,
  wrongType,
  wrongValue,
} from "../errors.js";
import type { OnEpoch, RpropVariant } from "../index.js";
import { VARIANTS } from "../optim/variants.js";
import { checkWord, isPlainObject, type OptionTable, optionsOf } from "../options.js";
import type { AbortSignalLike } from "../train/trainers/waiting.js";
import { checkSignal } from "../train/trainers/waiting.js";
import type { Begun, Described, NetworkProgress } from "./progress.js";
import type { Task } from "./schema.js";
import type { OnProgress } from "./source/table-reader.js";
import type { TableModel } from "./table-model.js";
import { OTHER_LOSS_WORDS, TASK_WORDS } from "./text/other-words.js";
import { ACTIVATION_WORDS, type ActivationWord, LOSS_WORDS, type LossWord } from "./training/network.js";
import type { Course } from "./training/training-run.js";
import { expectedShare, type OptionText, optionInProgram } from "./wording.js";

/** The options of {@link trainTable}. */
export interface TrainTableOptions {
  /** The column that is predicted. */
  target: string;
  /** Whether a number or a class is predicted. Default: as its values look. */
  task?: Task | undefined;
  /**
   * Whether the target, whose values are all positive, is learned by its logarithm: predictions are its exponential, and scores are in
   * the units of the table. Default false.
   */
  log?: boolean;
  /** Columns that are not learned from. Default: none. */
  ignore?: readonly string[];
  /**
   * Columns that are categories even where they hold numbers or dates, such as codes: each distinct value, as it is written, is an
   * input of its own. Default: none.
   */
  categorical?: readonly string[];
  /** Whether a first column that numbers the rows, or has no name, is learned from like others. Default false. */
  keepRowNumbers?: boolean;
  /**
   * Of two classes, the probability of the second one (in the order of `schema.target.categories`) from which on it is predicted.
   * Where it is rare, its share of the rows finds more of it, at the price of accuracy. Default: the more probable class is predicted.
   */
  threshold?: number | undefined;
  /** Units of the hidden layers; [] is a linear model. Default [16]. */
  hidden?: readonly number[];
  /** Behind each hidden layer. Default "tanh". */
  activation?: ActivationWord;
  /** Default "mse" for numbers, "crossentropy" for classes. */
  loss?: LossWord | undefined;
  /** Of Rprop. Default "irprop-". */
  variant?: RpropVariant;
  /**
   * So many networks are trained, each with first weights and validation rows of its own; the model is their mean (an Ensemble).
   * Default 10, and 1 for a linear model or where the rows do not fit into memory.
   */
  networks?: number | undefined;
  /**
   * Weight decay in standard units: it does the same whatever the unit of the target. Weights alone decay, no biases. Default 0.001,
   * and 0 for a linear model.
   */
  decay?: number | undefined;
  /**
   * Scores come from cross-validation with so many folds: every row is predicted by networks that know nothing of it. Of more than
   * 10,000 rows one fold is scored; fewer than 200 are divided three times. 0: none, and scores are of the validation rows, which
   * look better than they are. Default 5, where the rows fit into memory.
   */
  folds?: number;
  /** The maximum number of epochs, of each network. Default 1000. */
  epochs?: number;
  /** Early stopping: epochs without a better loss that end training. Default 50. */
  patience?: number;
  /**
   * The share of the rows that a network is not trained on: they choose its best epoch. 0: none. "last", for rows in the order of
   * time: the last fifth of the rows, and folds whose rows all come behind those that are trained on. Default 0.2.
   */
  validation?: number | "last";
  /**
   * A column whose rows of one value, such as a patient, stay together: they are all trained on, or all for validation, or all of one
   * fold. It is no input. Default: none.
   */
  group?: string | undefined;
  /** Of the first weights and of the validation rows. Default 0. */
  seed?: number;
  /** Text columns of more distinct values are ignored. Default 100. */
  categories?: number;
  /** Bytes that rows may take; where they take more, they are read again for each epoch. Default 1 GiB. */
  memory?: number;
  /** How the table is written. Default: found in it; the first line has names unless it is all numbers. */
  csv?: CsvOptions;
  /** What the table is called in the model's history. */
  name?: string | undefined;
  /** What was typed, for the model's history. */
  command?: string | undefined;
  /** Ends everything at once: the promise rejects with its reason. */
  signal?: AbortSignalLike | undefined;
  /** Asked before every step: true ends training with the best model so far. */
  stop?: () => boolean;
  /** Called after each epoch of the first network, as `fit` does; false ends its training, a promise is awaited. */
  onEpoch?: OnEpoch;
  /** Told how many bytes of the source were read. */
  onProgress?: OnProgress;
  /** Told every note as it is found: the result has all of them. */
  onNote?: (note: string) => void;
  /** Told how large the table is. */
  onDescribed?: (described: Described) => void;
  /** Called before training; a promise is awaited. */
  onBegin?: (begun: Begun) => unknown;
  /** Called after each network, of the model and of the folds; a promise is awaited. */
  onNetwork?: (progress: NetworkProgress) => unknown;
  /** Called after training, before the model is measured: its history has no scores yet. A promise is awaited. */
  onTrained?: (model: TableModel, fit: Course) => unknown;
  /** How notes and messages name an option and a value for it. Default: `task: "regress"`. */
  optionText?: OptionText;
}

/** All of them, checked. */
export type TrainSettings = Required<Omit<TrainTableOptions, Absent>> & {
  [Key in Absent]: TrainTableOptions[Key] | undefined;
};
/** Options that may have no value. */
type Absent = "task" | "loss" | "networks" | "threshold" | "group" | "name" | "command" | "signal";

const checkText = (name: string, value: unknown) => {
  if (typeof value !== "string") throw wrongType(name, "a text", value);
};

const checkTexts = (name: string, value: unknown) => {
  if (!Array.isArray(value) || value.some((each) => typeof each !== "string"))
    throw wrongType(name, "an array of names", value);
};

const checkUnits = (name: string, value: unknown) => {
  if (!Array.isArray(value)) throw wrongType(name, "an array of units such as [16]", value);
  value.forEach((units, i) => {
    checkPositiveInteger(`${name}[${i}]`, units);
  });
};

const choice =
  (choices: readonly string[], others: Readonly<Record<string, string>> = {}) =>
  (name: string, value: unknown) =>
    checkWord(name, choices, value, others);

const checkFolds = (name: string, value: unknown) =>
  checkNumber(
    name,
    "0, or a whole number from 2 to 100",
    value,
    (folds) => Number.isInteger(folds) && folds >= 0 && folds <= 100 && folds !== 1,
  );

/** Of networks with hidden layers: bench/tables measures what others do. */
const DECAY = 0.001;

const OPTIONS: OptionTable<TrainSettings> = /* @__PURE__ */ (() => ({
  target: ["", checkText],
  task: [undefined, choice(["regress", "classify"], TASK_WORDS)],
  log: [false, checkBoolean],
  ignore: [[], checkTexts],
  categorical: [[], checkTexts],
  keepRowNumbers: [false, checkBoolean],
  hidden: [[16], checkUnits],
  activation: ["tanh", choice(ACTIVATION_WORDS)],
  loss: [undefined, choice(LOSS_WORDS, OTHER_LOSS_WORDS)],
  variant: ["irprop-", choice(VARIANTS)],
  epochs: [1000, checkPositiveInteger],
  patience: [50, checkPositiveInteger],
  validation: [
    0.2,
    (name, value) => {
      if (value !== "last")
        checkNumber(name, expectedShare(value), value, (share) => share >= 0 && share < 1);
    },
  ],
  threshold: [
    undefined,
    (name, value) =>
      checkNumber(
        name,
        "a probability between 0 and 1, such as 0.3",
        value,
        (share) => share > 0 && share < 1,
      ),
  ],
  group: [undefined, checkText],
  networks: [undefined, checkPositiveInteger],
  decay: [DECAY, checkNonNegative],
  folds: [5, checkFolds],
  seed: [0, (_, value) => checkSeed(value)],
  categories: [100, checkPositiveInteger],
  memory: [2 ** 30, checkNonNegative],
  csv: [{}],
  name: [undefined, checkText],
  command: [undefined, checkText],
  signal: [undefined, checkSignal],
  stop: [() => false, checkFunction],
  onEpoch: [() => true, checkFunction],
  onProgress: [() => {}, checkFunction],
  onNote: [() => {}, checkFunction],
  onDescribed: [() => {}, checkFunction],
  onBegin: [() => {}, checkFunction],
  onNetwork: [() => {}, checkFunction],
  onTrained: [() => {}, checkFunction],
  optionText: [optionInProgram, checkFunction],
}))();

/** @throws TypeError or RangeError for options that are unknown or out of range */
export function trainSettings(options: TrainTableOptions): TrainSettings {
  const needed = '{ target: "…" }, the name of the column that is predicted';
  if (!isPlainObject(options)) throw wrongType("options", needed, options);
  const given = optionsOf(options, OPTIONS);
  if (options.target === undefined) throw wrongType("options", needed, new Verbatim("no target"));
  const isLinear = given.hidden.length === 0;
  const settings = { ...given, decay: options.decay ?? (isLinear ? 0 : given.decay) };
  checkText("target", options.target);
  if (settings.ignore.includes(settings.target))
    throw wrongType("ignore", "columns other than the target", settings.target);
  if (settings.group === settings.target)
    throw wrongType("group", "a column other than the target", settings.target);
  if (settings.group !== undefined && settings.validation === "last")
    throw wrongValue(
      "group",
      `no column beside ${settings.optionText("validation", "last")}, which may cut a group in two`,
      settings.group,
    );
  if (settings.log && settings.task === "classify")
    throw wrongValue("log", 'false for task: "classify", since classes have no logarithm', true);
  if (settings.categorical.includes(settings.target))
    throw wrongType(
      "categorical",
      `columns other than the target, of which ${settings.optionText("task", "classify")} makes classes`,
      settings.target,
    );
  return settings;
}

/** What a model is said to have been trained with. */
export function shownOptions(
  settings: TrainSettings,
  task: Task,
  loss: LossWord,
  networks: number,
  folds: number,
): Readonly<Record<string, unknown>> {
  const { hidden, activation, variant, decay, epochs, patience, validation, group, threshold, seed } =
    settings;
  const { categorical, log } = settings;
  const read = {
    ...(log && { scale: "log" }),
    ...(categorical.length > 0 && { categorical: categorical.join(",") }),
  };
  const layers = hidden.length > 0 ? { hidden: hidden.join(","), activation } : { hidden: "none" };
  return {
    task,
    ...read,
    ...layers,
    networks,
    loss,
    variant,
    decay,
    epochs,
    patience,
    validation,
    ...(group !== undefined && { group }),
    ...(threshold !== undefined && { threshold }),
    folds,
    seed,
  };
}
