import { counted } from "../errors.js";
import { manualSeed, Rprop } from "../index.js";
import { heldCount } from "../train/hold-out.js";
import { grouped } from "../view/digits.js";
import { type History, writeModel } from "./results/model-file.js";
import { report } from "./results/report.js";
import { type Scorer, scorerOf } from "./results/scores.js";
import { scoresText } from "./results/summary.js";
import { Clock } from "./shell/clock.js";
import type { Command, Given } from "./shell/command-line.js";
import { DIVERGED, Diverged, INTERRUPTED, OK } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { checkDifferent, checkReplaceable, write } from "./shell/output-file.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { CsvFile, csvFormatOf } from "./table/csv-file.js";
import { DividedRows } from "./table/divided-rows.js";
import { planOf } from "./table/plan.js";
import { inputWidth, outputWidth, type Schema } from "./table/schema.js";
import { lossOf, networkOf } from "./training/network.js";
import { lossNameFor, type Options, optionsOf, shownOptions, signature } from "./training/options.js";
import { type Course, train as learn } from "./training/run.js";
import { type TrainingSet, trainingSetOf } from "./training/training-set.js";

const TOO_LARGE =
  "numbers are too large for float32: give them in larger units, such as millions, or leave a column out (--ignore)";

/** rprop train */
export const train: Command = { signature, run };

async function run([path]: readonly string[], given: Given, command: string): Promise<number> {
  const options = optionsOf(given);
  const { format, csv } = csvFormatOf(given);
  const { out = "model.safetensors", report: page } = given;
  checkDifferent({ out, report: page });
  const quiet = given.quiet !== undefined;
  const tell = quiet ? () => {} : say;
  const interruption = new Interruption();
  const clock = new Clock();
  const file = await CsvFile.open(path as string, csv, true);
  for (const output of [out, page]) if (output !== undefined) await checkReplaceable(output);

  const survey = await file.survey(Math.max(1000, options.categories));
  const plan = planOf(survey, file.path, { ...options, format });
  const lossName = lossNameFor(plan.target, options);
  const size = `${counted(survey.rows, "row")}, ${counted(survey.columns.length, "column")}`;
  for (const words of [`${file.path}: ${grouped(size)}`, ...plan.words]) tell(words);
  clock.lap("surveying");

  const { inputs, target } = plan;
  const columns = { format, inputs, target };
  const wanted = options.validation === 0 ? 0 : heldCount(options.validation, plan.rows);
  const source = new DividedRows(file, columns, plan.rows, wanted, options.seed);
  const isLinear = options.hidden.length === 0 && lossName === "mse";
  const set = await trainingSetOf(source, isLinear, options.memory, interruption);
  const { held } = set.source;
  const schema: Schema = { ...columns, baseline: set.baseline };
  clock.lap("reading");

  if (held < wanted)
    tell(grouped(`${counted(held, "row")} held back, not ${wanted}: there is no memory for more`));
  tell(undertaking(options, schema, set));
  manualSeed(options.seed);
  const model = networkOf(target, options.hidden, options.activation, set.x, set.y);
  const optimizer = new Rprop(model.parameters(), { variant: options.variant });
  const { epochs, patience } = options;
  const settings = { loss: lossOf(lossName, set.y), optimizer, epochs, patience };
  interruption.wait("stopping, with the best model so far (Ctrl-C again leaves at once)");
  const course = await learn(model, set, settings, interruption, quiet);
  if (course.stopReason === "diverged" && course.completed === 0)
    throw new Diverged(`the loss is ${course.loss} from the beginning: ${TOO_LARGE}`);
  clock.lap("training");

  const history: History = {
    command,
    file: file.path,
    rows: { training: set.source.training, held },
    options: shownOptions(options, target, lossName),
    epochs: {
      completed: course.completed,
      best: course.bestEpoch,
      stopped: interruption.requested ? "interruption" : course.stopReason,
    },
    scores: null,
  };
  await writeModel(out, model, { schema, history }); // measuring may be interrupted
  interruption.leaveWith(`model: ${out}`);
  tell(endOf(course, interruption.requested, patience));
  const scorer = scorerOf(model, schema);
  await measure(scorer, set);
  const scores = scorer.result();
  const whole = { ...history, scores };
  await writeModel(out, model, { schema, history: whole });
  if (page !== undefined) await write(page, report(schema, whole, course, scores, scorer.pairs));
  clock.lap("measuring");

  if (given.json !== undefined) {
    const { loss, validationLoss } = course;
    const files = { model: out, report: page ?? null };
    const work = { bytes: file.bytes, milliseconds: clock.laps };
    await print(`${JSON.stringify({ ...whole, ...files, target, inputs, loss, validationLoss, ...work })}\n`);
  } else {
    const title = held > 0 ? "on rows held back" : "on the rows trained on, as none were held back";
    const text = scoresText(title, scores, schema, printedWidth());
    await print(`${text}\n\nmodel: ${out}\n${page === undefined ? "" : `report: ${page}\n`}`);
  }
  interruption.dispose();
  if (interruption.requested) return INTERRUPTED;
  return course.stopReason === "diverged" ? DIVERGED : OK;
}

/** Asks the model about the rows that were held back, or about all where there are none. */
async function measure(scorer: Scorer, { source, measured }: TrainingSet): Promise<void> {
  if (measured !== null) scorer.add(measured);
  else
    for await (const { training, held } of source.read("measuring on"))
      scorer.add(source.held > 0 ? held : training);
}

function undertaking({ hidden }: Options, { inputs, target }: Schema, { source, way }: TrainingSet): string {
  const widths = [inputWidth(inputs), ...hidden, outputWidth(target)].join(" → ");
  const held = source.held > 0 ? `${source.held} held back` : "none held back";
  return grouped(`training ${widths} on ${counted(source.training, "row")}${way}, ${held}`);
}

function endOf({ stopReason, completed, bestEpoch }: Course, interrupted: boolean, patience: number): string {
  const epochs = counted(completed, "epoch");
  const best = `the best model, after ${bestEpoch}, is kept`;
  const reasons = {
    patience: `ended after ${epochs}, of which the last ${patience} were no better; ${best}`,
    limit: `ended after all ${epochs}; ${best}`,
    diverged: `diverged after ${epochs}: ${TOO_LARGE}; ${best}`,
    converged: `converged after ${epochs}; ${best}`,
    stopped: `interrupted after ${epochs}; ${best}`,
    target: "",
  };
  return grouped(interrupted ? reasons.stopped : reasons[stopReason]);
}
