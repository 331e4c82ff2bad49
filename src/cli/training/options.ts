import type { RpropVariant } from "../../index.js";
import { VARIANTS } from "../../optim/variants.js";
import type { OptionText, Task } from "../../table/index.js";
import { OTHER_LOSS_WORDS, TASK_WORDS } from "../../table/text/other-words.js";
import {
  ACTIVATION_WORDS,
  type ActivationWord,
  LOSS_WORDS,
  type LossWord,
} from "../../table/training/network.js";
import {
  choiceOf,
  type Given,
  listGiven,
  numberOf,
  optionText,
  type Signature,
} from "../shell/command-line.js";
import { UsageError } from "../shell/failure.js";
import { typedOption } from "../shell/typed-option.js";
import { CSV_OPTIONS } from "../table/csv-options.js";
import { memoryLimit } from "./memory.js";

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
      help: "units of the hidden layers, such as 16,16; none: a linear model (default 16)",
    },
    activation: {
      value: "NAME",
      help: `between layers: ${ACTIVATION_WORDS.join(", ")} (default tanh)`,
    },
    loss: { value: "NAME", help: "mse, l1 or huber for numbers (default mse), crossentropy for classes" },
    networks: { value: "N", help: "networks whose mean is the model (default 10; linear: 1)" },
    decay: { value: "NUMBER", help: "weight decay in standard units (default 0.001; linear: 0)" },
    variant: { value: "NAME", help: `of Rprop: ${VARIANTS.join(", ")} (default irprop-)` },
    epochs: { value: "N", help: "at most (default 1000)" },
    patience: { value: "N", help: "ends after so many epochs without a better loss (default 50)" },
    validation: {
      value: "SHARE",
      help: "of the rows, which choose a network's best epoch; 0: none (default 0.2)",
    },
    folds: {
      value: "N",
      help: "of the cross-validation that scores the model; 0: validation rows score it (default 5)",
    },
    "require-better": { help: "ends with exit code 4 where the model is no better than the baseline" },
    seed: { value: "N", help: "of first weights, validation rows and folds (default 0)" },
    out: { value: "FILE", help: "where the model goes (default model.safetensors)" },
    report: { value: "FILE", help: "writes all of the run as an HTML page" },
    categories: { value: "N", help: "text columns of more distinct values are ignored (default 100)" },
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

export interface Options {
  readonly target: string;
  readonly task: Task | undefined;
  readonly log: boolean;
  readonly ignore: readonly string[];
  readonly categorical: readonly string[];
  readonly hidden: readonly number[];
  readonly activation: ActivationWord;
  readonly loss: LossWord | undefined;
  readonly variant: RpropVariant;
  readonly epochs: number;
  readonly patience: number;
  readonly networks: number | undefined;
  readonly decay: number | undefined;
  readonly validation: number;
  readonly folds: number;
  readonly seed: number;
  readonly categories: number;
  readonly keepRowNumbers: boolean;
  /** In bytes. */
  readonly memory: number;
  readonly optionText: OptionText;
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 1;

const isFolds = (value: number) => value === 0 || (isCount(value) && value >= 2 && value <= 100);

/** @throws UsageError */
export function trainOptionsOf(given: Given): Options {
  const { target } = given;
  if (target === undefined)
    throw new UsageError("rprop train: --target is missing: which column is to be predicted?");
  const count = (name: string, otherwise: number) =>
    numberOf(given, name, otherwise, "a whole number of at least 1", isCount);
  const memory = numberOf(given, "memory", null, "megabytes, a number of at least 0", (value) => value >= 0);
  const options = {
    target,
    task: choiceOf<Task>(given, "task", ["regress", "classify"], TASK_WORDS),
    log: given.log !== undefined,
    ignore: listGiven(given, "ignore"),
    categorical: listGiven(given, "categorical"),
    hidden: hiddenOf(given),
    activation: choiceOf(given, "activation", ACTIVATION_WORDS) ?? "tanh",
    loss: choiceOf(given, "loss", LOSS_WORDS, OTHER_LOSS_WORDS),
    variant: choiceOf(given, "variant", VARIANTS) ?? "irprop-",
    epochs: count("epochs", 1000),
    patience: count("patience", 50),
    validation: shareOf(given),
    networks: given.networks === undefined ? undefined : count("networks", 1),
    decay:
      given.decay === undefined
        ? undefined
        : numberOf(given, "decay", 0, "a number of at least 0", (value) => value >= 0),
    folds: numberOf(given, "folds", 5, "0, or a whole number from 2 to 100", isFolds),
    seed: numberOf(given, "seed", 0, "a whole number", Number.isSafeInteger),
    categories: count("categories", 100),
    keepRowNumbers: given["keep-row-numbers"] !== undefined,
    memory: memory === null ? memoryLimit() : memory * 1e6,
    optionText: typedOption,
  };
  if (options.hidden.length === 0 && given.activation !== undefined)
    throw new UsageError("--activation: there are no hidden layers (--hidden none)");
  checkEnding(given.out);
  if (options.ignore.includes(target)) throw new UsageError("--ignore: the target cannot be ignored");
  if (options.log && options.task === "classify") throw new UsageError("--log: classes have no logarithm");
  if (options.categorical.includes(target))
    throw new UsageError(
      "--categorical: the target is none of the inputs; --task classify predicts its values as classes",
    );
  return options;
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

/** @throws UsageError, which names the share where percent are given */
function shareOf(given: Given): number {
  const percent = /^(\d+(?:\.\d+)?)%?$/.exec(given.validation ?? "")?.[1];
  const share = Number(percent) / 100;
  const isPercent = given.validation?.endsWith("%") || share > 0.01;
  const hint = isPercent && share > 0 && share < 1 ? `, such as ${share}` : "";
  const expected = `a share from 0 to below 1${hint}`;
  return numberOf(given, "validation", 0.2, expected, (value) => value >= 0 && value < 1);
}

function hiddenOf(given: Given): number[] {
  if (given.hidden === undefined) return [16];
  if (given.hidden === "none") return [];
  const units = given.hidden.split(",").map((text) => (text.trim() === "" ? NaN : Number(text)));
  if (units.every(isCount)) return units;
  throw new UsageError(
    `--hidden: expected units such as 16 or 32,16, or none, got ${JSON.stringify(given.hidden)}`,
  );
}
