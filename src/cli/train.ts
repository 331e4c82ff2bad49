import { counted, isExhausted } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { manualSeed, Rprop } from "../index.js";
import type { Content } from "../node/atomic-file.js";
import { heldCount } from "../random/hold-out.js";
import { contentOf, type History } from "../table/file/model-file.js";
import { type LossName, lossOf, networkOf } from "../table/fit/network.js";
import { type Scorer, type Scores, scorerOf } from "../table/fit/scores.js";
import { type Course, train as learn } from "../table/fit/training-run.js";
import { planOf } from "../table/plan/plan.js";
import { DividedRows } from "../table/rows/divided-rows.js";
import { type TrainingSet, trainingSetOf } from "../table/rows/training-set.js";
import type { CsvFormat } from "../table/schema.js";
import { type Columns, inputWidth, outputWidth, type Schema, type Target } from "../table/schema.js";
import { report } from "./results/report.js";
import { scoresText } from "./results/summary.js";
import { Clock } from "./shell/clock.js";
import type { Command, Given } from "./shell/command-line.js";
import { DIVERGED, Diverged, Failure, failureOf, INTERRUPTED, OK } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { checkDifferent, checkOutput, publish, staged } from "./shell/output-file.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { Advice } from "./table/advice.js";
import { CsvFile, csvFormatOf } from "./table/csv-file.js";
import { epochsShown } from "./training/epochs-shown.js";
import { lossNameFor, type Options, optionsOf, shownOptions, signature } from "./training/options.js";

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
  const tell: Tell = quiet ? () => {} : say;
  const interruption = new Interruption();
  const clock = new Clock();
  const file = await CsvFile.open(path as string, csv, true);
  await checkOutput(out, "out");
  if (page !== undefined) await checkOutput(page, "report");

  const { columns, rows, loss, words } = await planOn(file, format, options, tell);
  clock.lap("surveying");
  const set = await readRows(file, columns, rows, loss, options, interruption, tell);
  const schema: Schema = { ...columns, baseline: set.baseline };
  clock.lap("reading");

  const { model, optimizer } = begun(columns.target, set, options);
  const { epochs, patience } = options;
  interruption.wait("stopping, with the best model so far (Ctrl-C again leaves at once)");
  const settings = { loss: lossOf(loss, set.y), optimizer, epochs, patience };
  const course = await learn(
    model,
    set,
    settings,
    () => interruption.requested,
    quiet ? () => {} : epochsShown(interruption),
  );
  if (course.stopReason === "diverged" && course.completed === 0)
    throw new Diverged(`the loss is ${course.loss} from the beginning: ${TOO_LARGE}`);
  clock.lap("training");

  const { training, held } = set.source;
  const { completed, bestEpoch } = course;
  const isInterrupted = interruption.requested;
  const stopped = isInterrupted ? "interruption" : course.stopReason;
  const trained: Omit<History, "scores"> = {
    command,
    file: file.path,
    rows: { training, held },
    options: shownOptions(options, columns.target, loss),
    notes: [...words, ...set.source.words],
    epochs: { completed, best: bestEpoch, stopped },
  };
  const modelWith = (scores: Scores | null) => {
    const content = contentOf(model, { schema, history: { ...trained, scores } });
    return { path: out, content };
  };
  const unmeasured = await staged([modelWith(null)]);
  interruption.leaveBy(() => {
    publish(unmeasured);
    return `model: ${oneLine(out)}`;
  });
  tell(endOf(course, isInterrupted, patience));
  const scorer = scorerOf(model, schema);
  await measure(scorer, set);
  const scores = scorer.result();
  const history: History = { ...trained, scores };
  const outputs: Content[] = [modelWith(scores)];
  if (page !== undefined)
    outputs.push({ path: page, content: report(schema, history, course, scores, scorer.pairs) });
  publish(await staged(outputs));
  unmeasured.discard();
  const paths = [`model: ${oneLine(out)}`, ...(page === undefined ? [] : [`report: ${oneLine(page)}`])];
  interruption.leaveBy(() => paths.join("\n"));
  clock.lap("measuring");

  if (given.json === undefined) {
    const title = held > 0 ? "on rows held back" : "on the rows trained on, as none were held back";
    const text = scoresText(title, scores, schema, printedWidth());
    await print(`${text}\n\n${paths.join("\n")}\n`);
  } else {
    const { loss, validationLoss } = course;
    const files = { model: out, report: page ?? null };
    const work = { bytes: file.bytes, milliseconds: clock.laps };
    const { target, inputs } = columns;
    await print(
      `${JSON.stringify({ ...history, ...files, target, inputs, loss, validationLoss, ...work })}\n`,
    );
  }
  interruption.dispose();
  if (interruption.requested) return INTERRUPTED;
  return course.stopReason === "diverged" ? DIVERGED : OK;
}

type Tell = (words: string) => void;

/** What is to be learnt from what, how; rows: of which the target is known. */
async function planOn(file: CsvFile, format: CsvFormat, options: Options, tell: Tell) {
  const survey = await file.survey(Math.max(1000, options.categories));
  const advice = await Advice.on(file, survey, format);
  const { inputs, target, rows, words } = inWords(file, () => planOf(survey, { ...options, advice }));
  const loss = lossNameFor(target, options);
  const size = `${counted(survey.rows, "row")}, ${counted(survey.columns.length, "column")}`;
  for (const line of [`${file.name}: ${withThousands(size)}`, ...words]) tell(line);
  return { columns: { format, inputs, target } satisfies Columns, rows, loss, words };
}

function inWords<T>(file: CsvFile, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw failureOf(file.path === "-" ? "stdin" : file.path, error);
  }
}

async function readRows(
  file: CsvFile,
  columns: Columns,
  rows: number,
  loss: LossName,
  options: Options,
  interruption: Interruption,
  tell: Tell,
): Promise<TrainingSet> {
  const wanted = options.validation === 0 ? 0 : heldCount(options.validation, rows);
  const source = new DividedRows(file, columns, rows, wanted, options.seed);
  const isLinear = options.hidden.length === 0 && loss === "mse";
  const set = await trainingSetOf(source, isLinear, options.memory, () => interruption.requested);
  const { held, training, words } = set.source;
  for (const line of words) tell(line);
  if (held < wanted)
    tell(withThousands(`${counted(held, "row")} held back, not ${wanted}: there is no memory for more`));
  const widths = [inputWidth(columns.inputs), ...options.hidden, outputWidth(columns.target)].join(" → ");
  const others = held > 0 ? `${held} held back` : "none held back";
  tell(withThousands(`training ${widths} on ${counted(training, "row")}${set.way}, ${others}`));
  return set;
}

/** @throws Failure for a network that is too large */
function begun(target: Target, { x, y }: TrainingSet, { seed, hidden, activation, variant }: Options) {
  try {
    manualSeed(seed);
    const model = networkOf(target, hidden, activation, x, y);
    return { model, optimizer: new Rprop(model.parameters(), { variant }) };
  } catch (error) {
    if (!isExhausted(error)) throw error;
    const weights = [x.columns, ...hidden, outputWidth(target)].join(" → ");
    throw new Failure(`there is no memory for a network of ${weights}: --hidden takes fewer units`);
  }
}

/** Asks the model about the rows that were held back, or about all where there are none. */
async function measure(scorer: Scorer, { source, measured }: TrainingSet): Promise<void> {
  if (measured !== null) scorer.add(measured);
  else
    for await (const { training, held } of source.read("measuring on"))
      scorer.add(source.held > 0 ? held : training);
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
  return withThousands(interrupted ? reasons.stopped : reasons[stopReason]);
}
