import { VARIANTS } from "../../optim/variants.js";
import { hiddenUnits, type TrainTableOptions } from "../../table/index.js";
import { type TrainSettings, trainSettings } from "../../table/train-options.js";
import { ACTIVATION_WORDS } from "../../table/training/network.js";
import { type Given, listGiven, numberOf, optionText, type Signature } from "../shell/command-line.js";
import { UsageError } from "../shell/failure.js";
import { checkedAsTyped, numberIn, typedOption } from "../shell/typed-option.js";
import { CSV_OPTIONS } from "../table/csv-options.js";
import { memoryLimit } from "./memory.js";

const DEFAULTS = trainSettings({ target: "" });

export const signature: Signature = {
  name: "train",
  summary: "Trains a model that predicts one column of a table from the others, and writes it to a file.",
  operands: ["data.csv"],
  options: {
    target: { value: "COLUMN", help: "the column to predict (required)" },
    task: { value: "TASK", help: "regress or classify (default: as the target's values look)" },
    log: { help: "learns the logarithm of the target, which has to be positive, and predicts the target" },
    ignore: { value: "COLUMNS", help: "columns to ignore, such as id,name" },
    categorical: { value: "COLUMNS", help: "columns of codes to read as categories, such as zip,grade" },
    "keep-row-numbers": { help: "keeps a first column that numbers the rows, or has no name, as an input" },
    hidden: {
      value: "UNITS",
      help: `units of the hidden layers, such as 16,16; none: a linear model (default ${DEFAULTS.hidden})`,
    },
    activation: {
      value: "NAME",
      help: `between layers: ${ACTIVATION_WORDS.join(", ")} (default ${DEFAULTS.activation})`,
    },
    loss: { value: "NAME", help: "mse, l1 or huber for numbers (default mse), crossentropy for classes" },
    networks: { value: "N", help: "networks whose mean is the model (default 10; linear: 1)" },
    decay: { value: "NUMBER", help: `weight decay in standard units (default ${DEFAULTS.decay}; linear: 0)` },
    variant: { value: "NAME", help: `of Rprop: ${VARIANTS.join(", ")} (default ${DEFAULTS.variant})` },
    epochs: { value: "N", help: `the maximum, of each network (default ${DEFAULTS.epochs})` },
    patience: {
      value: "N",
      help: `ends after so many epochs without a better loss (default ${DEFAULTS.patience})`,
    },
    validation: {
      value: "SHARE",
      help: `of the rows, which choose a network's best epoch; 0: none; last: the last fifth (default ${DEFAULTS.validation})`,
    },
    threshold: {
      value: "SHARE",
      help: "of two classes: the probability of the second one from which on it is predicted",
    },
    group: {
      value: "COLUMN",
      help: "rows of one value of it, such as a patient, stay together; it is no input",
    },
    folds: {
      value: "N",
      help: `of the cross-validation that scores the model; 0: validation rows score it (default ${DEFAULTS.folds})`,
    },
    "require-better": { help: "ends with exit code 4 where the model is no better than the baseline" },
    seed: { value: "N", help: `of first weights, validation rows and folds (default ${DEFAULTS.seed})` },
    out: { value: "FILE", help: "where the model goes (default model.safetensors)" },
    report: { value: "FILE", help: "writes all of the run as an HTML page" },
    categories: {
      value: "N",
      help: `text columns of more distinct values are ignored (default ${DEFAULTS.categories})`,
    },
    ...CSV_OPTIONS,
    memory: {
      value: "MB",
      help: "rows that need more are read anew for each epoch (default: half of the memory)",
    },
    json: { help: "prints the results as JSON" },
    quiet: { help: "says nothing but results and errors" },
  },
  notes: `Ctrl-C ends training with the best model so far; a second one ends at once. Files of earlier runs are
replaced, others are not. Exit codes: 0 done, 1 data or files, 2 usage, 3 diverged, 4 no better than
the baseline under --require-better, 130 interrupted by Ctrl-C, 143 by SIGTERM.`,
};

/** What is given, and the defaults of trainTable. @throws UsageError */
export function trainOptionsOf(given: Given): TrainSettings {
  const { target } = given;
  if (target === undefined)
    throw new UsageError("rprop train: --target is missing: which column is to be predicted?");
  const memory = numberOf(given, "memory", null, "megabytes, a number of at least 0", (value) => value >= 0);
  const options = {
    target,
    task: given.task,
    log: given.log !== undefined,
    ignore: listGiven(given, "ignore"),
    categorical: listGiven(given, "categorical"),
    hidden: hiddenOf(given),
    activation: given.activation,
    loss: given.loss,
    variant: given.variant,
    epochs: numberIn(given.epochs),
    patience: numberIn(given.patience),
    validation: numberIn(given.validation),
    threshold: numberIn(given.threshold),
    group: given.group,
    networks: numberIn(given.networks),
    decay: numberIn(given.decay),
    folds: numberIn(given.folds),
    seed: numberIn(given.seed),
    categories: numberIn(given.categories),
    keepRowNumbers: given["keep-row-numbers"] !== undefined,
    memory: memory === null ? memoryLimit() : memory * 1e6,
    optionText: typedOption,
  };
  const settings = checkedAsTyped(() => trainSettings(options as TrainTableOptions));
  if (settings.hidden.length === 0 && given.activation !== undefined)
    throw new UsageError("--activation: there are no hidden layers (--hidden none)");
  checkEnding(given.out);
  return settings;
}

/** @throws UsageError for a file that is called as if it were no model, but what other options write */
function checkEnding(out = ""): void {
  const ending = /\.(onnx|js|c|html)$/i.exec(out)?.[1]?.toLowerCase();
  if (ending === undefined) return;
  const instead =
    ending === "html"
      ? `${optionText("report", out)} writes a page`
      : `leave it away, then rprop export model.safetensors ${optionText(ending, out)}`;
  throw new UsageError(`--out: a model is written as safetensors, got ${JSON.stringify(out)}: ${instead}`);
}

function hiddenOf({ hidden }: Given): number[] | undefined {
  if (hidden === undefined) return undefined;
  const units = hiddenUnits(hidden);
  if (units !== null) return units;
  throw new UsageError(
    `--hidden: expected units such as 16 or 32,16, or none, got ${JSON.stringify(hidden)}`,
  );
}
