import { pluralize } from "../errors.js";
import { withThousands } from "../format-number.js";
import type { OnEpoch } from "../index.js";
import { type Explanation, type TrainedTable, type TrainTableOptions, trainTable } from "../table/index.js";
import { isBetter, scoredText } from "../table/text/score-lines.js";
import type { TrainSettings } from "../table/train-options.js";
import { scoresText } from "./results/summary.js";
import { Clock } from "./shell/clock.js";
import type { Command, Given } from "./shell/command-line.js";
import { DIVERGED, NO_BETTER, OK } from "./shell/failure.js";
import { Interruption } from "./shell/interruption.js";
import { print, printedWidth, say } from "./shell/terminal.js";
import { csvOptionsOf } from "./table/csv-options.js";
import { TableFile } from "./table/table-file.js";
import { epochsShown } from "./training/epochs-shown.js";
import { networksShown } from "./training/networks-shown.js";
import { signature, trainOptionsOf } from "./training/options.js";
import { RunFiles } from "./training/run-files.js";
import { beginLines, endLine } from "./training/run-words.js";

/** rprop train */
export const trainCommand: Command = { signature, run };

async function run([path]: readonly string[], given: Given, command: string): Promise<number> {
  const settings = trainOptionsOf(given);
  const csv = csvOptionsOf(given);
  const files = new RunFiles(given);
  const interruption = new Interruption();
  const clock = new Clock();
  const table = await TableFile.open(path as string, true);
  await files.check();

  const options = { ...settings, csv, command, name: table.path, onProgress: table.onProgress };
  const watching = watchingOf(table, settings, files, given.quiet !== undefined, interruption, clock);
  const result = await trained(table, { ...options, ...watching });
  const lines = await files.write(result, () => explained(table, result, settings));
  interruption.leaveBy(() => lines.join("\n"));
  clock.lap("measuring");

  const work = { bytes: table.bytes, milliseconds: clock.laps };
  const paths = { model: files.model, report: files.report };
  await print(given.json === undefined ? summaryOf(result, lines) : jsonOf(result, paths, work));
  interruption.dispose();
  if (interruption.exitCode !== null) return interruption.exitCode;
  if (result.fit.stopReason === "diverged") return DIVERGED;
  return given["require-better"] !== undefined && !isBetter(result.scores) ? NO_BETTER : OK;
}

/** What is said on the way, how training is interrupted, and what is kept of it then. */
function watchingOf(
  table: TableFile,
  settings: TrainSettings,
  files: RunFiles,
  isQuiet: boolean,
  interruption: Interruption,
  clock: Clock,
): Partial<TrainTableOptions> {
  const tell: (words: string) => void = isQuiet ? () => {} : say;
  let showEpoch: OnEpoch = () => true;
  return {
    onNote: tell,
    onDescribed({ rows, columns }) {
      clock.lap("describing");
      tell(`${table.name}: ${withThousands(`${pluralize(rows, "row")}, ${pluralize(columns, "column")}`)}`);
    },
    onBegin(begun) {
      clock.lap("reading");
      for (const line of beginLines(begun)) tell(line);
      if (begun.networks === 1 && !isQuiet) showEpoch = epochsShown(interruption);
      interruption.wait("stopping, with the best model so far (Ctrl-C again leaves at once)");
    },
    stop: () => interruption.requested,
    onEpoch: (record) => showEpoch(record),
    onNetwork: isQuiet ? () => {} : networksShown(interruption),
    async onTrained(model, course) {
      clock.lap("training");
      interruption.leaveBy(await files.keep(model));
      showEpoch.end?.();
      tell(endLine(model, course, interruption.requested, settings));
    },
  };
}

async function trained(table: TableFile, options: TrainTableOptions): Promise<TrainedTable> {
  try {
    return await trainTable(table.read, options);
  } catch (error) {
    throw table.failureOf(error);
  }
}

/** For the report. */
async function explained(
  table: TableFile,
  result: TrainedTable,
  { seed }: TrainSettings,
): Promise<Explanation> {
  try {
    return await result.explain({ seed });
  } catch (error) {
    throw table.failureOf(error);
  }
}

function summaryOf({ scores, schema, history }: TrainedTable, lines: readonly string[]): string {
  const { scored } = history;
  const title = `scores ${scoredText(scores, scored)}`;
  return `${scoresText({ title, scored }, scores, schema, printedWidth())}\n\n${lines.join("\n")}\n`;
}

function jsonOf({ history, schema, scores, fit }: TrainedTable, paths: object, work: object): string {
  const { target, inputs } = schema;
  const { loss, validationLoss } = fit;
  const isBetterThanBaseline = isBetter(scores);
  return `${JSON.stringify({ ...history, isBetterThanBaseline, ...paths, target, inputs, loss, validationLoss, ...work })}\n`;
}
