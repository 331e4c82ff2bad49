import { pluralize } from "../errors.js";
import { oneLine } from "../escapes.js";
import { withThousands } from "../format-number.js";
import { Ensemble, type OnEpoch } from "../index.js";
import type { Content } from "../node/atomic-file.js";
import { type Begun, type Course, type Explanation, type TrainedTable, trainTable } from "../table/index.js";
import { isBetter, scoredText } from "../table/text/score-lines.js";
import { tooLarge } from "../table/wording.js";
import { report } from "./results/report.js";
import { scoresText } from "./results/summary.js";
import { Clock } from "./shell/clock.js";
import type { Command, Given } from "./shell/command-line.js";
import { DIVERGED, NO_BETTER, OK } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { checkDifferent, checkOutput, publish, staged } from "./shell/output-file.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";
import { epochsShown } from "./training/epochs-shown.js";
import { networksShown } from "./training/networks-shown.js";
import { type Options, signature, trainOptionsOf } from "./training/options.js";

/** rprop train */
export const trainCommand: Command = { signature, run };

async function run([path]: readonly string[], given: Given, command: string): Promise<number> {
  const options = trainOptionsOf(given);
  const csv = csvOptionsOf(given);
  const { out = "model.safetensors", report: page } = given;
  checkDifferent({ out, report: page });
  const tell: (words: string) => void = given.quiet === undefined ? say : () => {};
  const interruption = new Interruption();
  const clock = new Clock();
  const file = await TableFile.open(path as string, true);
  await checkOutput(out, "out");
  if (page !== undefined) await checkOutput(page, "report");

  let showEpoch: OnEpoch = () => true;
  let unmeasured: Awaited<ReturnType<typeof staged>> | null = null;
  const result = await trained(file, {
    ...options,
    csv,
    command,
    name: file.path,
    onProgress: file.onProgress,
    onNote: tell,
    onDescribed({ rows, columns }) {
      clock.lap("surveying");
      tell(`${file.name}: ${withThousands(`${pluralize(rows, "row")}, ${pluralize(columns, "column")}`)}`);
    },
    onBegin(begun) {
      clock.lap("reading");
      for (const line of beginning(begun)) tell(line);
      if (begun.networks === 1 && given.quiet === undefined) showEpoch = epochsShown(interruption);
      interruption.wait("stopping, with the best model so far (Ctrl-C again leaves at once)");
    },
    stop: () => interruption.requested,
    onEpoch: (record) => showEpoch(record),
    onNetwork: given.quiet === undefined ? networksShown(interruption) : () => {},
    async onTrained(model, fit) {
      clock.lap("training");
      const files = await staged([{ path: out, content: model.encode() }]);
      unmeasured = files;
      interruption.leaveBy(() => {
        publish(files);
        return `model: ${oneLine(out)}`;
      });
      showEpoch.end?.();
      const { modules = [] } = model.module instanceof Ensemble ? model.module : {};
      tell(endOf(fit, modules.length, interruption.requested, options));
    },
  });
  const outputs: Content[] = [{ path: out, content: result.model.encode() }];
  if (page !== undefined)
    outputs.push({ path: page, content: report(result, await explained(file, result, options)) });
  publish(await staged(outputs));
  (unmeasured as Awaited<ReturnType<typeof staged>> | null)?.discard();
  const paths = [`model: ${oneLine(out)}`, ...(page === undefined ? [] : [`report: ${oneLine(page)}`])];
  interruption.leaveBy(() => paths.join("\n"));
  clock.lap("measuring");

  const work = { bytes: file.bytes, milliseconds: clock.laps };
  await print(
    given.json === undefined
      ? summaryOf(result, paths)
      : jsonOf(result, { model: out, report: page ?? null }, work),
  );
  interruption.dispose();
  if (interruption.exitCode !== null) return interruption.exitCode;
  if (result.fit.stopReason === "diverged") return DIVERGED;
  return given["require-better"] !== undefined && !isBetter(result.scores) ? NO_BETTER : OK;
}

async function trained(file: TableFile, options: Parameters<typeof trainTable>[1]): Promise<TrainedTable> {
  try {
    return await trainTable(file.read, options);
  } catch (error) {
    throw file.failureOf(error);
  }
}

/** For the report. */
async function explained(file: TableFile, result: TrainedTable, { seed }: Options): Promise<Explanation> {
  try {
    return await result.explain({ seed });
  } catch (error) {
    throw file.failureOf(error);
  }
}

const READING = {
  memory: "",
  "every epoch": " that are read anew for each epoch",
  moments: ", by their moments",
};

function beginning({ widths, networks, rows: { training, validation }, wanted, reading }: Begun): string[] {
  const others = validation > 0 ? `${validation} for validation` : "none for validation";
  const what = `${networks > 1 ? `${networks} networks of ` : ""}${widths.join(" → ")}`;
  const line = `training ${what} on ${pluralize(training, "row")}${READING[reading]}, ${others}`;
  const fewer = `${pluralize(validation, "validation row")}, not ${wanted}: there is no memory for more`;
  return (validation < wanted ? [fewer, line] : [line]).map(withThousands);
}

function summaryOf({ scores, schema, history }: TrainedTable, paths: readonly string[]): string {
  const { scored, rows } = history;
  const title = `scores ${scoredText(scores, scored, rows.validation > 0)}`;
  return `${scoresText({ title, scored }, scores, schema, printedWidth())}\n\n${paths.join("\n")}\n`;
}

function jsonOf({ history, schema, scores, fit }: TrainedTable, files: object, work: object): string {
  const { target, inputs } = schema;
  const { loss, validationLoss } = fit;
  const isBetterThanBaseline = isBetter(scores);
  return `${JSON.stringify({ ...history, isBetterThanBaseline, ...files, target, inputs, loss, validationLoss, ...work })}\n`;
}

/** @param networks of an ensemble that were trained; 0 where the model is one network */
function endOf(
  { stopReason, completed, bestEpoch }: Course,
  networks: number,
  interrupted: boolean,
  options: Options,
): string {
  if (networks > 0)
    return `${interrupted ? "interrupted after" : "trained"} ${pluralize(networks, "network")}, the first of them for ${withThousands(pluralize(completed, "epoch"))}`;
  const epochs = pluralize(completed, "epoch");
  const best = `the best model, after ${bestEpoch}, is kept`;
  const reasons = {
    patience: `ended after ${epochs}, of which the last ${options.patience} were no better; ${best}`,
    limit: `ended after all ${epochs}; ${best}`,
    diverged: `diverged after ${epochs}: ${tooLarge(options.optionText)}; ${best}`,
    converged: `converged after ${epochs}; ${best}`,
    stopped: `interrupted after ${epochs}; ${best}`,
    target: "",
  };
  return withThousands(interrupted ? reasons.stopped : reasons[stopReason]);
}
